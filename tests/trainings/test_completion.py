"""When a module is passed, around each threshold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainings.completion import Gap, State, completion_of

RULE = {"min_attendance": Decimal("0.8"), "pass_mark": Decimal(70)}


def judge(present=16, held=16, mark=Decimal(80), **rest):
    return completion_of(jp_present=present, jp_held=held, post_mark=mark, **{**RULE, **rest})


@pytest.mark.parametrize(
    "present, held, state", [(79, 100, State.NOT_PASSED), (80, 100, State.PASSED), (81, 100, State.PASSED)]
)
def test_attendance_at_its_threshold(present, held, state):
    assert judge(present, held).state == state


@pytest.mark.parametrize(
    "mark, state",
    [("69.99", State.NOT_PASSED), ("70", State.PASSED), ("70.01", State.PASSED)],
)
def test_the_mark_at_its_threshold(mark, state):
    assert judge(mark=Decimal(mark)).state == state


def test_shares_are_compared_without_rounding():
    assert judge(7996, 10_000).state == State.NOT_PASSED  # 79.96% shows as 80.0%


def test_a_mark_of_zero_is_known_and_low():
    assert judge(mark=Decimal(0)).missing == (Gap.MARK_LOW,)


def test_nothing_held_and_no_mark_is_unknown_not_failed():
    verdict = judge(0, 0, None)
    assert verdict.state == State.UNKNOWN
    assert verdict.missing == (Gap.NOT_HELD, Gap.MARK_UNKNOWN)


def test_an_unknown_mark_keeps_the_module_open():
    verdict = judge(mark=None)
    assert (verdict.state, verdict.missing) == (State.RUNNING, (Gap.MARK_UNKNOWN,))


def test_sessions_to_come_can_still_spoil_or_mend():
    assert judge(4, 4, jp_to_come=12).missing == (Gap.SESSIONS_TO_COME,)
    assert judge(4, 4, jp_to_come=12).state == State.RUNNING
    mendable = judge(2, 4, jp_to_come=12)
    assert (mendable.state, mendable.missing) == (State.RUNNING, (Gap.ATTENDANCE,))
    assert judge(0, 4, jp_to_come=12).state == State.NOT_PASSED  # at best 12 of 16 JP, 75%


def test_sessions_to_come_do_not_matter_once_the_share_is_safe():
    assert judge(14, 14, jp_to_come=2).state == State.PASSED


def test_where_the_owner_must_attend_only_the_owners_hours_count():
    verdict = judge(jp_by_owner=8)
    assert (verdict.state, verdict.missing) == (State.NOT_PASSED, (Gap.OWNER_AWAY,))
    assert judge(jp_by_owner=13).state == State.PASSED


@given(
    present=st.integers(0, 60),
    missed=st.integers(0, 60),
    to_come=st.integers(0, 60),
    mark=st.none() | st.decimals(0, 100, places=2),
)
def test_passed_exactly_when_nothing_is_missing(present, missed, to_come, mark):
    verdict = judge(present, present + missed, mark, jp_to_come=to_come)
    assert (verdict.state == State.PASSED) == (verdict.missing == ())
    if verdict.state == State.PASSED:
        assert mark is not None and mark >= 70
        assert present >= Decimal("0.8") * (present + missed + to_come)


@given(present=st.integers(0, 60), missed=st.integers(0, 60), mark=st.decimals(0, 100, places=2))
def test_more_presence_never_makes_it_worse(present, missed, mark):
    before, after = judge(present, present + missed + 1, mark), judge(present + 1, present + missed + 1, mark)
    assert not (before.state == State.PASSED and after.state != State.PASSED)


def test_where_the_module_asks_an_action_keeps_it_open_and_never_fails_it():
    assert judge(actions_total=0).missing == (Gap.NO_ACTION,)
    waiting = judge(actions_total=2, actions_open=1)
    assert (waiting.state, waiting.missing) == (State.RUNNING, (Gap.ACTIONS_OPEN,))
    assert judge(actions_total=2, actions_open=0).state == State.PASSED
    assert judge(0, 0, None, actions_total=0).state == State.UNKNOWN
    assert judge(mark=Decimal(60), actions_total=0).state == State.NOT_PASSED


@given(
    actions_open=st.integers(0, 9), present=st.integers(0, 20), mark=st.none() | st.decimals(0, 100, places=2)
)
def test_a_module_that_does_not_ask_is_judged_as_before(actions_open, present, mark):
    assert judge(present, 20, mark, actions_open=actions_open) == judge(present, 20, mark)
