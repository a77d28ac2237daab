"""Scores of several people beside each other: what differs, by how much, and what cannot be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import Item
from assessments.side_by_side import LARGE, compare

NA = "N/A"
ANSWERS = st.sampled_from([0, 1, 2, 3, 4, NA, None])


def column(**answers):
    return {
        code: Item(code, None if value == NA else value, not_applicable=value == NA)
        for code, value in answers.items()
    }


@pytest.mark.parametrize(
    "mine, theirs, difference, change, differs, large",
    [
        (3, 3, 0, 0, False, False),
        (3, 2, 1, -1, True, False),
        (4, 2, 2, -2, True, True),
        (1, 4, 3, 3, True, True),
        (0, 0, 0, 0, False, False),
        (NA, NA, None, None, False, False),
        (NA, 3, None, None, True, False),
        (None, 3, None, None, False, False),
        (4, None, None, None, False, False),
    ],
)
def test_one_item_of_two_people(mine, theirs, difference, change, differs, large):
    line = compare([column(T1=mine), column(T1=theirs)]).lines[0]
    assert (line.difference, line.change, line.differs, line.is_large) == (
        difference,
        change,
        differs,
        large,
    )


def test_three_people_differ_by_highest_less_lowest():
    line = compare([column(T1=2), column(T1=4), column(T1=3)]).lines[0]
    assert (line.difference, line.change, line.is_large) == (2, 1, True)


def test_only_shared_items_are_compared_and_the_others_are_named():
    found = compare([column(T1=3, ALT=2), column(T1=3, BARU=1)])
    assert [line.key for line in found.lines] == ["T1"]
    assert set(found.not_shared) == {"ALT", "BARU"}


def test_lines_come_in_the_order_of_the_last_column_or_as_asked():
    columns = [column(B=1, A=1), column(A=1, B=1)]
    assert [line.key for line in compare(columns).lines] == ["A", "B"]
    assert [line.key for line in compare(columns, order=["B"]).lines] == ["B"]


def test_nothing_and_one_column_compare_nothing():
    assert compare([]).lines == ()
    alone = compare([column(T1=3)])
    assert not alone.comparable and not alone.differing and alone.lines[0].difference is None


@given(st.dictionaries(st.sampled_from("ABCDE"), st.tuples(ANSWERS, ANSWERS, ANSWERS), min_size=1))
def test_counts_agree_whoever_stands_first(rows):
    columns = [column(**{key: answers[n] for key, answers in rows.items()}) for n in range(3)]
    there, back = compare(columns), compare(columns[::-1])
    for one in (there, back):
        assert len(one.large) <= len(one.differing) <= len(one.comparable) <= len(one.lines) == len(rows)
    assert {line.key: line.difference for line in there.lines} == {
        line.key: line.difference for line in back.lines
    }
    for line in there.lines:
        assert line.is_large == (line.difference is not None and line.difference >= LARGE)
        assert line.change is None or abs(line.change) <= (line.difference or 0)
