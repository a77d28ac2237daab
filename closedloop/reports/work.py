"""Claim a job, make its report, and commit it once (reliability.md §3).

Any message may be lost, doubled, late or out of order: only who holds the lease writes the outcome, and the
outcome and everything it causes stand in one transaction.
"""

import json
import logging
import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from closedloop.audit.trail import record
from closedloop.notifications.actions import tell
from closedloop.reports import artefacts, kinds
from closedloop.reports.libraries import MissingLibrary, require_libraries
from closedloop.reports.limits import LEASES
from closedloop.reports.models import ReportBatch, ReportJob
from closedloop.reports.succession import take_place

logger = logging.getLogger(__name__)

FIRST_WAIT = 10  # seconds until a report whose surroundings failed is tried again; each time twice as long

# one UPDATE: the database alone decides who works on a job. A message that comes again with the same task id
# takes its own lease over, because the broker gives it back only when its worker died (reliability.md M8).
CLAIM = """
UPDATE reports_reportjob AS job
SET status = 'running', starts = job.starts + 1, lease_token = gen_random_uuid(), task_id = %(task_id)s,
    lease_until = now() + (%(leases)s::jsonb ->> batch.kind)::int * interval '1 second'
FROM reports_reportbatch AS batch
WHERE batch.id = job.batch_id AND job.id = %(job_id)s AND job.starts < %(most_starts)s
  AND (job.status = 'queued' AND (job.next_try_at IS NULL OR job.next_try_at <= now())
       OR job.status = 'running' AND (job.lease_until < now() OR %(redelivered)s AND job.task_id = %(task_id)s))
RETURNING job.id
"""


class ReportDataError(Exception):
    """The report cannot be made from its data; the message tells the lead what to mend."""


class Rendered(NamedTuple):
    """One finished PDF."""

    content: bytes
    pages: int


def claim(job_id: UUID | str, *, task_id: str = "", redelivered: bool = False) -> ReportJob | None:
    """Take the job under a new lease and return it; None when it is done, given up, or somebody's."""
    with connection.cursor() as cursor:
        cursor.execute(
            CLAIM,
            {
                "job_id": job_id,
                "task_id": task_id,
                "leases": json.dumps(LEASES),
                "redelivered": redelivered,
                "most_starts": ReportJob.MOST_STARTS,
            },
        )
        if cursor.fetchone() is None:
            return None
    return ReportJob.objects.select_related("batch__requested_by").get(pk=job_id)


def work_on(job_id: UUID | str, *, task_id: str = "", redelivered: bool = False) -> None:
    """Make one report. Safe to run twice, late, or beside another worker on the same job."""
    job = claim(job_id, task_id=task_id, redelivered=redelivered)
    if job is None:
        return
    with translation.override(job.batch.language):
        # what is left to do is done after the error has gone: it holds all that the report had taken of the memory
        if giving_way := attempt(job):
            giving_way()


def attempt(job: ReportJob) -> Callable[[], bool] | None:
    """Make the report; return what to do about it when something stood in the way."""
    try:
        make(job)
    except (ReportDataError, MissingLibrary) as error:
        return partial(fail, job, str(error))
    except SoftTimeLimitExceeded:
        reason = _("Laporan terlalu lama dikerjakan. Persempit cakupannya, lalu ulangi.")
    except MemoryError:
        reason = _("Laporan terlalu besar untuk memori. Persempit cakupannya, lalu ulangi.")
    except (OperationalError, InterfaceError, OSError) as error:
        logger.warning("report %s waits for its surroundings: %s", job.code, error)
        return partial(postpone, job)
    except Exception as error:  # a fault of ours: it must fail this report alone, and say so
        logger.exception("report %s could not be made", job.code)
        reason = _(
            "Kesalahan pada pembuat laporan (%(name)s). Hubungi admin sistem dengan kode %(code)s."
        ) % {"name": type(error).__name__, "code": job.code}
    else:
        return None
    return partial(stumble, job, reason)


def make(job: ReportJob) -> None:
    """Render from the snapshot alone and commit; raises what stands in the way."""
    requester = job.batch.requested_by
    if not requester.may(kinds.permission_of(job.batch.kind)):
        raise ReportDataError(_("Peminta laporan ini tidak lagi berhak meminta laporan."))
    require_libraries()
    from closedloop.reports import pdf  # slow import

    assert job.lease_token  # claimed, so it has one
    rendered = pdf.render(job.snapshot)
    finish(job, artefacts.store(rendered.content, job.lease_token), rendered)


