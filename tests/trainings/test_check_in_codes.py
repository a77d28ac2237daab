"""Proofs of presence: what is good, for how long, and what is not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedloop.core.models import CODE_ALPHABET
from trainings.check_in_codes import (
    CODE_STEP,
    TOKEN_STEP,
    code_changes_in,
    in_groups,
    is_qr_token,
    is_spoken_code,
    qr_token,
    spoken_code,
)

SECRET, OTHER = "a" * 32, "b" * 32
NOON = datetime(2026, 5, 6, 5, 0, tzinfo=UTC)  # the beginning of a step of both kinds
moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def later(seconds):
    return NOON + timedelta(seconds=seconds)


@given(moment=moments)
def test_a_spoken_code_is_six_characters_nobody_confuses(moment):
    code = spoken_code(SECRET, moment)
    assert len(code) == 6
    assert set(code) <= set(CODE_ALPHABET)
    assert not set("0O1IL") & set(code)


@pytest.mark.parametrize(
    "age, good", [(0, True), (2 * CODE_STEP - 1, True), (2 * CODE_STEP, False), (-1, False)]
)
def test_a_spoken_code_has_one_step_of_grace(age, good):
    assert is_spoken_code(SECRET, spoken_code(SECRET, NOON), later(age)) is good


@pytest.mark.parametrize(
    "age, good", [(0, True), (3 * TOKEN_STEP - 1, True), (3 * TOKEN_STEP, False), (-1, False)]
)
def test_a_qr_token_has_two_steps_of_grace(age, good):
    assert is_qr_token(SECRET, "K7M42P", qr_token(SECRET, "K7M42P", NOON), later(age)) is good


def test_lower_case_spaces_and_dashes_are_accepted():
    code = spoken_code(SECRET, NOON)
    for typed in (code.lower(), in_groups(code), f" {code[:3]}-{code[3:]} "):
        assert is_spoken_code(SECRET, typed, NOON)


@given(moment=moments)
def test_tokens_and_codes_of_another_session_are_refused(moment):
    assert not is_qr_token(OTHER, "K7M42P", qr_token(SECRET, "K7M42P", moment), moment)
    assert not is_qr_token(SECRET, "A2B3C4", qr_token(SECRET, "K7M42P", moment), moment)
    assert not is_spoken_code(OTHER, spoken_code(SECRET, moment), moment)


@given(moment=moments, index=st.integers(0, 19), character=st.characters())
def test_a_tampered_token_is_refused(moment, index, character):
    token = qr_token(SECRET, "K7M42P", moment)
    tampered = token[:index] + character + token[index + 1 :]
    assert is_qr_token(SECRET, "K7M42P", tampered, moment) is (tampered == token)


@given(text=st.text(max_size=40))
def test_no_typed_text_breaks_the_check(text):
    assert is_spoken_code(SECRET, text, NOON) in (True, False)
    assert is_qr_token(SECRET, "K7M42P", text, NOON) in (True, False)


def test_the_clock_tells_when_the_code_changes():
    assert code_changes_in(NOON) == CODE_STEP
    assert code_changes_in(later(CODE_STEP - 1)) == 1
