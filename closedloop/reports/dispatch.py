"""Tell the workers which jobs wait. PostgreSQL holds the queue; a lost message is only said again."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from celery import current_app
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from closedloop.core.queues import QUEUES
from closedloop.reports.limits import HARD_LIMITS, SOFT_LIMITS, queue_of
from closedloop.reports.models import Kind, ReportJob
from closedloop.reports.tasks import render_report, say_alive

logger = logging.getLogger(__name__)

SAY_AGAIN_AFTER = timedelta(seconds=30)
# a frozen broker must not hold the sweeper: 1 s, no retry, and the first error ends the round (reliability.md M5)
CAPPED = {"socket_timeout": 1, "socket_connect_timeout": 1, "max_retries": 0, "retry_on_timeout": False}


def broker():
    """Return a connection to the broker that gives up after a second."""
    return current_app.connection_for_write(
        transport_options={**current_app.conf.broker_transport_options, **CAPPED}
    )


@transaction.atomic
def due(limit: int) -> list[ReportJob]:
    """Stamp and return the jobs to be said (again), oldest first; two sweepers never get the same one."""
    now = timezone.now()
    jobs = list(
        ReportJob.objects.filter(status=ReportJob.Status.QUEUED)
        .filter(Q(next_try_at=None) | Q(next_try_at__lte=now))
        .filter(Q(enqueued_at=None) | Q(enqueued_at__lt=now - SAY_AGAIN_AFTER))
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("batch")
        .defer("snapshot")
        .order_by("created_at")[:limit]
    )
    ReportJob.objects.filter(pk__in=[job.pk for job in jobs]).update(enqueued_at=now)
    return jobs


def publish_due(limit: int = 100) -> int:
    """Publish the ids of waiting jobs and return how many the broker took."""
    jobs = due(limit)
    if not jobs:
        return 0
    said = 0
    try:
        with broker() as connection:
            for job in jobs:
                kind = Kind(job.batch.kind)
                render_report.apply_async(
                    [str(job.pk)],
                    connection=connection,
                    retry=False,
                    queue=queue_of(kind, job.starts),
                    soft_time_limit=SOFT_LIMITS[kind],
                    time_limit=HARD_LIMITS[kind],
                )
                said += 1
    except (
        Exception
    ) as error:  # kombu raises what its transport raises; whatever it is, the rows keep the work
        logger.warning("the broker took %s of %s jobs: %s", said, len(jobs), error)
        unsay(jobs[said:])
    return said


def unsay(jobs: Sequence[ReportJob]) -> None:
    """Forget the stamp of jobs the broker did not take, so that the next round says them at once."""
    ReportJob.objects.filter(pk__in=[job.pk for job in jobs], status=ReportJob.Status.QUEUED).update(
        enqueued_at=None
    )


def ask_for_a_sign() -> bool:
    """Ask a worker of each queue to say that it lives; questions expire, so that no heap of them awaits a dead one."""
    try:
        with broker() as connection:
            for queue in QUEUES:
                say_alive.apply_async(connection=connection, retry=False, queue=queue, expires=25)
    except Exception as error:  # as above
        logger.warning("the broker cannot be reached: %s", error)
        return False
    return True
