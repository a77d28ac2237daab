"""An assessment and a class as `raising.py` wants them: groups of items that apply, and the floors of the class."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from assessments.class_rules import Rule, floors, next_level, overall_floor
from assessments.inputs import rules_of
from assessments.models import Assessment, Score
from assessments.raising import Floors, Group, Liftable, Raise, fewest
from assessments.results import scheme_of

AT = "@"  # between the code of an item and the area it was scored in


def scored(assessment: Assessment) -> list[Score]:
    """Return every scored item, once for each area where it is asked per area, in the order of the rubric."""
    return list(assessment.scores.select_related("criterion__dimension", "area"))


def key_of(score: Score) -> str:
    return f"{score.criterion.code}{AT}{score.area}" if score.area else score.criterion.code


def code_of(key: str) -> str:
    """Return the code of an item from the key of a raise."""
    return key.partition(AT)[0]


def place_of(key: str) -> str:
    """Return an item as people name it: "R1.1", or "R1.1 (Gudang)" where it is asked per area."""
    code, _at, area = key.partition(AT)
    return f"{code} ({area})" if area else code


def groups_of(scores: Iterable[Score]) -> list[Group]:
    """Return the dimensions with the items that apply. An area counts by its weight, whatever is asked in it."""
    fields: dict = defaultdict(list)
    for score in scores:
        if score.value is not None:
            fields[score.criterion.dimension].append(score)
    return [Group(one.code, one.weight, _liftables(own)) for one, own in fields.items()]


def _liftables(scores: list[Score]) -> list[Liftable]:
    sizes: dict = defaultdict(Fraction)
    for score in scores:
        sizes[score.area_id] += Fraction(score.criterion.weight)

    def weight(score: Score) -> Fraction:
        place = Fraction(score.area.weight) if score.area else Fraction(1)
        return place * Fraction(score.criterion.weight) / sizes[score.area_id]

    return [
        Liftable(key_of(one), one.value or 0, one.criterion.scores_allowed, weight(one)) for one in scores
    ]


def floors_of(level: int, rules: Iterable[Rule], scores: Iterable[Score]) -> Floors:
    """Return what a class asks of scores: of dimensions, of the overall and of single items."""
    rules, scores = list(rules), list(scores)
    asked = {
        rule.subject: int(rule.threshold)
        for rule in rules
        if (rule.level, rule.measure) == (level, "criterion") and rule.threshold is not None
    }
    items = {key_of(one): asked[one.criterion.code] for one in scores if one.criterion.code in asked}
    codes = {one.criterion.dimension.code for one in scores}
    return Floors(floors(level, rules, codes), overall_floor(level, rules), items)


def next_floors(assessment: Assessment, scores: Iterable[Score]) -> Floors:
    """Return what the class above the IKM's asks, by the scheme its cohort is judged by; nothing without one."""
    scheme = scheme_of(assessment)
    rules = rules_of(scheme) if scheme else []
    return floors_of(next_level(assessment.enterprise.class_level), rules, scores)


def shortest(assessment: Assessment) -> list[Raise] | None:
    """Return the fewest items that must rise for the scores of the next class; None where no raise reaches them."""
    scores = scored(assessment)
    return fewest(groups_of(scores), next_floors(assessment, scores), top=assessment.rubric.scale_max)
