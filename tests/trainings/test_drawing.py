"""Ten questions, the same for the same person, in an order of their own; and what they are worth."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainings.drawing import arrange, draw, shuffle
from trainings.marking import counted, mark_of

banks = st.lists(st.integers(0, 10**9).map(lambda n: UUID(int=n)), min_size=10, max_size=40, unique=True)


@given(banks, st.text(), st.randoms())
def test_drawing_is_stable_and_of_ten_distinct_questions(bank, seed, dice):
    drawn = draw(bank, seed=seed)
    assert len(drawn) == len(set(drawn)) == 10 and set(drawn) <= set(bank)
    mixed = list(bank)
    dice.shuffle(mixed)
    assert draw(mixed, seed=seed) == drawn


@given(banks, st.text())
def test_before_and_after_ask_the_same_ten(bank, seed):
    drawn = draw(bank, seed=seed)
    assert (
        set(arrange(drawn, seed=seed, round="pre:0"))
        == set(arrange(drawn, seed=seed, round="post:0"))
        == set(drawn)
    )


@given(banks, st.text(), st.text())
def test_the_four_choices_are_all_shown_once(bank, seed, round):
    order = shuffle(bank[0], seed=seed, round=round)
    assert sorted(order) == [0, 1, 2, 3]
    assert shuffle(bank[0], seed=seed, round=round) == order


def test_people_get_different_questions_and_orders():
    bank = [UUID(int=n) for n in range(12)]
    papers = {tuple(draw(bank, seed=f"orang {n}")) for n in range(50)}
    orders = {shuffle(bank[0], seed=f"orang {n}", round="pre:0") for n in range(200)}
    assert len(papers) > 40 and len(orders) == 24


@given(st.integers(1, 100), st.data())
def test_a_mark_lies_between_0_and_100(asked, data):
    right = data.draw(st.integers(0, asked))
    mark = mark_of(right, asked)
    assert 0 <= mark <= 100 and (mark == 100) == (right == asked) and (mark == 0) == (right == 0)
    assert right == 0 or mark_of(right - 1, asked) < mark


@pytest.mark.parametrize("right, asked", [(-1, 10), (11, 10), (0, 0)])
def test_what_cannot_be_has_no_mark(right, asked):
    with pytest.raises(ValueError):
        mark_of(right, asked)


def test_the_best_counts_and_none_is_not_zero():
    assert counted([Decimal(40), Decimal(90), Decimal(70)]) == 90
    assert counted([]) is None
