"""Codes that people type: a slip is told from a code nobody has."""

from hypothesis import given
from hypothesis import strategies as st

from closedloop.core.codes import checked_code, is_mistyped, typed_code
from closedloop.core.models import CODE_ALPHABET

PLACES = st.integers(0, 11)


def test_a_new_code_is_right_and_as_long_as_asked():
    made = {checked_code(12) for _ in range(200)}
    assert len(made) == 200 and not any(is_mistyped(code, 12) for code in made)
    assert set("".join(made)) <= set(CODE_ALPHABET)


@given(PLACES, st.sampled_from(CODE_ALPHABET))
def test_every_single_wrong_character_is_found(place, wrong):
    code = checked_code(12)
    typed = code[:place] + wrong + code[place + 1 :]
    assert is_mistyped(typed, 12) == (typed != code)


@given(st.integers(0, 10))
def test_every_swap_of_neighbours_is_found(place):
    code = checked_code(12)
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_mistyped(typed, 12) == (typed != code)


def test_characters_we_never_print_and_other_lengths_are_slips():
    code = checked_code(12)
    assert is_mistyped(code[:-1], 12) and is_mistyped(code + "2", 12) and is_mistyped("", 12)
    assert is_mistyped("O" + code[1:], 12) and is_mistyped("é" + code[1:], 12)


def test_how_people_type_does_not_matter():
    assert typed_code(" hfjt-y7x5 9r2b ") == "HFJTY7X59R2B"
