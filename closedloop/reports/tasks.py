"""What the workers do: thin, ids only, safe to run twice or late."""

import logging

from celery import shared_task
from celery.signals import worker_init

from closedloop.core.models import Heartbeat
from closedloop.core.pulse import beating
from closedloop.core.queues import QUICK, worker_of
from closedloop.reports.libraries import MissingLibrary, require_libraries
from closedloop.reports.scheduling import make_due
from closedloop.reports.work import work_on

logger = logging.getLogger(__name__)


@shared_task(bind=True)
def render_report(self, job_id: str) -> None:
    """Look at one job now. Does nothing when it is done, given up, or in another worker's hands."""
    delivery = self.request.delivery_info or {}
    with beating(serving(self)):
        work_on(job_id, task_id=self.request.id or "", redelivered=bool(delivery.get("redelivered")))


@shared_task(bind=True)
def say_alive(self) -> None:
    """Prove that messages reach a worker and a worker reaches the database; /readyz reads the heartbeat."""
    Heartbeat.beat(serving(self))


@shared_task
def make_monthly_reports() -> None:
    """Ask for the reports that leads let make themselves; each schedule has one request a month, however often."""
    make_due()


def serving(task) -> str:
    """Return whose heartbeat a running task is: the worker's of the queue it came through."""
    return worker_of((task.request.delivery_info or {}).get("routing_key") or QUICK)


@worker_init.connect
def warm_up(**_signal) -> None:
    """Import the renderer and parse fonts and style once, before the pool is forked.

    Its processes share that memory, and one that replaces a killed one is ready at once. (In the child it
    would take longer than the four seconds after which Celery takes a new process for dead.)
    """
    try:
        require_libraries()
        from closedloop.reports import pdf  # slow import
    except MissingLibrary as error:
        logger.error("%s", error)
    else:
        pdf.engine()
