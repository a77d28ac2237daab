"""When an agreement's end is announced, and when nothing has moved for too long (features.md E5). Pure functions."""

from datetime import date

NOTICES = (90, 60, 30)  # days before the end
STILL_AFTER = 45  # days without any movement, after which both sides are asked


def notice_due(ends_on: date, today: date) -> int | None:
    """Return the announcement that is due: the nearest to the end whose day has come; None before and after.

    A morning that was missed is made up for the next day; an agreement with 40 days left gets only the 60.
    """
    left = (ends_on - today).days
    return min((days for days in NOTICES if 0 <= left <= days), default=None)


def stands_still(last: date, today: date) -> bool:
    """Whether so many days have passed since that both sides are asked why."""
    return (today - last).days >= STILL_AFTER
