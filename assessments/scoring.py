"""How scores become figures (domain.md §5.3). Pure: no database, no rounding.

dimension = sum(score x weight) / sum(top x weight) x 100 over the items that apply
overall   = sum(dimension x weight) / sum(weight)

An item nobody scored, or a dimension in which no item applies, makes the result incomplete: the figures that
depend on it are None and never 0. Sums are exact fractions; a Decimal is made once, at the end, with as many
places as the database keeps, so that an exact 70 is not 69.999… and passes a threshold of 70.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

PLACES = Decimal(1).scaleb(-16)
CRITICAL_SCORES = frozenset({0, 1})  # of a critical item: raises a finding and needs a photo (domain.md §3.2)


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


@dataclass(frozen=True)
class Field:
    """One dimension with its weight in percent and its items."""

    code: str
    weight: Decimal
    items: Sequence[Item]


@dataclass(frozen=True)
class Result:
    """Figures 0 to 100 by dimension code, the overall, and the codes of what is not scored yet."""

    dimensions: dict[str, Decimal | None]
    overall: Decimal | None
    unscored: tuple[str, ...]
    empty: tuple[str, ...]  # dimensions in which no item applies

    @property
    def is_complete(self) -> bool:
        return self.overall is not None


def decimal(value: Fraction) -> Decimal:
    """Return the fraction as a Decimal of 16 places."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES, ROUND_HALF_EVEN)


def _share(items: Iterable[Item], top: int) -> Fraction | None:
    items = list(items)
    if not all(item.is_scored for item in items):
        return None
    rated = [item for item in items if not item.not_applicable]
    if not rated:
        return None
    reached = sum((Fraction(item.weight) * (item.value or 0) for item in rated), Fraction(0))
    return reached / sum((Fraction(item.weight) * top for item in rated), Fraction(0)) * 100


def dimension_score(items: Iterable[Item], *, top: int = 4) -> Decimal | None:
    """Return 0 to 100 for the items of one dimension; None while one is unscored or when none applies."""
    share = _share(items, top)
    return None if share is None else decimal(share)


def overall_score(dimensions: Iterable[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """Return the weighted mean of (score, weight) pairs; None while a score is missing."""
    pairs = list(dimensions)
    if not pairs or any(score is None for score, _weight in pairs):
        return None
    total = sum((Fraction(weight) for _score, weight in pairs), Fraction(0))
    weighted = sum((Fraction(score or 0) * Fraction(weight) for score, weight in pairs), Fraction(0))
    return decimal(weighted / total)


def result_of(fields: Iterable[Field], *, top: int = 4) -> Result:
    """Return every figure of an assessment."""
    fields = list(fields)
    shares = {field.code: _share(field.items, top) for field in fields}
    overall = None
    if fields and all(share is not None for share in shares.values()):
        weights = {field.code: Fraction(field.weight) for field in fields}
        weighted = sum(((share or 0) * weights[code] for code, share in shares.items()), Fraction(0))
        overall = decimal(weighted / sum(weights.values(), Fraction(0)))
    return Result(
        dimensions={code: None if share is None else decimal(share) for code, share in shares.items()},
        overall=overall,
        unscored=tuple(item.code for field in fields for item in field.items if not item.is_scored),
        empty=tuple(
            field.code for field in fields if field.items and all(i.not_applicable for i in field.items)
        ),
    )


def photo_is_required(value: int | None, *, photo_scores: Collection[int], is_critical: bool) -> bool:
    """Whether a score must be shown by a photo.

    `photo_scores` comes with the dimension (5R: 0, 1 and 4, domain.md §2.2); a critical item needs one at 0 and 1.
    """
    return value is not None and (value in photo_scores or (is_critical and value in CRITICAL_SCORES))


def raises_finding(value: int | None, *, is_critical: bool) -> bool:
    """Whether a score opens a critical finding (domain.md §3.2)."""
    return is_critical and value in CRITICAL_SCORES
