"""Figures from scores: the formula, its borders, and what is not known."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import (
    Field,
    Item,
    dimension_score,
    overall_score,
    photo_is_required,
    raises_finding,
    result_of,
)

# domain.md §5.3, worked example
EXAMPLE = {
    "BM": (70, 10),
    "5R": (78, 15),
    "K3L": (72, 15),
    "TEK": (68, 30),
    "PSR": (60, 10),
    "KEU": (62, 15),
    "LEG": (80, 5),
}


def items(*values):
    return [Item(code=str(n), value=value, not_applicable=value is None) for n, value in enumerate(values)]


def test_worked_example():
    overall = overall_score((Decimal(score), Decimal(weight)) for score, weight in EXAMPLE.values())
    assert overall == Decimal("69.2")


@pytest.mark.parametrize(
    "values, expected",
    [((4, 4), 100), ((0, 0), 0), ((3, 1), 50), ((4, None), 100), ((2, None, None), 50), ((1,), 25)],
)
def test_dimension_counts_only_items_that_apply(values, expected):
    assert dimension_score(items(*values)) == expected


def test_twenty_five_items_give_the_raw_sum():
    values = [3] * 20 + [1] * 5
    assert dimension_score(items(*values)) == sum(values)


def test_weights_of_items_count():
    rows = [Item("a", 4, weight=Decimal(3)), Item("b", 0, weight=Decimal(1))]
    assert dimension_score(rows) == 75


def test_an_unscored_item_leaves_the_dimension_unknown():
    assert dimension_score([Item("a", 4), Item("b")]) is None


@pytest.mark.parametrize("values", [(), (None,), (None, None)])
def test_a_dimension_without_scored_items_is_unknown_and_never_zero(values):
    assert dimension_score(items(*values)) is None


def test_an_incomplete_assessment_has_no_overall_and_names_what_is_missing():
    result = result_of(
        [
            Field("BM", Decimal(50), [Item("BM1", 3), Item("BM2")]),
            Field("5R", Decimal(30), items(None)),
            Field("LEG", Decimal(20), items(4)),
        ]
    )
    assert (result.overall, result.is_complete) == (None, False)
    assert result.dimensions == {"BM": None, "5R": None, "LEG": 100}
    assert (result.unscored, result.empty) == (("BM2",), ("5R",))


def test_an_exact_threshold_stays_exact():
    """Two thirds and one third do not come out at 69.999…"""
    fields = [
        Field("A", Decimal(30), [Item("a", 4), Item("b", 4), Item("c", 0)]),  # 66.66…
        Field(
            "B",
            Decimal(60),
            [Item("a", 4), Item("b", 4), Item("c", 2), Item("d", 4), Item("e", 4), Item("f", 0)],
        ),
        Field("C", Decimal(10), [Item("a", 2), Item("b", 2)]),  # 50
    ]
    exact = (Fraction(200, 3) * 30 + Fraction(75) * 60 + 50 * 10) / 100
    assert exact == 70
    assert result_of(fields).overall == 70


SCORES = st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=1, max_size=30)


@given(SCORES)
def test_any_dimension_is_a_percentage_or_unknown(values):
    score = dimension_score(items(*values))
    assert score is None if all(value is None for value in values) else 0 <= score <= 100


@given(SCORES, st.integers(0, 5))
def test_not_applicable_items_change_nothing(values, more):
    assert dimension_score(items(*values)) == dimension_score(items(*values, *[None] * more))


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12), st.data())
def test_a_higher_score_never_lowers_a_dimension(values, data):
    at = data.draw(st.integers(0, len(values) - 1))
    better = [*values]
    better[at] = data.draw(st.integers(values[at], 4))
    assert dimension_score(items(*better)) >= dimension_score(items(*values))


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 100)), min_size=1, max_size=7))
def test_overall_lies_between_the_lowest_and_the_highest(pairs):
    overall = overall_score((Decimal(score), Decimal(weight)) for score, weight in pairs)
    assert min(score for score, _ in pairs) <= overall <= max(score for score, _ in pairs)


@given(st.integers(0, 100), st.lists(st.integers(1, 100), min_size=1, max_size=7))
def test_equal_dimensions_give_the_same_overall_whatever_the_weights(score, weights):
    assert overall_score((Decimal(score), Decimal(weight)) for weight in weights) == score


@pytest.mark.parametrize(
    "value, five_s, critical, plain",
    [
        (0, True, True, False),
        (1, True, True, False),
        (2, False, False, False),
        (3, False, False, False),
        (4, True, False, False),
        (None, False, False, False),
    ],
)
def test_which_scores_need_a_photo(value, five_s, critical, plain):
    assert photo_is_required(value, photo_scores=[0, 1, 4], is_critical=False) is five_s
    assert photo_is_required(value, photo_scores=[], is_critical=True) is critical
    assert photo_is_required(value, photo_scores=[], is_critical=False) is plain


@pytest.mark.parametrize("value, raised", [(0, True), (1, True), (2, False), (4, False), (None, False)])
def test_only_low_critical_scores_raise_a_finding(value, raised):
    assert raises_finding(value, is_critical=True) is raised
    assert not raises_finding(value, is_critical=False)
