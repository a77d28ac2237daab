"""Which days a module is proposed on: the hours add up, nothing overlaps, no holiday, nothing before the first day."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainings.holidays import national_holidays
from trainings.proposal import Block, end_of, parts, propose, skipped

blocks = st.builds(Block, st.uuids().map(str), st.integers(1, 60), st.integers(0, 6))
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(
    st.lists(blocks, min_size=1, max_size=4), days, st.sets(st.integers(0, 6), min_size=1), st.integers(2, 12)
)
def test_the_hours_add_up_and_no_two_sessions_share_a_day(modules, first, weekdays, most):
    holidays = national_holidays()
    made = propose(modules, first_day=first, weekdays=weekdays, most_hours=most, holidays=holidays)
    for block in modules:
        own = [one for one in made if one.module == block.module]
        assert sum(one.lesson_hours for one in own) == block.lesson_hours
        assert [one.number for one in own] == list(range(1, len(own) + 1))
        assert sum(one.is_visit for one in own) == min(block.visits, len(own))
    assert all(1 <= one.lesson_hours <= most for one in made)
    when = [one.day for one in made]
    assert when == sorted(set(when))
    assert all(day >= first and day.weekday() in weekdays and day not in holidays for day in when)


@given(blocks, st.integers(1, 12))
def test_meetings_are_as_even_as_whole_hours_allow(block, most):
    hours = [one for one, _is_visit in parts(block, most)]
    assert max(hours) - min(hours) <= 1


def test_a_visit_follows_a_day_in_class():
    assert parts(Block("5R", 16, visits=3), 4) == [
        (3, False),
        (3, True),
        (3, False),
        (3, True),
        (2, False),
        (2, True),
    ]
    assert [is_visit for _hours, is_visit in parts(Block("BM", 16, visits=1), 4)] == [
        False,
        False,
        False,
        True,
    ]


def test_a_holiday_is_passed_over_and_named():
    monday = date(2026, 8, 10)
    made = propose(
        [Block("BM", 8)], first_day=monday, weekdays=[0], most_hours=4, holidays=national_holidays()
    )
    assert [one.day for one in made] == [monday, date(2026, 8, 24)]
    assert skipped(monday, made[-1].day, weekdays=[0], holidays=national_holidays()) == [date(2026, 8, 17)]


@pytest.mark.parametrize("weekdays, most", [([], 4), ([0], 0)])
def test_a_proposal_needs_days_and_hours(weekdays, most):
    with pytest.raises(ValueError, match=r"no day|needs hours"):
        propose([Block("BM", 8)], first_day=date(2026, 8, 10), weekdays=weekdays, most_hours=most)


def test_a_session_ends_before_midnight_or_not_at_all():
    assert end_of(time(9), 4) == time(12)
    assert end_of(time(22), 4) is None
