"""How old evidence may be, to the day, and which scores ask for some."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.evidence_rules import (
    NOTE_LENGTH,
    Shortcoming,
    age_in_days,
    evidence_is_required,
    is_visit_note,
    shortcoming,
)

VISIT = date(2026, 11, 24)
LIMITS = {"photo": 30, "document": 365}


def judge(kind="photo", *, age=0, expires_in=None, limits=LIMITS):
    valid_until = None if expires_in is None else VISIT + timedelta(days=expires_in)
    made_on = VISIT - timedelta(days=age)
    return shortcoming(kind, made_on=made_on, visited_on=VISIT, valid_until=valid_until, limits=limits)


@pytest.mark.parametrize(
    "age, found",
    [(0, None), (29, None), (30, None), (31, Shortcoming(31, 30)), (400, Shortcoming(400, 30)), (-3, None)],
)
def test_a_photo_counts_up_to_its_limit(age, found):
    assert judge(age=age) == found


@pytest.mark.parametrize("expires_in, found", [(1, None), (0, None), (-1, Shortcoming(1))])
def test_what_says_until_when_it_holds_is_judged_by_that_alone(expires_in, found):
    assert judge("document", age=900, expires_in=expires_in) == found


def test_a_kind_without_a_limit_and_a_rubric_without_limits_take_any_age():
    assert judge("measurement", age=9000) is None
    assert judge(age=9000, limits={}) is None
    assert judge(age=9000, limits=None) is None


def test_expired_and_too_old_are_told_apart():
    assert Shortcoming(1).is_expired
    assert not Shortcoming(31, 30).is_expired


@pytest.mark.parametrize(
    "value, needed", [(None, False), (0, False), (1, False), (2, True), (3, True), (4, True)]
)
def test_levels_above_one_ask_for_evidence(value, needed):
    assert evidence_is_required(value, [2, 3, 4]) is needed
    assert not evidence_is_required(value, [])


@pytest.mark.parametrize("length, counts", [(NOTE_LENGTH - 1, False), (NOTE_LENGTH, True)])
def test_a_remark_is_a_visit_note_from_its_length_on(length, counts):
    assert is_visit_note("x" * length) is counts
    assert not is_visit_note(" " * 50 + "pendek" + " " * 50)


@given(
    st.dates(date(2020, 1, 1), VISIT + timedelta(days=9)),
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_a_later_visit_never_makes_evidence_younger(made_on, valid_until):
    def days(visit):
        found = shortcoming(
            "photo", made_on=made_on, visited_on=visit, valid_until=valid_until, limits=LIMITS
        )
        return found.days if found else 0

    later = VISIT + timedelta(days=1)
    assert days(VISIT) <= days(later)
    assert age_in_days(made_on, VISIT) <= age_in_days(made_on, later)
