"""What a reader of the progress page sees meanwhile, and what stands in the end."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from django.db import Error, connection
from django.db.models import Count, Q

from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from closedloop.reports import artefacts
from closedloop.reports.models import ReportBatch, ReportJob


@dataclass(frozen=True)
class Verdict:
    """The one line of R1 to R6. `delivered` counts reports with the effect of being done, `effects` those effects."""

    total: int
    done: int
    distinct: int
    delivered: int
    failed: int
    effects: int
    told: int
    files: int
    most_starts: int

    @property
    def is_whole(self) -> bool:
        return (
            self.done == self.distinct == self.delivered == self.effects == self.files == self.total
            and self.failed == 0
            and self.told == 1
        )

    def __str__(self):
        return " ".join(f"{name}={value}" for name, value in vars(self).items())


def verdict(batch: ReportBatch) -> Verdict:
    """Count what became of a batch."""
    jobs = batch.jobs.all()
    done = jobs.done()
    events = Event.objects.filter(verb="report.done", target_id__in=[str(job.pk) for job in jobs.only("pk")])
    names = set(done.values_list("artifact_sha256", flat=True))
    return Verdict(
        total=jobs.count(),
        done=done.count(),
        distinct=len(names),
        delivered=events.values("target_id").distinct().count(),
        failed=jobs.filter(status=ReportJob.Status.FAILED).count(),
        effects=events.count(),
        told=Notification.objects.filter(path=batch.get_absolute_url()).count(),
        files=sum(artefacts.is_intact(name) for name in names),
        most_starts=max(jobs.values_list("starts", flat=True)),
    )


@dataclass
class Watcher(threading.Thread):
    """Asks twice a second how far the batch is, as its page does, and keeps every answer (R11)."""

    batch: ReportBatch
    answers: list[dict] = field(default_factory=list)
    unanswered: int = 0

    def __post_init__(self):
        super().__init__(daemon=True)
        self.over = threading.Event()

    def __hash__(self):
        return id(self)

    @property
    def done(self) -> int:
        return self.answers[-1]["done"] if self.answers else 0

    def run(self):
        queued = Count("jobs", filter=Q(jobs__status=ReportJob.Status.QUEUED))
        question = ReportBatch.objects.with_counts().annotate(queued=queued).filter(pk=self.batch.pk)
        while not self.over.wait(0.5):
            try:
                self.answers += question.values("queued", "running", "done", "failed", "total")
            except Error:  # the database was crashed
                self.unanswered += 1
                connection.close()
        connection.close()

    def finish(self) -> None:
        self.over.set()
        self.join()

    def lies(self) -> list[dict]:
        """Return the answers whose parts are not the whole, and those that took back what was done."""
        before = [{"done": 0}, *self.answers]
        return [
            now
            for last, now in zip(before, self.answers, strict=False)
            if now["queued"] + now["running"] + now["done"] + now["failed"] != now["total"]
            or now["done"] < last["done"]
        ]


def drafts_left(folder: Path) -> int:
    """How many half-written files lie about."""
    return len(list(folder.glob(".*.tmp")))
