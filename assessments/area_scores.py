"""How the areas of a factory become one score (domain.md §2.2). Pure: no database, no rounding.

area      = sum(score x weight) / sum(top x weight) x 100 over the items that apply there
dimension = sum(area x area weight) / sum(area weights)

An area with an item nobody scored, or in which no item applies, has no score, and then the dimension has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.shares import Item, decimal, share_of


@dataclass(frozen=True)
class Part:
    """One area with its weight and its own answers to the items of the dimension."""

    name: str
    weight: Decimal
    items: Sequence[Item]

    def share(self, top: int) -> Fraction | None:
        return share_of(self.items, top)

    @property
    def is_empty(self) -> bool:
        return bool(self.items) and all(item.not_applicable for item in self.items)


@dataclass(frozen=True)
class PartScore:
    """The score of one area, 0 to 100; None while an item is unscored or when none applies."""

    name: str
    weight: Decimal
    score: Decimal | None


def part_scores(parts: Sequence[Part], *, top: int = 4) -> tuple[PartScore, ...]:
    """Return the score of each area in the order given."""
    shares = [(part, part.share(top)) for part in parts]
    return tuple(
        PartScore(part.name, part.weight, None if share is None else decimal(share)) for part, share in shares
    )


def share_of_parts(parts: Sequence[Part], *, top: int = 4) -> Fraction | None:
    """Return the weighted mean of the areas, 0 to 100; None while one of them has no score."""
    weighed, weights = Fraction(0), Fraction(0)
    for part in parts:
        share = part.share(top)
        if share is None:
            return None
        weighed, weights = weighed + share * Fraction(part.weight), weights + Fraction(part.weight)
    return weighed / weights if weights else None


def lowest(scores: Sequence[PartScore]) -> list[PartScore]:
    """Return the areas with the lowest score; none where a score is unknown or all areas are alike."""
    known = {one.score for one in scores if one.score is not None}
    if len(known) < 2 or any(one.score is None for one in scores):
        return []
    return [one for one in scores if one.score == min(known)]
