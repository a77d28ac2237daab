"""Impossible requests and report jobs."""

from closedloop.reports.models import ReportBatch, ReportJob, Revocation, Supersession
from tests.guards.rows import NUMBERS, again, change, one


def one_subject_twice():
    again(one(ReportJob), number=f"L/{next(NUMBERS)}")


def its_own_successor():
    job = one(ReportJob)
    Supersession.objects.create(old=job, new=job)


VIOLATIONS = {
    "one_batch_per_pressed_form": lambda: again(one(ReportBatch)),
    "report_language_is_known": lambda: change(one(ReportBatch), language="fr"),
    "report_kind_is_known": lambda: change(one(ReportBatch), kind="novel"),
    "one_job_per_batch_and_subject": one_subject_twice,
    "report_is_done_with_its_file": lambda: change(one(ReportJob), status="done"),
    "report_running_has_a_lease": lambda: change(one(ReportJob), status="running"),
    "report_failure_has_a_reason": lambda: change(one(ReportJob), status="failed"),
    "report_has_a_number": lambda: change(one(ReportJob), number=""),
    "report_superseded_by_another": its_own_successor,
    "report_revocation_has_a_reason": lambda: again(one(Revocation), reason=""),
    "report_status_is_known": lambda: change(one(ReportJob), status="lost"),
}
