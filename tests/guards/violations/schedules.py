"""Impossible schedules of reports."""

from datetime import date

from closedloop.reports.models import ReportSchedule, ScheduledMonth
from tests.factories.participants import CohortFactory
from tests.guards.rows import again, change, one

VIOLATIONS = {
    "schedule_kind_is_known": lambda: change(one(ReportSchedule), kind="minutes"),
    "schedule_language_is_known": lambda: change(one(ReportSchedule), language="fr"),
    "schedule_day_is_of_a_month": lambda: change(one(ReportSchedule), day=32),
    "schedule_scope_is_of_its_kind": lambda: change(one(ReportSchedule), cohort=CohortFactory()),
    "one_run_per_schedule_and_month": lambda: again(one(ScheduledMonth), batch=None, reason="Tidak ada."),
    "scheduled_month_is_its_first_day": lambda: change(one(ScheduledMonth), month=date(2026, 10, 2)),
    "scheduled_month_was_made_or_says_why_not": lambda: change(one(ScheduledMonth), reason="Tidak ada."),
}
