"""Ages and the days of reminders at their borders."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.ageing import Bucket, age, bucket_of, escalation_step, found_between, reminder_step

DUE = date(2026, 11, 24)  # a Tuesday
LONG_AGO = DUE - timedelta(days=30)


@pytest.mark.parametrize(
    "days, bucket",
    [(0, "0-7"), (7, "0-7"), (8, "8-30"), (30, "8-30"), (31, "31-60"), (60, "31-60"), (61, "60+")],
)
def test_every_border_of_the_buckets(days, bucket):
    assert bucket_of(days) == bucket


@given(st.integers(0, 2000))
def test_every_age_is_in_one_bucket_and_its_days_say_the_same(days):
    today = date(2026, 11, 24)
    found_on = today - timedelta(days=days)
    held = []
    for bucket in Bucket:
        earliest, latest = found_between(bucket, today)
        if (earliest is None or earliest <= found_on) and (latest is None or found_on <= latest):
            held.append(bucket)
    assert held == [bucket_of(age(found_on, today))]


def test_what_is_dated_ahead_is_of_no_age():
    assert age(DUE + timedelta(days=1), DUE) == 0


@pytest.mark.parametrize(
    "offset, step",
    [(-8, None), (-7, -7), (-1, -7), (0, 0), (1, 0), (6, 0), (7, 7), (13, 7), (14, 14), (365, 364)],
)
def test_a_week_before_on_the_day_and_every_week_late(offset, step):
    assert reminder_step(LONG_AGO, DUE, DUE + timedelta(days=offset)) == step


@pytest.mark.parametrize("given_days, step", [(8, -7), (7, None), (1, None)])
def test_who_was_told_within_the_week_is_not_reminded_at_once(given_days, step):
    found_on = DUE - timedelta(days=given_days)
    assert reminder_step(found_on, DUE, DUE - timedelta(days=1)) == step


def test_due_on_the_day_it_was_found_is_said_when_it_is_late():
    assert reminder_step(DUE, DUE, DUE) is None
    assert reminder_step(DUE, DUE, DUE + timedelta(days=7)) == 7


@given(st.integers(0, 60), st.integers(-20, 120))
def test_steps_never_go_back(length, offset):
    found_on, day = DUE - timedelta(days=length), DUE + timedelta(days=offset)
    today, tomorrow = (reminder_step(found_on, DUE, day + timedelta(days=n)) for n in (0, 1))
    assert today is None or (tomorrow is not None and tomorrow >= today)


@pytest.mark.parametrize(
    "today, step",
    [
        (date(2026, 11, 30), None),  # Monday, 6 days late
        (date(2026, 12, 1), None),  # 7 days late, but not on its Monday
        (date(2026, 12, 7), 7),
        (date(2026, 12, 13), 7),  # Sunday of the same week
        (date(2026, 12, 14), 14),
    ],
)
def test_escalated_once_a_week_as_of_monday(today, step):
    assert escalation_step(DUE, today) == step
