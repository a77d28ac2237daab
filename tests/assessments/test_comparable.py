"""Versions are compared on the items they share, and what is not shared is named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.comparable import Answered, Asked, compared
from assessments.scoring import Field, Item, result_of

ANCHORS = ("Belum", "Sedikit", "Sebagian", "Standar", "Konsisten")


def asked(code, dimension="5R", text=None, anchors=ANCHORS, **more):
    return Asked(code, dimension, text or f"Butir {code}", anchors, **more)


def answered(items, values, weights=None):
    return Answered(items, weights or {"5R": Decimal(60), "K3L": Decimal(40)}, values)


BOTH = [asked("R1"), asked("R2"), asked("K1", "K3L")]


def test_the_same_rubric_is_compared_as_a_whole():
    found = compared(answered(BOTH, {"R1": 1, "R2": 2, "K1": 0}), answered(BOTH, {"R1": 3, "R2": 4, "K1": 4}))
    assert found.is_whole and (found.shared, found.asked) == (3, 3)
    assert found.before.dimensions == {"5R": Decimal("37.5"), "K3L": 0}
    assert found.now.overall == Decimal("92.5")


@pytest.mark.parametrize(
    "other",
    [
        asked("R2", text="Butir R2 diubah"),
        asked("R2", anchors=(*ANCHORS[:4], "Konsisten 3 bulan")),
        asked("R2", "K3L"),
        asked("R2", top=5),
    ],
)
def test_a_changed_item_is_not_shared(other):
    now = [asked("R1"), other, asked("K1", "K3L")]
    found = compared(answered(BOTH, {"R1": 2, "R2": 0, "K1": 2}), answered(now, {"R1": 4, "R2": 4, "K1": 2}))
    assert (found.shared, found.asked, found.changed) == (2, 3, ("R2",))
    assert found.before.dimensions["5R"] == 50 and found.now.dimensions["5R"] == 100


def test_spaces_alone_change_nothing():
    now = [asked("R1", text="Butir  R1 "), *BOTH[1:]]
    assert compared(answered(BOTH, {}), answered(now, {})).is_whole


def test_what_came_and_what_went_is_named():
    now = [asked("R1"), asked("K1", "K3L"), asked("K9", "K3L")]
    found = compared(answered(BOTH, {}), answered(now, {}))
    assert (found.added, found.removed, found.shared, found.asked) == (("K9",), ("R2",), 2, 3)


def test_an_item_that_did_not_apply_in_one_is_left_out_of_both():
    found = compared(
        answered(BOTH, {"R1": 1, "R2": None, "K1": 2}), answered(BOTH, {"R1": 1, "R2": 4, "K1": 2})
    )
    assert found.before.dimensions == found.now.dimensions == {"5R": 25, "K3L": 50}


def test_a_dimension_of_which_nothing_is_shared_is_unknown_and_does_not_count():
    now = [asked("R1"), asked("R2"), asked("K1", "K3L", text="Lain")]
    found = compared(answered(BOTH, {"R1": 2, "R2": 2, "K1": 0}), answered(now, {"R1": 3, "R2": 3, "K1": 4}))
    assert "K3L" not in found.before.dimensions
    assert (found.before.overall, found.now.overall) == (50, 75)


def test_nothing_shared_is_unknown_and_never_zero():
    now = [asked("X1")]
    found = compared(answered(BOTH, {"R1": 4, "R2": 4, "K1": 4}), answered(now, {"X1": 4}))
    assert found.before.overall is None and found.now.overall is None and found.shared == 0


@given(
    st.lists(st.integers(0, 4), min_size=3, max_size=3), st.lists(st.integers(0, 4), min_size=3, max_size=3)
)
def test_on_one_rubric_it_gives_the_scores_themselves(before, now):
    codes = [one.code for one in BOTH]
    found = compared(
        answered(BOTH, dict(zip(codes, before, strict=True))),
        answered(BOTH, dict(zip(codes, now, strict=True))),
    )
    for values, result in ((before, found.before), (now, found.now)):
        fields = [
            Field("5R", Decimal(60), [Item("R1", values[0]), Item("R2", values[1])]),
            Field("K3L", Decimal(40), [Item("K1", values[2])]),
        ]
        assert result == result_of(fields)
