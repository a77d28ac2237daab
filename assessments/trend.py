"""Thirteen months of quality, cost and delivery, the same month of last year included. Pure.

A month without deliveries has no rate: neither 0 nor 100. A month nobody closed is not known at all. The two are
told apart everywhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assessments.class_rules import Rule, month_before
from assessments.qcd import on_time_rate, ppm

MONTHS = 13


@dataclass(frozen=True)
class Card:
    """The frozen quantities of one month; `price_gap` is a share of the agreed price, None where none was agreed."""

    due: int
    on_time: int
    delivered: int
    rejected: int
    price_gap: Decimal | None = None
    max_ppm: int | None = None
    min_on_time: Decimal | None = None


@dataclass(frozen=True)
class Point:
    """One month: its card, or None while it is not closed. Rates are None without deliveries."""

    month: date
    card: Card | None

    @property
    def is_frozen(self) -> bool:
        return self.card is not None

    @property
    def is_quiet(self) -> bool:
        """Closed, and nothing was due nor delivered."""
        return self.card is not None and not self.card.due and not self.card.delivered

    @property
    def on_time(self) -> Decimal | None:
        """Share 0 to 1 of what was due."""
        return on_time_rate(self.card.on_time, self.card.due) if self.card else None

    @property
    def ppm(self) -> Decimal | None:
        return ppm(self.card.rejected, self.card.delivered) if self.card else None

    @property
    def price_gap(self) -> Decimal | None:
        return None if self.card is None or self.is_quiet else self.card.price_gap


@dataclass(frozen=True)
class Limits:
    """What a month is held against: the stricter of the class's and the MoU's. None where nothing is asked."""

    on_time: Decimal | None = None
    ppm: Decimal | None = None


def trend(cards: Mapping[date, Card], today: date) -> list[Point]:
    """Return the last thirteen complete months, oldest first; the keys of `cards` are first days of months."""
    months = [month_before(today, back) for back in range(MONTHS, 0, -1)]
    return [Point(month, cards.get(month)) for month in months]


def limits_of(point: Point, level: int, rules: Iterable[Rule]) -> Limits:
    """Return what one month is held against on the way to a class."""
    own = {rule.measure: rule.threshold for rule in rules if rule.level == level}
    card = point.card
    on_time = [own.get("on_time"), card.min_on_time if card else None]
    rejects = [own.get("reject_ppm"), Decimal(card.max_ppm) if card and card.max_ppm is not None else None]
    return Limits(
        max((one for one in on_time if one is not None), default=None),
        min((one for one in rejects if one is not None), default=None),
    )
