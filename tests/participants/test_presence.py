"""On which days an IKM belongs to its cohort's roster."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.models import Enrolment
from participants.presence import ON_ROSTER, presence_of
from tests.factories.participants import EnrolmentFactory

FIRST = date(2026, 1, 5)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_from_joining_to_leaving_without_the_leaves():
    presence = presence_of(
        [
            (day(0), "applicant"),
            (day(2), "registered"),
            (day(4), "active"),
            (day(6), "on_leave"),
            (day(8), "active"),
            (day(9), "withdrawn"),
        ]
    )
    assert [number for number in range(12) if presence.covers(day(number))] == [2, 3, 4, 5, 8]


def test_who_goes_on_is_on_the_roster_for_ever():
    assert presence_of([(day(1), "registered")]).covers(day(10_000))


def test_an_applicant_and_nobody_are_on_no_roster():
    assert not presence_of([(day(0), "applicant")]).covers(day(1))
    assert not presence_of([]).covers(day(1))


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(Enrolment.Status.values)), max_size=9))
def test_a_day_is_covered_as_the_last_move_up_to_it_says(moves):
    moves = [(day(number), status) for number, status in sorted(moves, key=lambda move: move[0])]
    presence = presence_of(moves)
    for number in range(-1, 62):
        said = [status for on, status in moves if on <= day(number)]
        assert presence.covers(day(number)) == bool(said and said[-1] in ON_ROSTER)


@pytest.mark.django_db
def test_without_moves_the_status_speaks_for_those_on_the_roster_only():
    active, left = EnrolmentFactory(status_since=day(3)), EnrolmentFactory(status="withdrawn")
    presences = Enrolment.objects.all().presences()
    assert presences[active.pk].covers(day(3)) and not presences[active.pk].covers(day(2))
    assert presences[left.pk] is None
