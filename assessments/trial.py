"""What sample scores come to under any rubric, written out step by step. Pure; the figures are the real ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import get_language

from assessments.area_scores import Part
from assessments.bands import Band, band_of
from assessments.class_rules import Inputs, Requirement, Rule, requirements
from assessments.measures import LEVELS, OF_SCORES
from assessments.scoring import Field, Result, result_of
from assessments.shares import Item, decimal, points_of

Answer = tuple[int | None, bool]  # value, not applicable


@dataclass(frozen=True)
class Asked:
    """One item of the rubric that is tried."""

    code: str
    weight: Decimal
    is_yes_no: bool = False


@dataclass(frozen=True)
class AskedField:
    """One dimension of the rubric that is tried."""

    code: str
    name: str
    weight: Decimal
    items: Sequence[Asked]
    bands: Sequence[Band] = ()


@dataclass(frozen=True)
class Answers:
    """What was answered by code; `parts` holds those of a dimension that was filled per area, by dimension."""

    values: Mapping[str, Answer]
    parts: Mapping[str, Sequence[tuple[str, Decimal, Mapping[str, Answer]]]]


@dataclass(frozen=True)
class Step:
    """One fraction: 38 of 48 points come to 79,2; `area` is empty for a whole factory. None while unscored."""

    area: str
    reached: Decimal
    reachable: Decimal
    score: Decimal | None
    counted: int
    not_applicable: int
    unscored: int


@dataclass(frozen=True)
class Tried:
    """One dimension with its steps, its score 0 to 100, its word, and what it adds to the overall."""

    field: AskedField
    steps: tuple[Step, ...]
    score: Decimal | None
    band: Band | None

    @property
    def adds(self) -> Decimal | None:
        return None if self.score is None else self.score * self.field.weight / 100

    @property
    def band_title(self) -> str:
        return self.band.title(get_language()) if self.band else ""


def fields_of(asked: Sequence[AskedField], answers: Answers, *, leave_out: bool = False) -> list[Field]:
    """Return the answers as the arithmetic takes them.

    With `leave_out` an item that was never answered does not apply: older answers are compared on what they share.
    """

    def items(field: AskedField, values: Mapping[str, Answer]) -> list[Item]:
        missing: Answer = (None, leave_out)
        return [Item(one.code, *values.get(one.code, missing), one.weight) for one in field.items]

    return [
        Field(
            field.code,
            field.weight,
            () if answers.parts.get(field.code) else items(field, answers.values),
            [Part(name, weight, items(field, given)) for name, weight, given in answers.parts[field.code]]
            if answers.parts.get(field.code)
            else (),
        )
        for field in asked
    ]


def tried(asked: Sequence[AskedField], answers: Answers, *, top: int) -> tuple[list[Tried], Result]:
    """Return each dimension written out, and the result that an assessment with these answers would have."""
    fields = fields_of(asked, answers)
    result = result_of(fields, top=top)
    rows = []
    for one, field in zip(asked, fields, strict=True):
        parts = [(part.name, part.items) for part in field.parts] or [("", field.items)]
        score = result.dimensions[one.code]
        steps = tuple(_step(name, items, top) for name, items in parts)
        rows.append(Tried(one, steps, score, band_of(score, one.bands)))
    return rows, result


def _step(area: str, items: Sequence[Item], top: int) -> Step:
    reached, reachable = points_of(items, top)
    share = result_of([Field("", Decimal(1), items)], top=top).dimensions[""]
    return Step(
        area=area,
        reached=decimal(reached),
        reachable=decimal(reachable),
        score=share,
        counted=sum(not item.not_applicable for item in items),
        not_applicable=sum(item.not_applicable for item in items),
        unscored=sum(not item.is_scored for item in items),
    )


def inputs_with(result: Result, answers: Answers, inputs: Inputs) -> Inputs:
    """Return the inputs of an IKM with these figures instead of its own; an item asked per area counts lowest."""
    given = [answers.values, *(values for parts in answers.parts.values() for _n, _w, values in parts)]
    lowest: dict[str, int | None] = {}
    for values in given:
        for code, (value, _na) in values.items():
            known = [one for one in (lowest.get(code), value) if one is not None]
            lowest[code] = min(known, default=None)
    areas = {code: {part.name: part.score for part in parts} for code, parts in result.areas.items()}
    return replace(inputs, overall=result.overall, dimensions=result.dimensions, areas=areas, criteria=lowest)


def verdicts_of(
    rules: Sequence[Rule], inputs: Inputs, *, only_scores: bool
) -> list[tuple[int, list[Requirement]]]:
    """Return every class with the verdict on each of its rules; with `only_scores` those that scores decide."""
    judged = [rule for rule in rules if not only_scores or rule.measure in OF_SCORES]
    return [(level, requirements(level, judged, inputs)) for level in LEVELS]
