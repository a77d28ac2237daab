"""Where the days of a plan come to lie when it begins on another day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedloop.dashboard.shifting import days_between, is_day_off, moved_day, moved_moment

DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2060, 12, 31), timezones=st.just(UTC))
ZONES = st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Europe/Amsterdam"])


@given(DAYS, DAYS, st.lists(DAYS, min_size=2, max_size=6))
def test_kept_weekdays_stay_and_nothing_overtakes_anything(old_first, new_first, plan):
    days = days_between(old_first, new_first, keep_weekdays=True)
    moved = [moved_day(day, days) for day in plan]
    assert [day.weekday() for day in moved] == [day.weekday() for day in plan]
    assert [after - moved[0] for after in moved] == [before - plan[0] for before in plan]
    assert new_first <= moved_day(old_first, days) < new_first + timedelta(days=7)


@given(DAYS, DAYS)
def test_without_weekdays_the_first_day_is_the_first_day(old_first, new_first):
    days = days_between(old_first, new_first, keep_weekdays=False)
    assert moved_day(old_first, days) == new_first


@given(MOMENTS, st.integers(-3000, 3000), ZONES)
def test_hours_keep_their_place_on_the_wall_clock(moment, days, zone):
    before = moment.astimezone(ZoneInfo(zone))
    after = moved_moment(moment, days, zone)
    assert after.time() == before.time()
    assert after.date() - before.date() == timedelta(days=days)
    assert str(after.tzinfo) == zone


@pytest.mark.parametrize(
    "day, is_off",
    [
        (date(2027, 1, 10), True),  # a Sunday
        (date(2027, 8, 17), True),
        (date(2027, 8, 18), False),
    ],
)
def test_sundays_and_the_holidays_of_a_fixed_day_are_known(day, is_off):
    assert is_day_off(day) == is_off
