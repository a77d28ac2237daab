"""The mutation that the chaos test must catch: a report is called done first, and what it causes comes after."""

import time

import django
from django.db import transaction

from closedloop.celery import app

django.setup()

from closedloop.audit.trail import record  # noqa: E402
from closedloop.reports import work  # noqa: E402
from closedloop.reports.models import ReportBatch, ReportJob  # noqa: E402
from closedloop.reports.succession import take_place  # noqa: E402
from tests.chaos import hurried  # noqa: E402, F401 its waits are these too

__all__ = ["app"]

GAP = 1  # seconds between the two; in earnest it would be a millisecond, and a matter of luck


def settle_in_two(job: ReportJob, outcome: str, **changes) -> bool:
    """Do what `work.settle` does, but not in one transaction."""
    mine = ReportJob.objects.filter(pk=job.pk, lease_token=job.lease_token, status=ReportJob.Status.RUNNING)
    if not mine.update(lease_token=None, lease_until=None, **changes):
        return False
    time.sleep(GAP)
    with transaction.atomic():
        batch = ReportBatch.objects.select_for_update().get(pk=job.batch_id)
        record(f"report.{outcome}", job, by=None, sha256=changes.get("artifact_sha256", ""))
        if outcome == "done":
            job.status = ReportJob.Status.DONE
            take_place(job)
        work.complete(batch)
    return True


work.settle = settle_in_two
