"""The areas of a dimension as a reader sees them: each score with its word, the lowest, and what a class asks.

Read only. Pages and reports take the same lines from here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language

from assessments.area_scores import PartScore, lowest
from assessments.bands import Band, band_of, bands_from, border_near
from assessments.class_rules import Rule
from assessments.models import Dimension
from assessments.wording import figure


@dataclass(frozen=True)
class AreaLine:
    """One area. Scores 0 to 100, None while an item there is unscored."""

    name: str
    weight: Decimal
    score: Decimal | None
    shown: str
    band: str
    is_lowest: bool
    is_short: bool  # below what the next class asks of every area

    @property
    def ratio(self) -> Decimal | None:
        return None if self.score is None else self.score / 100


@dataclass(frozen=True)
class AreaBoard:
    """One dimension: the score of the whole, its word, and its areas."""

    code: str
    name: str
    score: Decimal | None
    shown: str
    band: str
    pass_score: Decimal | None
    floor: Decimal | None
    lines: list[AreaLine]

    @property
    def is_weighed(self) -> bool:
        """Whether the weights differ, so that they must be shown."""
        return len({line.weight for line in self.lines}) > 1

    @property
    def is_passed(self) -> bool | None:
        if self.score is None or self.pass_score is None:
            return None
        return self.score >= self.pass_score

    @property
    def target(self) -> Decimal | None:
        return None if self.floor is None else self.floor / 100


def parts_from(rows: Iterable[Mapping[str, str]]) -> dict[str, list[PartScore]]:
    """Return frozen area scores (`Assessment.area_scores`) by dimension, in the order of the areas."""
    found: dict[str, list[PartScore]] = {}
    for row in rows:
        part = PartScore(row["area"], Decimal(row["weight"]), Decimal(row["score"]))
        found.setdefault(row["dimension"], []).append(part)
    return found


def area_boards(
    dimensions: Iterable[Dimension],
    totals: Mapping[str, Decimal | None],
    parts: Mapping[str, Sequence[PartScore]],
    *,
    rules: Iterable[Rule] = (),
    level: int = 0,
) -> list[AreaBoard]:
    """Return a board for each dimension that has areas or words for its score."""
    floors = {
        rule.subject: rule.threshold for rule in rules if (rule.level, rule.measure) == (level, "every_area")
    }
    return [
        _board(
            dimension, totals.get(dimension.code), parts.get(dimension.code, ()), floors.get(dimension.code)
        )
        for dimension in dimensions
        if dimension.bands or parts.get(dimension.code)
    ]


def _board(
    dimension: Dimension, score: Decimal | None, parts: Sequence[PartScore], floor: Decimal | None
) -> AreaBoard:
    bands, weakest = bands_from(dimension.bands), lowest(parts)
    return AreaBoard(
        code=dimension.code,
        name=dimension.title,
        score=score,
        shown=_shown(score, bands, dimension.pass_score),
        band=_word(score, bands),
        pass_score=dimension.pass_score,
        floor=floor,
        lines=[
            AreaLine(
                name=part.name,
                weight=part.weight,
                score=part.score,
                shown=_shown(part.score, bands, floor),
                band=_word(part.score, bands),
                is_lowest=part in weakest,
                is_short=part.score is not None and floor is not None and part.score < floor,
            )
            for part in parts
        ],
    )


def _word(score: Decimal | None, bands: Sequence[Band]) -> str:
    band = band_of(score, bands)
    return band.title(get_language()) if band else ""


def _shown(score: Decimal | None, bands: Sequence[Band], threshold: Decimal | None) -> str:
    """Return the score with the decimals it takes to see on which side of the next border it lies."""
    if score is None:
        return figure(None)
    borders = [border for border in (border_near(score, bands), threshold) if border is not None]
    nearest = min(borders, key=lambda border: abs(border - score), default=None)
    return figure(score, nearest)
