"""How scores become figures (domain.md §5.3). Pure: no database, no rounding.

dimension = sum(score x weight) / sum(top x weight) x 100 over the items that apply
overall   = sum(dimension x weight) / sum(weight)

A dimension that is filled per area is the weighted mean of its areas (area_scores.py).

An item nobody scored, or a dimension in which no item applies, makes the result incomplete: the figures that
depend on it are None and never 0.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from assessments.area_scores import Part, PartScore, part_scores, share_of_parts
from assessments.shares import Item, decimal, share_of

CRITICAL_SCORES = frozenset({0, 1})  # of a critical item: raises a finding and needs a photo (domain.md §3.2)


@dataclass(frozen=True)
class Field:
    """One dimension with its weight in percent and its items: either its own, or those of each of its areas."""

    code: str
    weight: Decimal
    items: Sequence[Item] = ()
    parts: Sequence[Part] = ()

    def share(self, top: int) -> Fraction | None:
        return share_of_parts(self.parts, top=top) if self.parts else share_of(self.items, top)

    @property
    def all_items(self) -> list[Item]:
        return [*self.items, *(item for part in self.parts for item in part.items)]


@dataclass(frozen=True)
class Result:
    """Figures 0 to 100 by dimension code, the overall, and the codes of what is not scored yet."""

    dimensions: dict[str, Decimal | None]
    overall: Decimal | None
    unscored: tuple[str, ...]
    empty: tuple[str, ...]  # dimensions in which no item applies
    areas: dict[str, tuple[PartScore, ...]] = field(default_factory=dict)  # by dimension, where it has areas
    empty_areas: tuple[tuple[str, str], ...] = ()  # dimension and area in which no item applies

    @property
    def is_complete(self) -> bool:
        return self.overall is not None


def dimension_score(items: Iterable[Item], *, top: int = 4) -> Decimal | None:
    """Return 0 to 100 for the items of one dimension; None while one is unscored or when none applies."""
    share = share_of(items, top)
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
    shares = {field.code: field.share(top) for field in fields}
    overall = None
    if fields and all(share is not None for share in shares.values()):
        weights = {field.code: Fraction(field.weight) for field in fields}
        weighted = sum(((share or 0) * weights[code] for code, share in shares.items()), Fraction(0))
        overall = decimal(weighted / sum(weights.values(), Fraction(0)))
    return Result(
        dimensions={code: None if share is None else decimal(share) for code, share in shares.items()},
        overall=overall,
        unscored=tuple(item.code for field in fields for item in field.all_items if not item.is_scored),
        empty=tuple(
            field.code for field in fields if field.items and all(i.not_applicable for i in field.items)
        ),
        areas={field.code: part_scores(field.parts, top=top) for field in fields if field.parts},
        empty_areas=tuple(
            (field.code, part.name) for field in fields for part in field.parts if part.is_empty
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
