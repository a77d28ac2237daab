"""Which day of which month is due, for reports that come each month. Pure: days in, days out."""

from calendar import monthrange
from datetime import date, timedelta


def month_of(day: date) -> date:
    """Return the first day of a day's month, by which the month is known."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    return month_of(month.replace(day=28) + timedelta(days=4))


def day_in(month: date, day: int) -> date:
    """Return the day of the month, or its last one where it has no such day."""
    return month.replace(day=min(day, monthrange(month.year, month.month)[1]))


def due(day: int, since: date, today: date, made: set[date]) -> date | None:
    """Return the month to be made now, by its first day; None where there is nothing to do.

    Only the latest day that has come counts: after an outage one report tells what several would have, for
    each is of everything up to its moment. Days before `since` and months in `made` are never made.
    """
    month = month_of(today)
    if day_in(month, day) > today:
        month = month_of(month - timedelta(days=1))
    return month if day_in(month, day) >= since and month not in made else None


def next_run(day: int, since: date, today: date, made: set[date]) -> date:
    """Return the day of the next report; it lies before today where one is overdue."""
    month = due(day, since, today, made) or month_of(max(since, today))
    while month in made or day_in(month, day) < since:
        month = month_after(month)
    return day_in(month, day)
