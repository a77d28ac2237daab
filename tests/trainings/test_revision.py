"""What differs between two versions: pure, and true for any two versions."""

from hypothesis import given
from hypothesis import strategies as st

from closedloop.core.revisions import Kind
from trainings.revision import revision_of

CODES = ["BM", "5R", "K3L", "TEK", "PSR", "KEU"]


def module(code, **values):
    return {"code": code, "title": code, "lesson_hours": 16, "pass_mark": 70, **values}


@st.composite
def versions(draw):
    codes = draw(st.lists(st.sampled_from(CODES), unique=True))
    return [
        module(code, lesson_hours=draw(st.integers(1, 40)), pass_mark=draw(st.integers(0, 100)))
        for code in codes
    ]


def test_a_field_is_shown_before_and_after_and_hours_are_summed():
    before = [module("BM"), module("5R")]
    after = [module("BM"), module("5R", lesson_hours=20), module("KEU", lesson_hours=8)]
    revision = revision_of(before, after)
    changed, added = revision.modules
    (field,) = changed.fields
    assert (changed.kind, changed.code, field.field, field.before, field.after) == (
        Kind.CHANGED, "5R", "lesson_hours", 16, 20,
    )  # fmt: skip
    assert (added.kind, added.code) == (Kind.ADDED, "KEU")
    assert (revision.hours_before, revision.hours_after) == (32, 44)


def test_taking_one_out_moves_none_of_the_others():
    revision = revision_of([module(code) for code in CODES], [module(code) for code in CODES if code != "5R"])
    assert [(one.kind, one.code) for one in revision.modules] == [(Kind.REMOVED, "5R")]


def test_two_that_changed_places_are_both_shown():
    revision = revision_of([module("BM"), module("5R")], [module("5R"), module("BM")])
    assert {one.code: (one.fields[0].before, one.fields[0].after) for one in revision.modules} == {
        "5R": (2, 1),
        "BM": (1, 2),
    }


@given(versions())
def test_nothing_differs_from_itself(version):
    assert revision_of(version, version).is_empty


@given(versions(), versions())
def test_whatever_differs_is_shown_once_and_backwards_it_is_the_reverse(before, after):
    there, back = revision_of(before, after), revision_of(after, before)
    codes = [one.code for one in there.modules]
    assert len(codes) == len(set(codes)) and set(codes) == {one.code for one in back.modules}
    kinds = {one.code: one.kind for one in back.modules}
    opposite = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED, Kind.CHANGED: Kind.CHANGED}
    assert all(kinds[one.code] == opposite[one.kind] for one in there.modules)
    assert there.is_empty == (before == after)
    assert (there.hours_before, there.hours_after) == (back.hours_after, back.hours_before)
