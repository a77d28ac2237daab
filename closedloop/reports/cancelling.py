"""Stop a request that is no longer wanted: what is finished stays, what waits or runs is not made."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from closedloop.reports.models import ReportBatch, ReportJob


@transaction.atomic
def cancel(batch: ReportBatch, *, by: User) -> int:
    """Cancel the reports of a batch that are still to be made and return how many there were.

    Who works on one loses its lease, so that the paper it may still draw is never issued. The batch is locked
    first, as workers do: a report that ends at the same moment is either issued or cancelled.
    """
    batch = (
        ReportBatch.objects.select_for_update(of=("self",)).select_related("requested_by").get(pk=batch.pk)
    )
    still_open = list(batch.jobs.open().select_related("batch").defer("snapshot"))
    cancelled = [job for job in still_open if stop(job)]
    if not cancelled:
        return 0
    for job in cancelled:
        record("report.cancelled", job, by=by, batch=batch.code)
    batch.completed_at = timezone.now()
    batch.save(update_fields=["completed_at"])
    if by != batch.requested_by:
        tell_requester(batch, len(cancelled), by)
    return len(cancelled)


def stop(job: ReportJob) -> bool:
    """Take one report out of the queue, or out of the hands of who makes it; False where it ended before."""
    changed = ReportJob.objects.open().filter(pk=job.pk)
    return bool(
        changed.update(
            status=ReportJob.Status.CANCELLED,
            lease_token=None,
            lease_until=None,
            next_try_at=None,
            finished_at=timezone.now(),
        )
    )


def tell_requester(batch: ReportBatch, count: int, by: User) -> None:
    with for_others():
        title = _("Laporan dibatalkan: %(title)s") % {"title": batch.title}
        body = _("%(who)s membatalkan %(count)s laporan yang belum selesai.") % {
            "who": by.full_name,
            "count": count,
        }
    tell([batch.requested_by], "reports.cancelled", title, body=body, path=batch.get_absolute_url())
