"""What a trial is fed with: a rubric as it is asked, the answers of real assessments, and what would differ."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from assessments.bands import bands_from
from assessments.class_rules import Inputs, Rule, reached_level
from assessments.inputs import class_inputs_of, rules_of
from assessments.models import Assessment, ClassScheme, Rubric, Score
from assessments.scoring import result_of
from assessments.trial import Answers, Asked, AskedField, fields_of, inputs_with


@dataclass(frozen=True)
class Effect:
    """One official assessment: its overall as stored and as it would be, and the class its scores and proofs reach."""

    assessment: Assessment
    before: Decimal | None
    after: Decimal | None
    level_before: int
    level_after: int

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def differs(self) -> bool:
        return self.before != self.after or self.level_before != self.level_after


def asked_by(rubric: Rubric) -> list[AskedField]:
    """Return the dimensions and items of a rubric in their order."""
    rows = rubric.dimensions.prefetch_related("criteria").order_by("order", "id")
    return [
        AskedField(
            code=row.code,
            name=row.title,
            weight=row.weight,
            items=[Asked(item.code, item.weight, item.is_yes_no) for item in row.criteria.all()],
            bands=bands_from(row.bands),
        )
        for row in rows
    ]


def answers_of(assessments: Iterable[Assessment]) -> dict[UUID, Answers]:
    """Return what each assessment answered, by its id; one query."""
    ids = [assessment.pk for assessment in assessments]
    values: dict[UUID, dict] = {pk: {} for pk in ids}
    parts: dict[UUID, dict] = {pk: defaultdict(dict) for pk in ids}
    rows = Score.objects.filter(assessment__in=ids).order_by("area__order")
    columns = (
        "assessment_id",
        "criterion__dimension__code",
        "criterion__code",
        "value",
        "not_applicable",
        "area__name",
        "area__weight",
    )
    for pk, dimension, code, value, not_applicable, area, weight in rows.values_list(*columns):
        if area is None:
            values[pk][code] = (value, not_applicable)
        else:
            parts[pk][dimension].setdefault((area, weight), {})[code] = (value, not_applicable)
    return {
        pk: Answers(
            values[pk],
            {code: [(*key, given) for key, given in areas.items()] for code, areas in parts[pk].items()},
        )
        for pk in ids
    }


def effects_of(
    asked: list[AskedField], *, top: int, scheme_before: ClassScheme, scheme_after: ClassScheme, user
) -> list[Effect]:
    """Return what every official assessment one may see would come to; read only, nothing is stored.

    An item that an assessment never answered is left out of its figures, so that new items make none unknown.
    """
    rows = Assessment.objects.visible_to(user).official().select_related("enterprise")
    newest = {row.enterprise_id: row for row in rows.order_by("visited_on", "approved_at")}
    found = list(newest.values())
    answers = answers_of(found)
    inputs = class_inputs_of([(row.enterprise, row) for row in found])
    rules = rules_of(scheme_before), rules_of(scheme_after)
    return [_effect(row, asked, answers[row.pk], inputs[row.enterprise_id], rules, top) for row in found]


def _effect(
    row: Assessment,
    asked: list[AskedField],
    answers: Answers,
    inputs: Inputs,
    rules: tuple[list[Rule], list[Rule]],
    top: int,
) -> Effect:
    result = result_of(fields_of(asked, answers, leave_out=True), top=top)
    return Effect(
        assessment=row,
        before=row.overall,
        after=result.overall,
        level_before=reached_level(rules[0], inputs),
        level_after=reached_level(rules[1], inputs_with(result, answers, inputs)),
    )
