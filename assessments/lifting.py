"""An assessment and a class as `raising.py` wants them: groups of items that apply, and the floors of the class."""

from collections.abc import Iterable

from assessments.class_rules import Rule, floors, next_level, overall_floor
from assessments.inputs import rules_of
from assessments.models import Assessment, Criterion
from assessments.raising import Floors, Group, Liftable, Raise, fewest
from assessments.results import scheme_of
from assessments.sheet import Sheet


def groups_of(sheet: Sheet) -> list[Group]:
    """Return the dimensions with the items that were scored; what does not apply is no part of it."""
    rows: dict = {}
    for row in sheet.rows:
        if row.value is not None:
            rows.setdefault(row.dimension.pk, []).append(row)
    return [
        Group(
            dimension.code,
            dimension.weight,
            [_liftable(row.criterion, row.value) for row in rows.get(dimension.pk, [])],
        )
        for dimension in sheet.dimensions
    ]


def _liftable(criterion: Criterion, value: int) -> Liftable:
    return Liftable(criterion.code, value, criterion.scores_allowed, criterion.weight)


def floors_of(level: int, rules: Iterable[Rule], codes: Iterable[str]) -> Floors:
    """Return what a class asks of scores: of dimensions, of the overall and of single items."""
    rules = list(rules)
    items = {
        rule.subject: int(rule.threshold)
        for rule in rules
        if (rule.level, rule.measure) == (level, "criterion") and rule.threshold is not None
    }
    return Floors(floors(level, rules, codes), overall_floor(level, rules), items)


def next_floors(sheet: Sheet) -> Floors:
    """Return what the class above the IKM's asks, by the scheme its cohort is judged by; nothing without one."""
    scheme = scheme_of(sheet.assessment)
    rules = rules_of(scheme) if scheme else []
    level = next_level(sheet.assessment.enterprise.class_level)
    return floors_of(level, rules, [dimension.code for dimension in sheet.dimensions])


def shortest(assessment: Assessment, sheet: Sheet | None = None) -> list[Raise] | None:
    """Return the fewest items that must rise for the scores of the next class; None where no raise reaches them."""
    sheet = sheet or Sheet(assessment)
    return fewest(groups_of(sheet), next_floors(sheet), top=assessment.rubric.scale_max)
