"""Which month is due: on which day, not twice, and not before it was wanted."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from closedloop.reports.monthly import day_in, due, month_after, month_of, next_run

LONG_AGO, NOVEMBER, DECEMBER = date(2025, 1, 1), date(2026, 11, 1), date(2026, 12, 1)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def test_a_month_without_the_day_has_it_on_its_last():
    assert day_in(date(2026, 2, 1), 31) == date(2026, 2, 28)
    assert day_in(date(2028, 2, 1), 30) == date(2028, 2, 29)
    assert day_in(DECEMBER, 31) == date(2026, 12, 31)


def test_it_is_due_on_its_day_and_after_until_it_is_made():
    assert due(24, LONG_AGO, date(2026, 11, 23), {date(2026, 10, 1)}) is None
    assert due(24, LONG_AGO, date(2026, 11, 24), {date(2026, 10, 1)}) == NOVEMBER
    assert due(24, LONG_AGO, date(2026, 11, 27), {date(2026, 10, 1)}) == NOVEMBER
    assert due(24, LONG_AGO, date(2026, 11, 27), {NOVEMBER}) is None


def test_a_day_missed_at_the_end_of_a_month_is_made_in_the_next():
    assert due(31, LONG_AGO, date(2026, 12, 1), set()) == NOVEMBER
    assert next_run(31, LONG_AGO, date(2026, 12, 1), set()) == date(2026, 11, 30)


def test_a_day_before_it_was_wanted_is_left_out():
    assert due(5, date(2026, 11, 10), date(2026, 11, 24), set()) is None
    assert next_run(5, date(2026, 11, 10), date(2026, 11, 24), set()) == date(2026, 12, 5)


def test_a_changed_day_makes_no_second_report_of_the_month():
    assert next_run(28, date(2026, 11, 10), date(2026, 11, 10), {NOVEMBER}) == date(2026, 12, 28)


@given(day=st.integers(1, 31), since=DAYS, length=st.integers(0, 800))
def test_looked_at_every_day_each_month_is_made_once_on_its_day(day, since, length):
    made: list[date] = []
    for today in (since + timedelta(days=n) for n in range(length)):
        expected = next_run(day, since, today, set(made))
        if month := due(day, since, today, set(made)):
            assert month not in made and expected == today == day_in(month, day)
            made.append(month)
        else:
            assert expected > today
    assert all(later == month_after(month) for month, later in pairwise(made))
    assert all(month == month_of(month) for month in made)
