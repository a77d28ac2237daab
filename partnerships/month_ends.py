"""When a month of quality, cost and delivery closes by itself. Pure: days in, days out.

A month closes on the day of the next month that the programme has set, so that buyers can confirm until the day
before; where a buyer's grace on the last due day lasts longer, on the day after it.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from partnerships.realisation import next_month

ANNOUNCED_BEFORE = timedelta(days=5)  # [assumed] time enough to confirm what waits


def opens_on(month: date, grace_days: int) -> date:
    """Return the first day on which a month may be closed at all: no delivery of it can be on time any more."""
    return next_month(month) + timedelta(days=grace_days)


def closes_on(month: date, grace_days: int, set_day: int) -> date:
    """Return the day on which a month closes by itself; `set_day` is 1 to 28."""
    return max(next_month(month).replace(day=set_day), opens_on(month, grace_days))


def months_due(last: date | None, grace_days: int, set_day: int, today: date) -> Iterator[date]:
    """Yield the months to close by today, the oldest first, after the `last` closed one.

    An IKM of which none was ever closed begins with the newest that is due: what it sold before stays open.
    """
    newest = before(today.replace(day=1))
    if today < closes_on(newest, grace_days, set_day):
        newest = before(newest)
    month = next_month(last) if last else newest
    while month <= newest and today >= closes_on(month, grace_days, set_day):
        yield month
        month = next_month(month)


def before(month: date) -> date:
    """Return the first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def announced_month(set_day: int, today: date) -> date | None:
    """Return the month of which people are to be told now that it closes within days, or None.

    A portal that slept through the first of these days says it on the next one.
    """
    month = before(today.replace(day=1))
    closing = closes_on(month, 0, set_day)
    return month if closing - ANNOUNCED_BEFORE <= today < closing else None
