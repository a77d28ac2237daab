"""How far one spelling is from another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedloop.core.likeness import distance, forgiven

WORDS = st.text("abcdeknlpt", max_size=9)


@pytest.mark.parametrize(
    "one, other, far",
    [
        ("knalpot", "knalpot", 0),
        ("kenalpot", "knalpot", 1),
        ("knaplot", "knalpot", 1),
        ("knalpt", "knalpot", 1),
        ("knalpod", "knalpot", 1),
        ("soeharto", "suharto", 2),
        ("baut", "mur", 3),
        ("", "jok", 3),
    ],
)
def test_slips_are_counted(one, other, far):
    assert distance(one, other, 9) == distance(other, one, 9) == far


@given(WORDS, WORDS, st.integers(0, 4))
def test_a_bound_changes_nothing_below_it(one, other, most):
    assert distance(one, other, most) == min(distance(one, other, 20), most + 1)


@given(WORDS, WORDS)
def test_no_distance_only_from_itself(one, other):
    assert (distance(one, other, 20) == 0) == (one == other)


@pytest.mark.parametrize(
    "typed, is_known, slips",
    [
        ("jok", False, 0),
        ("m8", False, 0),
        ("jaya", True, 0),
        ("jaya", False, 1),
        ("knalpot", True, 1),
        ("knalpot", False, 2),
        ("bubutt", False, 1),
        ("2024", False, 0),
    ],
)
def test_short_and_known_words_are_taken_at_their_word(typed, is_known, slips):
    assert forgiven(typed, is_known=is_known) == slips
