"""What share of the points that could be reached was reached (domain.md §2.2, §5.3). Pure and exact.

Sums are exact fractions; a Decimal is made once, at the end, with as many places as the database keeps, so that
an exact 70 is not 69.999… and passes a threshold of 70.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

PLACES = Decimal(1).scaleb(-16)


@dataclass(frozen=True)
class Item:
    """One scored criterion; neither a value nor "not applicable" means not scored yet."""

    code: str
    value: int | None = None
    not_applicable: bool = False
    weight: Decimal = Decimal(1)

    @property
    def is_scored(self) -> bool:
        return self.not_applicable or self.value is not None


def decimal(value: Fraction) -> Decimal:
    """Return the fraction as a Decimal of 16 places."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES, ROUND_HALF_EVEN)


def points_of(items: Iterable[Item], top: int) -> tuple[Fraction, Fraction]:
    """Return the points reached and those that could be, weighted, over the items that apply."""
    rated = [item for item in items if not item.not_applicable]
    reached = sum((Fraction(item.weight) * (item.value or 0) for item in rated), Fraction(0))
    return reached, sum((Fraction(item.weight) * top for item in rated), Fraction(0))


def share_of(items: Iterable[Item], top: int) -> Fraction | None:
    """Return 0 to 100 for the items that apply; None while one is unscored or when none applies."""
    items = list(items)
    if not all(item.is_scored for item in items):
        return None
    reached, reachable = points_of(items, top)
    return reached / reachable * 100 if reachable else None
