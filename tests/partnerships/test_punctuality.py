"""Delivery on time, counted by quantity, at every border of the window (features.md E9)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships.punctuality import Arrival, Due, Punctuality, Window, measure, per_line

DAY = date(2026, 5, 20)
SAME_DAY = Window(grace_days=0, max_early_days=1)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def test_sixty_on_time_and_forty_late_are_sixty_percent():
    result = measure([Due(DAY, 100)], [Arrival(DAY, 60), Arrival(after(3), 40)], SAME_DAY)
    assert (result.on_time, result.late, result.rate) == (60, 40, Decimal("0.6"))


@pytest.mark.parametrize("grace", [0, 1, 3])
@pytest.mark.parametrize("early", [0, 1, 2])
def test_both_ends_belong_to_the_window(grace, early):
    window = Window(grace_days=grace, max_early_days=early)

    def became(days):
        return measure([Due(DAY, 10)], [Arrival(after(days), 10)], window)

    assert became(-early - 1) == Punctuality(due=10, early=10)
    assert became(-early) == Punctuality(due=10, on_time=10)
    assert became(grace) == Punctuality(due=10, on_time=10)
    assert became(grace + 1) == Punctuality(due=10, late=10)


@pytest.mark.parametrize(
    "days, on_time",
    [(0, 0), (4, 0), (5, 10), (6, 0)],
    ids=["first date", "day before", "agreed", "day after"],
)
def test_an_agreed_reschedule_replaces_the_due_date(days, on_time):
    due = Due(DAY, 10, agreed_due_on=after(5))
    assert measure([due], [Arrival(after(days), 10)], Window(0, 0)).on_time == on_time


def test_nothing_due_has_no_rate():
    assert measure([], [Arrival(DAY, 10)], SAME_DAY).rate is None
    assert Punctuality().rate is None


def test_nothing_delivered_is_zero_not_unknown():
    result = measure([Due(DAY, 10)], [], SAME_DAY)
    assert (result.missing, result.rate) == (10, Decimal(0))


@pytest.mark.parametrize("quantity, on_time, missing", [(99, 99, 1), (100, 100, 0), (101, 100, 0)])
def test_a_line_is_never_filled_beyond_its_quantity(quantity, on_time, missing):
    result = measure([Due(DAY, 100)], [Arrival(DAY, quantity)], SAME_DAY)
    assert (result.on_time, result.missing) == (on_time, missing)


def test_deliveries_answer_schedule_lines_in_the_order_of_the_days():
    lines = list(
        per_line([Due(after(7), 50), Due(DAY, 50)], [Arrival(DAY, 70), Arrival(after(7), 30)], SAME_DAY)
    )
    assert [due.day for due, _result in lines] == [DAY, after(7)]
    assert lines[0][1] == Punctuality(due=50, on_time=50)
    assert lines[1][1] == Punctuality(due=50, early=20, on_time=30)  # twenty came a week too early


def test_what_the_buyer_has_not_confirmed_is_unknown():
    result = measure([Due(DAY, 100)], [Arrival(DAY, 60), Arrival(DAY, 40, confirmed=False)], SAME_DAY)
    assert (result.waiting, result.judged, result.rate) == (40, 60, Decimal(1))
    assert measure([Due(DAY, 40)], [Arrival(DAY, 40, confirmed=False)], SAME_DAY).rate is None


@pytest.mark.parametrize(
    "days, counted", [(0, 0), (1, 0), (2, 10)], ids=["due day", "last grace day", "day after"]
)
def test_a_line_whose_window_is_open_is_not_late_yet(days, counted):
    result = measure([Due(DAY, 10)], [], Window(grace_days=1, max_early_days=0), today=after(days))
    assert result.due == counted


@pytest.mark.parametrize("days, counted", [(-1, 0), (0, 10), (1, 10), (2, 0)])
def test_the_period_includes_both_its_days(days, counted):
    assert measure([Due(after(days), 10)], [], SAME_DAY, since=DAY, until=after(1)).due == counted


pieces = st.integers(min_value=0, max_value=60)
moments = st.integers(min_value=-10, max_value=20)
due_lists = st.lists(st.builds(lambda d, q: Due(after(d), q + 1), moments, pieces), max_size=5)
arrival_lists = st.lists(
    st.builds(lambda d, q, c: Arrival(after(d), q, c), moments, pieces, st.booleans()), max_size=6
)
windows = st.builds(Window, st.integers(0, 4), st.integers(0, 4))


@settings(deadline=None)  # a busy machine is no failure
@given(due_lists, arrival_lists, windows)
def test_the_parts_make_the_whole_and_the_rate_is_a_share(dues, arrivals, window):
    result = measure(dues, arrivals, window)
    assert result.due == sum(due.quantity for due in dues)
    assert result.on_time + result.early + result.late + result.waiting + result.missing == result.due
    assert (result.rate is None) == (result.judged == 0)
    assert result.rate is None or 0 <= result.rate <= 1


@settings(deadline=None)  # a busy machine is no failure
@given(due_lists, arrival_lists, windows, st.integers(1, 59))
def test_how_a_delivery_is_split_changes_nothing(dues, arrivals, window, share):
    split = []
    for arrival in arrivals:
        part = min(share, arrival.quantity)
        split += [
            Arrival(arrival.on, part, arrival.confirmed),
            Arrival(arrival.on, arrival.quantity - part, arrival.confirmed),
        ]
    assert measure(dues, split, window) == measure(dues, arrivals, window)


@settings(deadline=None)  # a busy machine is no failure
@given(due_lists, arrival_lists, windows)
def test_a_longer_grace_never_makes_anything_late(dues, arrivals, window):
    longer = Window(window.grace_days + 1, window.max_early_days)
    assert measure(dues, arrivals, longer).on_time >= measure(dues, arrivals, window).on_time
