"""Imports that wait for a worker: said to the broker, taken back from lost workers. Pattern: reliability.md §3.

The sweeper calls these; no page does, so no page waits for the broker.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from closedloop.core.queues import LARGE
from participants.models import ImportWork
from participants.tasks import work_on_import

logger = logging.getLogger(__name__)

SAY_AGAIN_AFTER = timedelta(seconds=30)
# seconds before the worker is told to stop, and before it is killed
SOFT_LIMIT, HARD_LIMIT = 540, 600
Status = ImportWork.Status


@transaction.atomic
def due() -> list[ImportWork]:
    """Stamp and return the work to be said (again); two sweepers never get the same."""
    now = timezone.now()
    waiting = (
        ImportWork.objects.filter(status=Status.QUEUED)
        .filter(Q(said_at=None) | Q(said_at__lt=now - SAY_AGAIN_AFTER))
        .select_for_update(skip_locked=True)
    )
    found = list(waiting)
    ImportWork.objects.filter(pk__in=[work.pk for work in found]).update(said_at=now)
    return found


def publish_due(broker: Callable) -> int:
    """Publish the ids of waiting work over a connection that `broker` opens; return how many it took."""
    waiting, said = due(), 0
    if not waiting:
        return 0
    try:
        with broker() as connection:
            for work in waiting:
                work_on_import.apply_async(
                    [str(work.pk)],
                    connection=connection,
                    retry=False,
                    queue=LARGE,
                    soft_time_limit=SOFT_LIMIT,
                    time_limit=HARD_LIMIT,
                )
                said += 1
    except (
        Exception
    ) as error:  # kombu raises what its transport raises; whatever it is, the rows keep the work
        logger.warning("the broker took %s of %s imports: %s", said, len(waiting), error)
        unsaid = [work.pk for work in waiting[said:]]
        ImportWork.objects.filter(pk__in=unsaid, status=Status.QUEUED).update(said_at=None)
    return said


def release_expired() -> int:
    """Take back what a lost worker held: into the queue, or given up after the last start; return how much."""
    released = 0
    for work in ImportWork.objects.filter(status=Status.RUNNING, lease_until__lt=timezone.now()):
        mine = ImportWork.objects.filter(pk=work.pk, token=work.token, status=Status.RUNNING)
        if work.starts < ImportWork.MOST_STARTS:
            changes = {"status": Status.QUEUED, "said_at": None}
        else:
            with translation.override(work.language):
                reason = _(
                    "Pekerjaan ini berhenti mendadak %(starts)s kali. Bagi berkasnya, atau hubungi admin sistem."
                ) % {"starts": work.starts}
            changes = {"status": Status.FAILED, "reason": reason}
        released += mine.update(token=None, lease_until=None, **changes)
    return released
