"""The owner's window, to the second."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainings.window import Phase, Window

START = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)
END = START + timedelta(hours=3)
WINDOW = Window.around(START, END, opens_before=30, late_after=15)


@pytest.mark.parametrize(
    "moment, phase",
    [
        (WINDOW.opens_at - timedelta(seconds=1), Phase.EARLY),
        (WINDOW.opens_at, Phase.OPEN),
        (WINDOW.opens_at + timedelta(seconds=1), Phase.OPEN),
        (WINDOW.late_from - timedelta(seconds=1), Phase.OPEN),
        (WINDOW.late_from, Phase.LATE),
        (WINDOW.late_from + timedelta(seconds=1), Phase.LATE),
        (WINDOW.closes_at - timedelta(seconds=1), Phase.LATE),
        (WINDOW.closes_at, Phase.OVER),
        (WINDOW.closes_at + timedelta(seconds=1), Phase.OVER),
    ],
)
def test_each_boundary_belongs_to_what_begins_at_it(moment, phase):
    assert WINDOW.phase(moment) == phase


def test_a_session_shorter_than_its_grace_is_never_late():
    window = Window.around(START, START + timedelta(minutes=10), opens_before=0, late_after=15)
    assert window.phase(START + timedelta(minutes=9)) == Phase.OPEN
    assert window.phase(START + timedelta(minutes=10)) == Phase.OVER


@given(
    length=st.integers(1, 600),
    opens_before=st.integers(0, 600),
    late_after=st.integers(0, 600),
    seconds=st.integers(-86_400, 86_400),
)
def test_nothing_is_open_before_the_window_or_after_the_session(length, opens_before, late_after, seconds):
    end = START + timedelta(minutes=length)
    window = Window.around(START, end, opens_before=opens_before, late_after=late_after)
    moment = START + timedelta(seconds=seconds)
    inside = START - timedelta(minutes=opens_before) <= moment < end
    assert (window.phase(moment) in (Phase.OPEN, Phase.LATE)) == inside
