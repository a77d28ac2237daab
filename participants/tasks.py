"""What the workers do for the registry: thin, ids only, safe to run twice or late."""

from celery import shared_task

from closedloop.core.pulse import beating
from closedloop.core.queues import LARGE, worker_of
from participants.import_work import work_on


@shared_task
def work_on_import(work_id: str) -> None:
    """Look at one import now. Does nothing when its step is over, given up, or in another worker's hands."""
    with beating(worker_of(LARGE)):
        work_on(work_id)
