"""Where the days of a plan come to lie when it begins on another day. Pure functions.

A whole plan moves by the same number of days, so that nothing overtakes anything. Hours keep their place on
the wall clock of their zone, also across a change of daylight saving time.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEK = 7
# the holidays whose day the law fixes; those by the moon and by decree are not known here
FIXED_HOLIDAYS = {(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)}
SUNDAY = 6


def days_between(old_first: date, new_first: date, *, keep_weekdays: bool) -> int:
    """Return by how many days a plan moves; with weekdays kept, the next full number of weeks.

    It is rounded up, so that nothing comes to lie before the new first day.
    """
    days = (new_first - old_first).days
    return -(-days // WEEK) * WEEK if keep_weekdays else days


def moved_day(day: date, days: int) -> date:
    """Return the day so many days later; raises OverflowError beyond the year 9999."""
    return day + timedelta(days=days)


def moved_moment(moment: datetime, days: int, zone: str) -> datetime:
    """Return the moment so many days later at the same time of the zone's wall clock."""
    local = moment.astimezone(ZoneInfo(zone))
    return datetime.combine(moved_day(local.date(), days), local.time(), ZoneInfo(zone))


def is_day_off(day: date) -> bool:
    """Whether the day is a Sunday or a holiday of a fixed day."""
    return day.weekday() == SUNDAY or (day.month, day.day) in FIXED_HOLIDAYS