def finish(job: ReportJob, sha256: str, rendered: Rendered) -> bool:
    """Commit the file with everything it causes, if the lease is still ours; returns whether it was."""
    return settle(
        job,
        "done",
        status=ReportJob.Status.DONE,
        artifact_sha256=sha256,
        artifact_size=len(rendered.content),
        pages=rendered.pages,
        finished_at=timezone.now(),
        error_text="",
    )


def fail(job: ReportJob, reason: str) -> bool:
    """Give the report up with a reason its requester can act on, if the lease is still ours."""
    return settle(
        job,
        "failed",
        status=ReportJob.Status.FAILED,
        error_text=reason[:300],
        errors=job.errors + 1,
        finished_at=timezone.now(),
    )


@transaction.atomic
def settle(job: ReportJob, outcome: str, **changes) -> bool:
    """Write a final state, its audit event and its notice together; False when the lease was lost.

    The batch is locked first, so that of two reports that end at once exactly one completes it.
    """
    batch = ReportBatch.objects.select_for_update().get(pk=job.batch_id)
    ours = ReportJob.objects.filter(
        pk=job.pk, lease_token=job.lease_token, status=ReportJob.Status.RUNNING
    ).update(lease_token=None, lease_until=None, **changes)
    if not ours:
        return False
    detail = {"sha256": changes.get("artifact_sha256", ""), "reason": changes.get("error_text", "")}
    record(f"report.{outcome}", job, by=None, **detail)
    if outcome == "done":
        job.status = ReportJob.Status.DONE
        take_place(job)
    complete(batch)
    return True


def complete(batch: ReportBatch) -> None:
    """Close the batch and tell its requester once nothing is left to do. The caller holds the batch's lock."""
    if batch.completed_at or batch.jobs.open().exists():
        return
    batch.completed_at = timezone.now()
    batch.save(update_fields=["completed_at"])
    counts = ReportBatch.objects.with_counts().get(pk=batch.pk)
    with translation.override(batch.language):
        title = _("Laporan siap: %(title)s") if not counts.failed else _("Laporan perlu dilihat: %(title)s")
        body = _("%(done)s dari %(total)s laporan selesai.") % {"done": counts.done, "total": counts.total}
        if counts.failed:
            body += " " + _("%(failed)s gagal; alasannya ada di halaman laporan.") % {"failed": counts.failed}
    tell(
        [batch.requested_by],
        "reports.completed",
        title % {"title": batch.title},
        body=body,
        path=batch.get_absolute_url(),
    )


def stumble(job: ReportJob, reason: str) -> bool:
    """Count a fault of the report's own; the second one gives it up, and so does one at the last start."""
    if job.errors + 1 >= ReportJob.MOST_ERRORS or job.starts >= ReportJob.MOST_STARTS:
        return fail(job, reason)
    return requeue(job, errors=job.errors + 1, error_text=reason[:300], next_try_at=None)


def postpone(job: ReportJob) -> bool:
    """Put the job back for later, 10 s, 20 s, 40 s … with jitter: its surroundings failed, not the report.

    At its last start it is given up, for nobody could claim it again and the batch would never end.
    """
    if job.starts >= ReportJob.MOST_STARTS:
        reason = _(
            "Basis data atau penyimpanan tidak terjangkau pada %(starts)s percobaan. Ulangi nanti; "
            "bila berulang, hubungi admin sistem."
        )
        return fail(job, reason % {"starts": job.starts})
    delay = FIRST_WAIT * 2 ** (job.starts - 1) * random.uniform(0.8, 1.2)  # noqa: S311 jitter, not a secret
    return requeue(job, next_try_at=timezone.now() + timedelta(seconds=delay))


def requeue(job: ReportJob, **changes) -> bool:
    """Put the job back in the queue if the lease is still ours. Never through the broker's own retry."""
    return bool(
        ReportJob.objects.filter(
            pk=job.pk, lease_token=job.lease_token, status=ReportJob.Status.RUNNING
        ).update(
            status=ReportJob.Status.QUEUED, lease_token=None, lease_until=None, enqueued_at=None, **changes
        )
    )


def release_expired() -> int:
    """Take back the jobs whose worker was lost: into the queue, or given up after the last start."""
    lost = ReportJob.objects.filter(
        status=ReportJob.Status.RUNNING, lease_until__lt=timezone.now()
    ).select_related("batch")
    released = 0
    for job in lost:
        if job.starts < ReportJob.MOST_STARTS:
            released += requeue(job)
        else:
            with translation.override(job.batch.language):
                reason = _(
                    "Pembuat laporan berhenti mendadak %(starts)s kali pada laporan ini. "
                    "Persempit cakupannya, atau hubungi admin sistem."
                ) % {"starts": job.starts}
            released += fail(job, reason)
    return released
