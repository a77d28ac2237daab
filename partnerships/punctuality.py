"""How much of what was due arrived on time, counted by quantity (features.md E9).

60 pieces on time and 40 late are 60 %, not "late". Pure functions: no database.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class Due:
    """A quantity promised for a day. A reschedule both sides agreed to replaces the first date."""

    due_on: date
    quantity: int
    agreed_due_on: date | None = None

    @property
    def day(self) -> date:
        return self.agreed_due_on or self.due_on


@dataclass(frozen=True)
class Arrival:
    """A quantity that reached the buyer on a day; `confirmed` is False while the buyer has not said so."""

    on: date
    quantity: int
    confirmed: bool = True


@dataclass(frozen=True)
class Window:
    """How far from its day a delivery still counts as on time; both ends belong to the window."""

    grace_days: int = 0
    max_early_days: int = 1

    def first(self, day: date) -> date:
        return day - timedelta(days=self.max_early_days)

    def last(self, day: date) -> date:
        return day + timedelta(days=self.grace_days)


@dataclass(frozen=True)
class Punctuality:
    """What became of the quantity that was due. All are pieces; the five parts make up `due`."""

    due: int = 0
    on_time: int = 0
    early: int = 0
    late: int = 0
    waiting: int = 0  # entered by the IKM, not yet confirmed: unknown, so neither on time nor late
    missing: int = 0

    @property
    def judged(self) -> int:
        """The quantity of which one knows whether it came on time: the denominator."""
        return self.due - self.waiting

    @property
    def rate(self) -> Decimal | None:
        """Share on time of what can be judged, 0 to 1; None when nothing was due or nothing is known."""
        return Decimal(self.on_time) / self.judged if self.judged else None

    def __add__(self, other: "Punctuality") -> "Punctuality":
        return Punctuality(
            self.due + other.due,
            self.on_time + other.on_time,
            self.early + other.early,
            self.late + other.late,
            self.waiting + other.waiting,
            self.missing + other.missing,
        )


def per_line(
    dues: Sequence[Due], arrivals: Iterable[Arrival], window: Window
) -> Iterator[tuple[Due, Punctuality]]:
    """Yield each schedule line of one order line with what became of it, in the order of the days.

    Arrivals fill the lines in date order: the first piece that comes answers the first piece that was due. So
    what came too much for one line is early for the next one, and how a delivery is split changes nothing.
    """
    queue = sorted((arrival for arrival in arrivals if arrival.quantity), key=lambda arrival: arrival.on)
    for due in sorted(dues, key=lambda due: (due.day, due.due_on)):
        result, open_quantity = Punctuality(due=due.quantity), due.quantity
        while open_quantity and queue:
            taken = min(open_quantity, queue[0].quantity)
            result = counted(result, due, queue[0], taken, window)
            open_quantity -= taken
            if taken == queue[0].quantity:
                queue.pop(0)
            else:
                queue[0] = replace(queue[0], quantity=queue[0].quantity - taken)
        yield due, replace(result, missing=open_quantity)


def counted(result: Punctuality, due: Due, arrival: Arrival, taken: int, window: Window) -> Punctuality:
    """Return the result with `taken` pieces of the arrival put where they belong."""
    if not arrival.confirmed:
        return replace(result, waiting=result.waiting + taken)
    if arrival.on < window.first(due.day):
        return replace(result, early=result.early + taken)
    if arrival.on > window.last(due.day):
        return replace(result, late=result.late + taken)
    return replace(result, on_time=result.on_time + taken)


def measure(
    dues: Sequence[Due],
    arrivals: Iterable[Arrival],
    window: Window,
    *,
    since: date | None = None,
    until: date | None = None,
    today: date | None = None,
) -> Punctuality:
    """Add up the lines of one order line whose day lies from `since` to `until`, both included.

    With `today`, a line whose window is still open is left out: what may still come on time is not late.
    """
    total = Punctuality()
    for due, result in per_line(dues, arrivals, window):
        if (since and due.day < since) or (until and due.day > until):
            continue
        if today and today <= window.last(due.day) and result.missing:
            continue
        total += result
    return total
