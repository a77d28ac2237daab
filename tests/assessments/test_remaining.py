"""What is left to do is the least that is enough, and one less is not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.class_rules import JUDGES
from assessments.qcd import ppm
from assessments.remaining import clean_pieces, months_to_go, rank, value_to_go
from assessments.seen import since_last_visit


@given(st.integers(0, 500), st.integers(1, 50_000), st.integers(1, 5_000))
def test_clean_pieces_are_just_enough(rejected, delivered, limit):
    rejected = min(rejected, delivered)
    more = clean_pieces(rejected, delivered, Decimal(limit))
    assert ppm(rejected, delivered + more) <= limit
    if more:
        assert ppm(rejected, delivered + more - 1) > limit


def test_no_number_of_pieces_undoes_a_reject_where_none_is_allowed():
    assert clean_pieces(1, 100, Decimal(0)) is None and clean_pieces(0, 100, Decimal(0)) == 0


@pytest.mark.parametrize(
    "kept, left",
    [
        ([True, True, True], 0),
        ([False, True, True], 1),
        ([True, True, False], 3),
        ([None, None, None], 3),
        ([True, None, True], 1),
        ([], 3),
    ],
)
def test_months_in_a_row(kept, left):
    assert months_to_go(kept, 3) == left


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.integers(1, 100))
def test_value_is_just_enough(accepted, promised, percent):
    share = Decimal(percent) / 100
    more = value_to_go(Decimal(accepted), Decimal(promised), share)
    assert accepted + more >= promised * share
    if more:
        assert accepted + more - 1 < promised * share


def test_every_rule_has_its_place():
    assert {rank(measure) for measure in JUDGES} == set(range(len(JUDGES)))


class TestSinceLastVisit:
    def test_the_first_time_nothing_is_new(self):
        assert since_last_visit(None, ["a"], today="2026-11-24", level=2)[1:] == ([], "")

    def test_what_was_met_meanwhile_is_told_all_day(self):
        kept, _done, _day = since_last_visit(None, ["a", "b"], today="2026-11-20", level=2)
        for _again in range(2):
            kept, done, day = since_last_visit(kept, ["b"], today="2026-11-24", level=2)
            assert (done, day) == (["a"], "2026-11-20")
        assert since_last_visit(kept, ["b"], today="2026-11-25", level=2)[1:] == ([], "2026-11-24")

    def test_what_is_met_while_one_looks_is_told_too(self):
        kept, _done, _day = since_last_visit(None, ["a", "b"], today="2026-11-20", level=2)
        assert since_last_visit(kept, ["a"], today="2026-11-20", level=2)[1] == ["b"]

    def test_what_came_back_is_not_done(self):
        kept, _done, _day = since_last_visit(None, ["a"], today="2026-11-20", level=2)
        kept, _done, _day = since_last_visit(kept, [], today="2026-11-21", level=2)
        assert since_last_visit(kept, ["a"], today="2026-11-21", level=2)[1] == []

    def test_another_class_begins_anew(self):
        kept, _done, _day = since_last_visit(None, ["a"], today="2026-11-20", level=2)
        assert since_last_visit(kept, ["c"], today="2026-11-21", level=3)[1] == []
