"""How much should have arrived by today where addenda changed the pace on the way.

Without an addendum the promise of an agreement grows evenly over its days (domain.md §6.3). An addendum starts a
stretch of its own, in which what is promised for it grows evenly: a larger second half asks nothing more of the first.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from partnerships.models import Addendum, Agreement, Promise
from partnerships.realisation import elapsed_share, promised_between
from partnerships.scope import Scope

Row = tuple[date, Decimal, date, date]  # quarter, Rupiah, first and last day it is promised for


def stretches(starts_on: date, ends_on: date, days: Iterable[date]) -> list[tuple[date, date]]:
    """Return first and last day of each stretch between the days on which addenda took effect."""
    firsts = sorted({starts_on, *days})
    lasts = [day - timedelta(days=1) for day in firsts[1:]] + [ends_on]
    return list(zip(firsts, lasts, strict=True))


def target_by_stretch(rows: Iterable[Row], parts: list[tuple[date, date]], today: date) -> Decimal:
    """Return what was promised until the end of `today`, Rupiah, unrounded."""
    rows = list(rows)
    return sum(
        (
            promised_between(*row, first, last) * elapsed_share(first, last, today)
            for first, last in parts
            for row in rows
        ),
        Decimal(0),
    )


def targets_of(agreements: Iterable[Agreement], scope: Scope, today: date) -> dict[UUID, Decimal]:
    """Return the target to date of the agreements that addenda changed; the others are left out. Two queries."""
    known = {agreement.pk: agreement for agreement in agreements}
    days: dict[UUID, list[date]] = defaultdict(list)
    signed = Addendum.objects.signed().filter(agreement__in=known)
    for agreement, day in signed.values_list("agreement", "effective_on"):
        days[agreement].append(day)
    rows: dict[UUID, list[Row]] = defaultdict(list)
    promises = Promise.objects.counted().filter(line__in=scope.lines, line__agreement__in=days).order_by()
    for agreement, *row in promises.values_list(
        "line__agreement", "quarter_starts_on", "value", "starts_on", "ends_on"
    ):
        rows[agreement].append(tuple(row))
    return {
        key: target_by_stretch(
            rows[key], stretches(known[key].starts_on, known[key].ends_on, days[key]), today
        )
        for key in days
        if rows[key]
    }
