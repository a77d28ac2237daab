"""What is agreed for one part on a day: its price and monthly volume, as addenda changed them. Pure functions.

A line is in force from the first day of its agreement, or of the addendum that added it. An addendum counts from the
day it takes effect, that day included; a part that it ends was in force for the last time on the day before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """What one addendum says of the line from a day on; None leaves a price or volume as it was."""

    on: date
    addendum: UUID
    price: Decimal | None = None
    monthly_volume: int | None = None
    ends: bool = False


@dataclass(frozen=True)
class Version:
    """Terms of a line on the days `since` to `until`: Rupiah a piece, and pieces a month or None (no promise)."""

    since: date
    until: date
    price: Decimal
    monthly_volume: int | None
    addendum: UUID | None = None  # which one brought it


def versions_of(first: Version, changes: Iterable[Change]) -> list[Version]:
    """Return every version of a line, oldest first, without a gap and without a day said twice.

    `first` ends with the agreement. `changes` stand in the order in which they were signed; of two that take effect
    on one day the later one counts. What would take effect after the line's end says nothing.
    """
    found = [first]
    for change in changes:
        last = found[-1]
        if change.on > last.until:
            continue
        after = Version(
            since=max(change.on, last.since),
            until=last.until,
            price=last.price if change.price is None else change.price,
            monthly_volume=last.monthly_volume if change.monthly_volume is None else change.monthly_volume,
            addendum=change.addendum,
        )
        found[-1] = Version(last.since, change.on - ONE_DAY, last.price, last.monthly_volume, last.addendum)
        if found[-1].until < found[-1].since:
            found.pop()
        if change.ends:
            break
        found.append(after)
    return found


def on_day(versions: Iterable[Version], day: date) -> Version | None:
    """Return the version in force on the day; None before the line began and after it ended."""
    return next((one for one in versions if one.since <= day <= one.until), None)
