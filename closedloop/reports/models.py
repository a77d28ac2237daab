"""The record of report work: PostgreSQL holds it, a Celery message is only "look at job X now".

Shape and rules: reliability.md §3.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.roles import Role
from closedloop.core.codes import checked_code
from closedloop.core.models import Record, new_code
from closedloop.reports.endings import Revocation, Supersession
from closedloop.reports.paper_kinds import Kind
from closedloop.reports.schedules import ReportSchedule, ScheduledMonth

__all__ = [
    "Kind",
    "ReportBatch",
    "ReportJob",
    "ReportSchedule",
    "Revocation",
    "ScheduledMonth",
    "Supersession",
]

CODE_LENGTH = 12


def new_verification_code() -> str:
    """Return the code printed on a report: nobody finds one by guessing, and a slip in typing is told."""
    return checked_code(CODE_LENGTH)


class ReportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own requests; those who may know of every IKM see everybody's."""
        everything = user.role in {Role.LEAD, Role.STAFF, Role.ADMIN} or (
            user.role == Role.VIEWER and not (user.organisation and user.organisation.province_id)
        )
        return self if everything else self.filter(requested_by=user)

    def with_counts(self):
        """Add how many reports it has, and how many of them run, are done, failed and were cancelled."""
        status = ReportJob.Status
        return self.annotate(
            total=models.Count("jobs"),
            done=models.Count("jobs", filter=Q(jobs__status=status.DONE)),
            failed=models.Count("jobs", filter=Q(jobs__status=status.FAILED)),
            running=models.Count("jobs", filter=Q(jobs__status=status.RUNNING)),
            cancelled=models.Count("jobs", filter=Q(jobs__status=status.CANCELLED)),
            starts=models.Sum("jobs__starts"),
            size=models.Sum("jobs__artifact_size"),
            pages=models.Sum("jobs__pages"),
        )

    def for_page(self):
        """With all that a page says of a request itself."""
        return self.with_counts().select_related("requested_by", "scheduled")

    def under_way(self):
        """Those not finished, the oldest first, with their counts."""
        return self.with_counts().filter(completed_at=None).order_by("created_at")


class ReportBatch(Record):
    """One request for one or many reports. Pressing the button again with the same form makes no second one."""

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    language = models.CharField(_("bahasa"), max_length=2, choices=settings.LANGUAGES, default="id")
    title = models.CharField(_("judul"), max_length=200)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="report_batches"
    )
    form_key = models.UUIDField(editable=False)
    completed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("permintaan laporan")
        constraints = [
            models.UniqueConstraint(fields=["requested_by", "form_key"], name="one_batch_per_pressed_form"),
            models.CheckConstraint(name="report_language_is_known", condition=Q(language__in=["id", "en"])),
            models.CheckConstraint(name="report_kind_is_known", condition=Q(kind__in=Kind.values)),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("reports:batch", args=[self.code])

    @property
    def is_scheduled(self) -> bool:
        """Whether a monthly schedule asked for it."""
        return hasattr(self, "scheduled")

    @property
    def ready(self) -> int:
        """How many reports ended, well or not; needs `with_counts`."""
        return self.done + self.failed + self.cancelled

    @property
    def mark(self) -> str:
        """What changes whenever one of its reports begins or ends; needs `with_counts`."""
        return f"{self.done}.{self.failed}.{self.cancelled}.{self.running}.{self.starts}"


class ReportJobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Jobs of the requests one may know of."""
        return self.filter(batch__in=ReportBatch.objects.visible_to(user))

    def done(self):
        return self.filter(status=ReportJob.Status.DONE)

    def in_force(self):
        """Those issued that nothing took the place of and nobody revoked."""
        return self.done().filter(superseded=None, revocation=None)

    def failed_first(self):
        """By name, but those that failed and why before all others: of two hundred they would be found nowhere."""
        failed = models.Case(models.When(status=ReportJob.Status.FAILED, then=0), default=1)
        return self.order_by(failed, "subject_name")

    def open(self):
        """Those still to be made."""
        return self.filter(status__in=[ReportJob.Status.QUEUED, ReportJob.Status.RUNNING])


class ReportJob(Record):
    """One report to be made from its own snapshot, under a lease and a fence."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Antre")
        RUNNING = "running", _("Dikerjakan")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Gagal")
        CANCELLED = "cancelled", _("Dibatalkan")

    # starts after which a report is given up: innocent ones needed up to three in 40 faults (reliability.md §3)
    MOST_STARTS = 6
    MOST_ERRORS = 2

    code = models.CharField(
        _("kode verifikasi"), max_length=12, unique=True, default=new_verification_code, editable=False
    )
    number = models.CharField(_("nomor"), max_length=60, unique=True, editable=False)
    batch = models.ForeignKey(ReportBatch, on_delete=models.PROTECT, related_name="jobs")
    subject_id = models.UUIDField()
    subject_name = models.CharField(max_length=200)
    # the reports that may take each other's place, see closedloop.reports.series; empty on papers of before
    series = models.CharField(max_length=160, blank=True, editable=False, db_index=True)
    snapshot = models.JSONField()
    snapshot_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=9, choices=Status, default=Status.QUEUED)
    starts = models.PositiveSmallIntegerField(default=0)
    errors = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    task_id = models.CharField(max_length=64, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    enqueued_at = models.DateTimeField(null=True, blank=True)
    artifact_sha256 = models.CharField(max_length=64, blank=True)
    artifact_size = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    error_text = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReportJobQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("laporan")
        indexes = [
            models.Index(
                fields=["status", "next_try_at"],
                name="report_job_waiting",
                condition=Q(status__in=["queued", "running"]),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "subject_id"], name="one_job_per_batch_and_subject"),
            models.CheckConstraint(
                name="report_is_done_with_its_file",
                condition=(
                    Q(status="done", artifact_size__isnull=False, finished_at__isnull=False)
                    & ~Q(artifact_sha256="")
                )
                | (~Q(status="done") & Q(artifact_sha256="", artifact_size=None)),
            ),
            models.CheckConstraint(
                name="report_running_has_a_lease",
                condition=~Q(status="running") | Q(lease_until__isnull=False, lease_token__isnull=False),
            ),
            models.CheckConstraint(
                name="report_failure_has_a_reason", condition=~Q(status="failed") | ~Q(error_text="")
            ),
            models.CheckConstraint(name="report_has_a_number", condition=~Q(number="")),
            models.CheckConstraint(
                name="report_status_is_known",
                condition=Q(status__in=["queued", "running", "done", "failed", "cancelled"]),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.subject_name}"

    @property
    def spoken_code(self) -> str:
        """The verification code in groups of four, as it is printed and read aloud."""
        return "-".join(self.code[i : i + 4] for i in range(0, len(self.code), 4))

    @property
    def successor(self) -> "ReportJob | None":
        """The report that took its place."""
        ending = getattr(self, "superseded", None)
        return ending.new if ending else None

    @property
    def is_revoked(self) -> bool:
        return hasattr(self, "revocation")

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the report stands; None for kinds about something else."""
        return self.subject_id if self.batch.kind in {Kind.ENTERPRISE, Kind.CARD} else None
