"""Impossible announcements of a month's end."""

from datetime import date

from partnerships.models import MonthNotice
from tests.guards.rows import change, one

VIOLATIONS = {
    "month_notice_is_of_a_first_day": lambda: change(one(MonthNotice), month=date(2026, 10, 2)),
}
