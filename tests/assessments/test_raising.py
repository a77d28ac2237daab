"""The fewest items that must rise: it reaches the floors, and nothing of it can be left out."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.raising import Floors, Group, Liftable, fewest, overall_of, reaches, score_of

SCALE = (0, 1, 2, 3, 4)


def group(code, weight, *values, allowed=SCALE, weights=()):
    items = [
        Liftable(f"{code}{n}", value, allowed, Decimal(weights[n]) if weights else Decimal(1))
        for n, value in enumerate(values)
    ]
    return Group(code, Decimal(weight), items)


@st.composite
def sheets(draw):
    groups = []
    for code in "ABC"[: draw(st.integers(1, 3))]:
        items = []
        for n in range(draw(st.integers(1, 5))):
            yes_no = draw(st.booleans())
            allowed = (0, 4) if yes_no else SCALE
            weight = Decimal(draw(st.sampled_from(["0.5", "1", "2", "3"])))
            items.append(Liftable(f"{code}{n}", draw(st.sampled_from(allowed)), allowed, weight))
        groups.append(Group(code, Decimal(draw(st.integers(1, 60))), items))
    floor = st.none() | st.integers(0, 100).map(Decimal)
    floors = Floors({one.code: draw(floor) for one in groups}, draw(floor))
    return groups, floors


@given(sheets())
@settings(max_examples=300)
def test_applying_them_reaches_the_floors_and_none_can_be_left_out(sheet):
    groups, floors = sheet
    found = fewest(groups, floors)
    if found is None:
        best = {item.key: max(item.allowed) for one in groups for item in one.items}
        assert not reaches(groups, best, floors)
        return
    levels = {one.key: one.to for one in found}
    assert reaches(groups, levels, floors)
    for one in found:
        without = {key: to for key, to in levels.items() if key != one.key}
        assert not reaches(groups, without, floors), one
    assert (found == []) == reaches(groups, {}, floors)


@given(st.lists(st.sampled_from(SCALE), min_size=1, max_size=5), st.integers(0, 75))
@settings(max_examples=100)
def test_no_smaller_number_of_items_would_do(values, floor):
    groups = [group("A", 100, *values)]
    floors = Floors(overall=Decimal(floor))
    found = fewest(groups, floors)
    if found is None:  # not even everything at standard: then the top is allowed
        return
    ceiling = 3 if all(one.to <= 3 for one in found) else 4
    for size in range(len(found)):
        for some in combinations(groups[0].items, size):
            assert not reaches(groups, {one.key: max(one.value, ceiling) for one in some}, floors)


@given(sheets())
@settings(max_examples=100)
def test_the_gains_add_up_to_what_the_overall_rises(sheet):
    groups, floors = sheet
    found = fewest(groups, floors) or []
    levels = {one.key: one.to for one in found}
    assert overall_of(groups, levels, 4) - overall_of(groups, {}, 4) == sum(one.gain for one in found)


def test_the_heaviest_comes_first():
    groups = [group("TEK", 30, 1, 1), group("PSR", 10, 0, 1)]
    found = fewest(groups, Floors(overall=Decimal(40)))
    assert [(one.key, one.value, one.to) for one in found] == [("TEK0", 1, 3)]
    assert found[0].gain == Decimal("18.75")


def test_standard_is_tried_before_the_top():
    groups = [group("A", 100, 2, 2, 2, 2)]
    assert [one.to for one in fewest(groups, Floors(overall=Decimal(75)))] == [3, 3, 3, 3]
    assert [one.to for one in fewest(groups, Floors(overall=Decimal(76)))].count(4) >= 1


def test_a_yes_no_item_rises_to_its_yes():
    found = fewest([group("LEG", 100, 0, 4, allowed=(0, 4))], Floors({"LEG": Decimal(60)}))
    assert [(one.key, one.to) for one in found] == [("LEG0", 4)]


def test_no_more_is_asked_of_an_item_than_is_needed():
    found = fewest([group("A", 100, 0, 3, 3, 3)], Floors(overall=Decimal(60)))
    assert [(one.key, one.to) for one in found] == [("A0", 1)]


def test_an_item_with_a_floor_of_its_own_is_among_them():
    found = fewest([group("KEU", 100, 1, 4, 4)], Floors(items={"KEU0": 3}))
    assert [(one.key, one.to) for one in found] == [("KEU0", 3)]


@pytest.mark.parametrize("floor, met", [("49.99", True), ("50", True), ("50.01", False)])
def test_the_border_itself_is_reached(floor, met):
    groups = [group("A", 100, 2, 2)]
    assert (fewest(groups, Floors(overall=Decimal(floor))) == []) is met
    assert score_of(groups[0], {}, 4) == 50


def test_nothing_can_be_said_of_an_empty_dimension():
    assert fewest([Group("A", Decimal(100), [])], Floors(overall=Decimal(1))) is None
    assert fewest([], Floors()) is None
