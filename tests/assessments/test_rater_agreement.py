"""Counts and weighted kappa by worked examples."""

from decimal import Decimal

import pytest

from assessments.models import SecondScore
from assessments.rater_agreement import agreement, weighted_kappa


def test_the_counts_say_equal_near_far_and_mixed():
    found = agreement([(3, 3), (3, 2), (4, 2), (0, 4), (None, 2), (None, None)])
    assert (found.items, found.equal, found.near, found.far, found.mixed) == (5, 1, 2, 2, 1)


@pytest.mark.parametrize(
    "rated, kappa",
    [
        ([(0, 0), (4, 4)], "1.00"),  # always the same
        ([(0, 4), (4, 0)], "-1.00"),  # always the opposite
        # observed (0 + 1 + 1 + 4) / 4 = 1.5; expected, each first with each second: 40 / 16 = 2.5; 1 - 1.5 / 2.5
        ([(1, 1), (2, 1), (3, 2), (4, 2)], "0.40"),
        ([(2, 3), (2, 2)], "0.00"),  # the first always says 2: no better than chance
    ],
)
def test_kappa_by_hand(rated, kappa):
    assert weighted_kappa(rated) == Decimal(kappa)


@pytest.mark.parametrize("rated", [[], [(3, 1)], [(3, 3), (3, 3)]])
def test_kappa_is_unknown_with_one_item_or_nothing_that_could_differ(rated):
    assert weighted_kappa(rated) is None


@pytest.mark.parametrize(
    "second, first, differs",
    [
        ((3, False), (1, False), True),
        ((3, False), (2, False), False),
        ((None, True), (4, False), True),
        ((2, False), (None, True), True),
        ((None, True), (None, True), False),
    ],
)
def test_two_levels_or_whether_it_applies_must_be_settled(second, first, differs):
    value, not_applicable = second
    assert SecondScore(value=value, not_applicable=not_applicable).differs_from(*first) is differs
