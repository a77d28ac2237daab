"""Promised against accepted: lights, targets and concerns at their borders (domain.md §6.3)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships import realisation
from partnerships.realisation import Figures, Light

START, END = date(2025, 11, 1), date(2026, 10, 31)
JUTA = 1_000_000


@pytest.mark.parametrize(
    "today, days",
    [
        (START - timedelta(days=1), 0),
        (START, 1),
        (END - timedelta(days=1), 364),
        (END, 365),
        (END + timedelta(days=1), 365),
    ],
)
def test_elapsed_counts_both_ends(today, days):
    assert realisation.elapsed_share(START, END, today) == Decimal(days) / 365


@pytest.mark.parametrize(
    "pace, expected",
    [
        ("0", Light.RED), ("0.6999", Light.RED), ("0.70", Light.YELLOW), ("0.8999", Light.YELLOW),
        ("0.90", Light.GREEN), ("1", Light.GREEN), ("1.4", Light.GREEN),
    ],
)  # fmt: skip
def test_light_changes_at_its_borders(pace, expected):
    assert realisation.light(Decimal(pace)) is expected


def test_an_unknown_pace_has_no_light():
    assert realisation.light(None) is None
    assert realisation.pace(Decimal(0), None, Decimal("0.5")) is None
    assert (
        realisation.pace(Decimal(5), Decimal(10), Decimal(0)) is None
    )  # nothing can be behind before the start


def test_pace_is_realised_share_by_elapsed_share():
    assert realisation.pace(Decimal(35 * JUTA), Decimal(100 * JUTA), Decimal("0.5")) == Decimal("0.7")
    assert realisation.target_to_date(Decimal(100 * JUTA), Decimal("0.5")) == 50 * JUTA
    assert realisation.target_to_date(None, Decimal("0.5")) is None


def test_realised_share_is_not_capped_and_unknown_without_a_promise():
    assert Figures(promised=Decimal(100), accepted=Decimal(140)).realised == Decimal("1.4")
    assert Figures(accepted=Decimal(140)).realised is None


def test_figures_add_up_and_keep_the_unknown():
    one, other = (
        Figures(promised=Decimal(10), ordered=Decimal(5)),
        Figures(ordered=Decimal(7), paid=Decimal(1)),
    )
    assert one + other == Figures(promised=Decimal(10), ordered=Decimal(12), paid=Decimal(1))
    assert (Figures() + Figures()).promised is None


def worries(**facts):
    return realisation.concerns(**{"pace_now": Decimal(1), "on_time": Decimal(1), **facts})


@pytest.mark.parametrize("pace, count", [("0.6999", 1), ("0.70", 0), ("0.7001", 0)])
def test_attention_below_seventy_percent_of_the_target(pace, count):
    assert len(worries(pace_now=Decimal(pace))) == count


@pytest.mark.parametrize(
    "on_time, own, count",
    [
        ("0.8999", None, 1), ("0.90", None, 0), ("0.9499", "0.95", 1), ("0.95", "0.95", 0),
        ("0.8999", "0.80", 1), ("0.90", "0.80", 0),
    ],
)  # fmt: skip
def test_the_stricter_punctuality_counts(on_time, own, count):
    assert len(worries(on_time=Decimal(on_time), min_on_time=own and Decimal(own))) == count


@pytest.mark.parametrize(
    "monthly, count",
    [
        ([501, 501], 1), ([500, 501], 0), ([501, 500], 0), ([501], 0), ([], 0),
        ([501, None, 501], 1), ([None, None], 0), ([501, 501, 499], 0),
    ],
)  # fmt: skip
def test_ppm_over_target_two_months_running(monthly, count):
    values = [None if value is None else Decimal(value) for value in monthly]
    assert len(worries(monthly_ppm=values, max_ppm=500)) == count
    assert not worries(monthly_ppm=values, max_ppm=None)


def test_the_unknown_raises_no_concern():
    assert worries(pace_now=None, on_time=None, monthly_ppm=[None], max_ppm=0) == []


def test_concerns_name_the_target():
    assert "95%" in worries(on_time=Decimal("0.5"), min_on_time=Decimal("0.95"))[0]


@pytest.mark.parametrize(
    "day, quarter",
    [(date(2026, 1, 1), 1), (date(2026, 3, 31), 1), (date(2026, 4, 1), 4), (date(2026, 12, 31), 10)],
)
def test_quarter_of_a_day(day, quarter):
    assert realisation.quarter_of(day) == date(2026, quarter, 1)


def test_quarters_a_period_touches():
    assert list(realisation.quarters(START, END)) == [
        date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)
    ]  # fmt: skip


def test_a_year_of_a_monthly_volume_is_twelve_months():
    assert realisation.spread(1000, START, END) == {
        date(2025, 10, 1): 2000, date(2026, 1, 1): 3000, date(2026, 4, 1): 3000,
        date(2026, 7, 1): 3000, date(2026, 10, 1): 1000,
    }  # fmt: skip


def test_a_month_covered_in_part_counts_by_its_days():
    assert realisation.spread(310, date(2026, 1, 11), date(2026, 1, 20)) == {date(2026, 1, 1): 100}


@settings(deadline=None)  # a busy machine is no failure
@given(
    st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.integers(1, 700), st.integers(0, 50 * JUTA), st.data()
)
def test_the_parts_of_a_promise_make_the_whole(start, days, value, data):
    end = start + timedelta(days=days)
    quarter = data.draw(st.sampled_from(list(realisation.quarters(start, end))))
    parts = sum(
        realisation.promised_between(
            quarter, Decimal(value), start, end, month, realisation.next_month(month) - timedelta(days=1)
        )
        for month in realisation.months(start, end)
    )
    assert abs(parts - value) < Decimal("0.001")
