"""Counting hours: pure, with every combination of sessions, marks and points."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainings.counting import AttendanceShare, Mark, Meeting, Why, count, exact, share_of, total

DAY = date(2026, 5, 4)
ONE, HALF, ZERO = Decimal(1), Decimal("0.5"), Decimal(0)
POINTS = st.integers(0, 100).map(lambda hundredths: Decimal(hundredths) / 100)
PEOPLE = [UUID(int=number) for number in range(3)]


def mark(points=ONE, is_present=True, **more):
    return Mark(points=points, is_present=is_present, day=DAY, **more)


def meeting(*marks, hours=4, is_expected=True, day=DAY, **more):
    return Meeting(session=None, hours=hours, day=day, is_expected=is_expected, marks=tuple(marks), **more)


marks = st.builds(
    mark, points=POINTS, is_present=st.booleans(), person=st.sampled_from(PEOPLE), by_owner=st.booleans()
)
meetings = st.builds(
    Meeting,
    session=st.none(),
    hours=st.integers(1, 24),
    day=st.integers(0, 40).map(lambda days: DAY + timedelta(days=days)),
    is_expected=st.booleans(),
    is_make_up=st.booleans(),
    marks=st.lists(marks, max_size=4).map(tuple),
)
plans = st.lists(meetings, max_size=12)


def of_plan(plan, **more) -> AttendanceShare:
    return share_of(count(plan, **more))


@given(plans, st.integers(0, 1_000))
def test_the_order_of_sessions_and_marks_changes_nothing(plan, seed):
    dice = Random(seed)
    shuffled = [
        Meeting(**{**vars(one), "marks": tuple(dice.sample(one.marks, len(one.marks)))})
        for one in dice.sample(plan, len(plan))
    ]
    assert of_plan(shuffled) == of_plan(plan)


@given(plans)
def test_nobody_is_credited_more_than_was_held(plan):
    share = of_plan(plan)
    assert 0 <= share.jp_present <= share.jp_held
    assert 0 <= share.sessions_present <= share.sessions_held
    assert all(0 <= line.jp_present <= line.meeting.hours for line in count(plan))


@given(plans)
def test_a_second_person_of_the_ikm_never_earns_more_than_the_best_of_them(plan):
    twice = [Meeting(**{**vars(one), "marks": one.marks * 2}) for one in plan]
    assert of_plan(twice) == of_plan(plan)


@given(plans, st.sampled_from(PEOPLE))
def test_what_one_person_attended_is_never_more_than_the_ikm_did(plan, person):
    alone, everybody = of_plan(plan, of=lambda one: one.person == person), of_plan(plan)
    assert alone.jp_present <= everybody.jp_present
    assert alone.sessions_present <= everybody.sessions_present
    assert (alone.jp_held, alone.sessions_held) == (everybody.jp_held, everybody.sessions_held)


@given(plans)
def test_every_session_has_one_line_and_the_lines_add_up(plan):
    lines = count(plan)
    assert len(lines) == len(plan)
    assert sum(line.jp_present for line in lines) == of_plan(plan).jp_present
    assert [line.meeting.day for line in lines] == sorted(one.day for one in plan)


@given(plans, plans)
def test_a_total_adds(first, second):
    shares = [of_plan(first), of_plan(second)]
    assert total(shares).jp_present == shares[0].jp_present + shares[1].jp_present
    assert total([*shares, AttendanceShare()]) == total(reversed(shares))


@pytest.mark.parametrize(
    "marks, jp, sessions, why",
    [
        ([mark()], 4, 1, Why.PRESENT),
        ([mark(HALF)], 2, 1, Why.PART),
        ([mark(ZERO, is_present=False), mark(HALF)], 2, 1, Why.PART),
        ([mark(ONE), mark(ONE)], 4, 1, Why.PRESENT),
        ([mark(HALF, is_present=False)], 2, 0, Why.PART),  # an excuse worth half
        ([mark(ZERO, is_present=False)], 0, 0, Why.AWAY),
        ([], 0, 0, Why.AWAY),
    ],
)
def test_one_session_earns_its_hours_times_the_best_points(marks, jp, sessions, why):
    (line,) = count([meeting(*marks)])
    assert (line.jp_present, line.is_present, line.why) == (jp, sessions, why)
    assert (line.jp_held, line.is_held) == (4, True)


def test_who_was_not_expected_owes_nothing_and_is_not_deprived_of_coming():
    assert of_plan([meeting(mark(HALF, is_present=False), is_expected=False)]) == AttendanceShare()
    assert of_plan([meeting(mark(), is_expected=False)]) == AttendanceShare(1, 1, ONE * 4, 4)


def test_a_make_up_gives_back_what_was_missed_and_no_more():
    missed, make_up = meeting(), meeting(mark(), hours=6, is_make_up=True, day=DAY + timedelta(days=1))
    spare = meeting(mark(), is_make_up=True, day=DAY + timedelta(days=2))
    lines = count([spare, make_up, missed])
    assert [line.why for line in lines] == [Why.AWAY, Why.GIVES_BACK, Why.SPARE]
    assert share_of(lines) == AttendanceShare(1, 1, Decimal(4), 4)


def test_an_excuse_from_a_make_up_gives_nothing_back():
    lines = count([meeting(), meeting(mark(ONE, is_present=False), is_make_up=True)])
    assert share_of(lines) == AttendanceShare(0, 1, ZERO, 4)


@pytest.mark.parametrize("hours, text", [("4.00", "4"), ("4.50", "4.5"), ("0", "0"), ("20", "20")])
def test_hours_are_kept_exactly(hours, text):
    assert exact(Decimal(hours)) == text
