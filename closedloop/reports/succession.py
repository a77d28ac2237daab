"""When a report is issued: it takes the place of the one before it, and says what changed."""

from datetime import datetime

from django.db import connection
from django.utils import translation

from closedloop.audit.trail import record
from closedloop.reports.changes import changed_figures
from closedloop.reports.endings import Supersession
from closedloop.reports.models import ReportJob


def take_place(job: ReportJob) -> None:
    """Let the newest data of the series be in force. Called in the transaction that issues the report.

    Newer is whose data are of a later moment, whichever was finished first; two papers of the same moment say the
    same, and neither replaces the other. The lock keeps two that are issued at once from missing each other.
    """
    if not job.series:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [job.series])
    others = ReportJob.objects.in_force().filter(series=job.series).exclude(pk=job.pk)
    for other in others:
        if cut_off(other) < cut_off(job):
            supersede(other, job)
    newer = max((one for one in others if cut_off(one) > cut_off(job)), key=cut_off, default=None)
    if newer:
        supersede(job, newer)


def supersede(old: ReportJob, new: ReportJob) -> None:
    """Write that `new` stands in the place of `old`, with the changed figures in the language of both."""
    with translation.override(new.snapshot["language"]):
        changes = changed_figures(old.snapshot, new.snapshot)
    Supersession.objects.create(old=old, new=new, changes=changes)
    record("report.superseded", old, by=None, number=new.number, changed=len(changes))


def cut_off(job: ReportJob) -> datetime:
    """Return the moment whose data the report holds."""
    return datetime.fromisoformat(job.snapshot["as_of"])
