"""Two devices, one section: nothing is overwritten in silence, and nothing is stored twice."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.merging import NOTHING, mark_of, merged

VALUES = [NOTHING, (0, False, ""), (3, False, ""), (3, False, "rak"), (None, True, "tidak ada mesin")]
answers = st.sampled_from(VALUES)


def verdict(base, mine, theirs):
    fit, clashes = merged({"R1": mine}, {"R1": mark_of(base)}, {} if theirs == NOTHING else {"R1": theirs})
    return "clash" if clashes else fit.get("R1", "stays")


@given(base=answers, mine=answers, theirs=answers)
def test_every_combination_of_what_was_seen_typed_and_stored(base, mine, theirs):
    said = verdict(base, mine, theirs)
    if mine in (base, theirs):
        assert said == "stays"
    elif theirs == base:
        assert said == mine
    else:
        assert said == "clash"


@given(
    typed=st.dictionaries(st.sampled_from("abcd"), answers),
    stored=st.dictionaries(st.sampled_from("abcd"), answers),
)
def test_sent_again_nothing_is_left_to_store(typed, stored):
    seen = {key: mark_of(stored.get(key, NOTHING)) for key in typed}
    fit, clashes = merged(typed, seen, stored)
    assert clashes == set()
    assert merged(typed, seen, stored | fit) == ({}, set())


def test_line_ends_and_spaces_are_not_a_change():
    assert mark_of((3, False, " a\r\nb ")) == mark_of((3, False, "a\nb")) != mark_of((3, False, "a b"))


def test_an_item_without_a_mark_counts_as_seen_empty():
    assert merged({"R1": (3, False, "")}, {}, {"R1": (1, False, "")}) == ({}, {"R1"})
    assert merged({"R1": (3, False, "")}, {}, {}) == ({"R1": (3, False, "")}, set())
