"""How long a class decision holds, and until when it may be objected to (domain.md §5.3, process rules 5 and 7).

Pure. Days are those of the portal's clock (WIB), which ends its day last in Indonesia: whoever counts by an
eastern clock never finds the door closed before the day that was told.
"""

import calendar
from datetime import date, timedelta

REASSESS_DAYS = 60  # before the end: time for a visit, its review and a sitting
OBJECTION_DAYS = 14
ANSWER_DAYS = 14  # assumed: as long as the owner had


def valid_until(decided_on: date) -> date:
    """Return the last day a class holds without a look at it: the same day a year later; 29 February becomes 28."""
    last = calendar.monthrange(decided_on.year + 1, decided_on.month)[1]
    return date(decided_on.year + 1, decided_on.month, min(decided_on.day, last))


def reassess_on(last_day: date) -> date:
    """Return the day from which the enterprise is to be assessed anew."""
    return last_day - timedelta(days=REASSESS_DAYS)


def needs_review(last_day: date, today: date) -> bool:
    """Whether the class outlived its validity: not on the last day itself, from the day after."""
    return today > last_day


def objection_until(decided_on: date) -> date:
    """Return the last day on which the owner may object, that day included."""
    return decided_on + timedelta(days=OBJECTION_DAYS)


def may_object(decided_on: date, today: date) -> bool:
    return today <= objection_until(decided_on)


def answer_due(raised_on: date) -> date:
    """Return the last day on which an objection is answered in time."""
    return raised_on + timedelta(days=ANSWER_DAYS)
