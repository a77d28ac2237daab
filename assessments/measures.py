"""What each requirement of a class is made of: of what it speaks, which figures it needs, and which way is stricter.

Pure: rules in, faults and comparisons out. Thresholds as in class_rules: scores 0 to 100, rates as shares 0 to 1.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.class_rules import HIGHEST, LOWEST, Rule

LEVELS = range(LOWEST + 1, HIGHEST + 1)


@dataclass(frozen=True)
class Measure:
    """`subject` names the kind of code it speaks of; `most` is the largest threshold, None where it has none."""

    subject: str = ""
    most: Decimal | None = None
    is_share: bool = False
    has_months: bool = False
    has_age: bool = False
    is_ceiling: bool = False  # a lower threshold asks more

    @property
    def has_threshold(self) -> bool:
        return self.most is not None


SCORE, COUNT, WHOLE = Decimal(100), Decimal(999_999), Decimal(1)
MEASURES = {
    "overall": Measure(most=SCORE),
    "every_dimension": Measure(most=SCORE),
    "every_area": Measure("dimension", most=SCORE),
    "dimension": Measure("dimension", most=SCORE),
    "criterion": Measure("criterion", most=Decimal(4)),
    "module_passed": Measure("module"),
    "document": Measure("document"),
    "critical_findings": Measure(most=COUNT, has_age=True, is_ceiling=True),
    "on_time": Measure(most=WHOLE, is_share=True, has_months=True),
    "reject_ppm": Measure(most=COUNT, has_months=True, is_ceiling=True),
    "active_agreement": Measure(most=COUNT),
    "realisation": Measure(most=WHOLE, is_share=True, has_months=True),
    "buyers": Measure(most=COUNT),
}
OF_SCORES = ("overall", "every_dimension", "every_area", "dimension", "criterion")


def asks_less(lower: Rule, higher: Rule) -> bool:
    """Whether the rule of the higher class is easier than the one of the class below it, for the same subject."""
    kind = MEASURES[lower.measure]
    if kind.has_threshold:
        was, now = lower.threshold or Decimal(0), higher.threshold or Decimal(0)
        if (now > was) if kind.is_ceiling else (now < was):
            return True
    if kind.has_months and (higher.months or 1) < (lower.months or 1):
        return True
    if kind.has_age and higher.max_age_days is not None:  # every finding counts where no age is said
        return lower.max_age_days is None or higher.max_age_days > lower.max_age_days
    return False


def steps_down(rules: Iterable[Rule]) -> Iterator[tuple[Rule, Rule | None, int]]:
    """Yield each rule that the next class asks less of: the rule, that of the next class or None, and its level."""
    by_level: dict[int, dict[tuple[str, str], Rule]] = {level: {} for level in LEVELS}
    for rule in rules:
        by_level[rule.level][rule.measure, rule.subject] = rule
    for level in LEVELS[:-1]:
        for key, rule in by_level[level].items():
            above = by_level[level + 1].get(key)
            if above is None or asks_less(rule, above):
                yield rule, above, level + 1


def empty_levels(rules: Sequence[Rule]) -> list[int]:
    """Return the classes that ask for nothing: anybody would reach them."""
    return [level for level in LEVELS if not any(rule.level == level for rule in rules)]


def unknown_subjects(rules: Iterable[Rule], known: Collection[tuple[str, str]]) -> list[Rule]:
    """Return the rules that speak of a code nobody knows; `known` holds (kind, code)."""
    named = [rule for rule in rules if MEASURES[rule.measure].subject]
    return [rule for rule in named if (MEASURES[rule.measure].subject, rule.subject) not in known]
