"""Which way a requirement is stricter, and what the rules of a scheme leave open; pure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.class_rules import Inputs, Month, Rule, judge, month_before
from assessments.measures import MEASURES, asks_less, empty_levels, steps_down, unknown_subjects
from assessments.models import ClassRequirement

DAY = date(2026, 11, 24)
THRESHOLDS = st.decimals(0, 1, places=2)


def test_every_measure_is_described():
    assert set(MEASURES) == set(ClassRequirement.Measure.values)


@pytest.mark.parametrize(
    ("measure", "lower", "higher", "less"),
    [
        ("overall", {"threshold": 70}, {"threshold": 69}, True),
        ("overall", {"threshold": 70}, {"threshold": 70}, False),
        ("reject_ppm", {"threshold": 500, "months": 3}, {"threshold": 1000, "months": 3}, True),
        ("reject_ppm", {"threshold": 500, "months": 6}, {"threshold": 500, "months": 3}, True),
        ("critical_findings", {"threshold": 0, "max_age_days": 30}, {"threshold": 0}, False),
        ("critical_findings", {"threshold": 0}, {"threshold": 0, "max_age_days": 30}, True),
        ("critical_findings", {"max_age_days": 30}, {"max_age_days": 60}, True),
        ("document", {}, {}, False),
    ],
)
def test_what_asks_less(measure, lower, higher, less):
    numbers = [
        {name: Decimal(value) if name == "threshold" else value for name, value in one.items()}
        for one in (lower, higher)
    ]
    assert asks_less(Rule(2, measure, **numbers[0]), Rule(3, measure, **numbers[1])) is less


@given(low=THRESHOLDS, high=THRESHOLDS, score=THRESHOLDS, measure=st.sampled_from(["overall", "on_time"]))
def test_what_does_not_ask_less_is_never_met_where_the_lower_is_not(low, high, score, measure):
    """Against the rules themselves: whoever falls short of the lower class falls short of a stricter higher one."""
    month = Month(month_before(DAY), due=100, on_time=int(score * 100), delivered=100)
    inputs = Inputs(today=DAY, overall=score, months=(month,))
    lower, higher = Rule(2, measure, threshold=low, months=1), Rule(3, measure, threshold=high, months=1)
    if not asks_less(lower, higher) and judge(lower, inputs).met is False:
        assert judge(higher, inputs).met is False


def test_a_higher_class_that_asks_less_or_no_more_is_named():
    rules = [
        Rule(2, "overall", threshold=Decimal(55)),
        Rule(3, "overall", threshold=Decimal(50)),
        Rule(2, "document", "nib"),
        Rule(3, "document", "npwp"),
        Rule(4, "document", "npwp"),
    ]
    found = [(rule.measure, rule.subject, above, level) for rule, above, level in steps_down(rules)]
    assert found == [
        ("overall", "", rules[1], 3),
        ("document", "nib", None, 3),
        ("overall", "", None, 4),
    ]
    assert empty_levels(rules) == [] and empty_levels(rules[:2]) == [4]
    assert unknown_subjects(rules, {("document", "npwp")}) == [rules[2]]
    assert unknown_subjects([replace(rules[0], measure="module_passed", subject="BM")], set()) != []
