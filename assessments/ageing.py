"""How old findings are, and on which day somebody is reminded of one (features.md B5). Pure, in whole days."""

from datetime import date, timedelta
from enum import StrEnum

WEEK = 7


class Bucket(StrEnum):
    """Ages of open findings since they were found, both ends included."""

    WEEK = "0-7"
    MONTH = "8-30"
    TWO_MONTHS = "31-60"
    OLDER = "60+"


BORDERS: dict[Bucket, tuple[int, int | None]] = {
    Bucket.WEEK: (0, 7),
    Bucket.MONTH: (8, 30),
    Bucket.TWO_MONTHS: (31, 60),
    Bucket.OLDER: (61, None),
}


def age(found_on: date, today: date) -> int:
    """Return the days since it was found; 0 on the day itself, and for one dated ahead."""
    return max((today - found_on).days, 0)


def bucket_of(days: int) -> Bucket:
    """Return the bucket of an age."""
    return next(one for one, (_least, most) in BORDERS.items() if most is None or days <= most)


def found_between(bucket: Bucket, today: date) -> tuple[date | None, date | None]:
    """Return the first and the last day on which what is in the bucket today was found; None: no limit."""
    least, most = BORDERS[bucket]
    earliest = None if most is None else today - timedelta(days=most)
    return earliest, today - timedelta(days=least) if least else None


def reminder_step(found_on: date, due_on: date, today: date) -> int | None:
    """Return the latest step reached: -7, 0, 7, 14 … days from the due day, or None where none is.

    A day missed is made up for by the latest step alone. A finding found within the week before its due day
    has no step -7: its people were told of the day when it was written down. The same holds for the day itself.
    """
    late = (today - due_on).days
    if late >= WEEK:
        return late // WEEK * WEEK
    if late >= 0:
        return 0 if found_on < due_on else None
    return -WEEK if late >= -WEEK and (due_on - found_on).days > WEEK else None


def escalation_step(due_on: date, today: date) -> int | None:
    """Return how late it was on this week's Monday, in whole weeks of days; None where not a week late.

    Reckoned from Monday, so that a second run in the same week finds the same step.
    """
    monday = today - timedelta(days=today.weekday())
    late = (monday - due_on).days
    return late // WEEK * WEEK if late >= WEEK else None
