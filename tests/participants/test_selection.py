"""Scores, disagreement and the ranked list, for any numbers at all."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.actions.reference import DATA
from participants.selection import (
    Advice,
    Candidate,
    Criterion,
    Dispute,
    Opinion,
    agreed,
    average,
    disputes,
    read_criteria,
    shortlist,
    total,
)

ANCHORS = ("nol", "satu", "dua", "tiga", "empat")
CRITERIA = tuple(
    Criterion(code, code, weight, ANCHORS) for code, weight in (("A", 30), ("B", 20), ("C", 25), ("D", 25))
)
SCORES = st.fixed_dictionaries({criterion.code: st.integers(0, 4) for criterion in CRITERIA})
OPINIONS = st.builds(
    Opinion,
    total=st.decimals(0, 100, places=2),
    advice=st.sampled_from(Advice),
)
MEANS = st.lists(st.integers(0, 400).map(lambda n: Decimal(n) / 4), max_size=30)


def candidates(means):
    return [Candidate(number, mean, sent=number) for number, mean in enumerate(means)]


@given(SCORES)
def test_a_total_lies_between_nothing_and_everything(scores):
    assert 0 <= total(scores, CRITERIA) <= 100


@given(SCORES, st.sampled_from([criterion.code for criterion in CRITERIA]))
def test_a_better_score_never_lowers_the_total(scores, code):
    better = {**scores, code: min(scores[code] + 1, 4)}
    assert total(better, CRITERIA) >= total(scores, CRITERIA)


def test_full_marks_are_a_hundred_and_a_missing_score_is_no_zero():
    assert total(dict.fromkeys("ABCD", 4), CRITERIA) == 100
    with pytest.raises(KeyError):
        total({"A": 4}, CRITERIA)


@given(OPINIONS)
def test_one_opinion_alone_says_nothing(opinion):
    assert average([opinion]) is None
    assert agreed([opinion]) is None
    assert disputes([opinion], tolerance=0, on_border=True) == []


@given(OPINIONS, OPINIONS, st.integers(0, 99), st.booleans())
def test_who_sits_where_changes_nothing(first, second, tolerance, on_border):
    terms = {"tolerance": tolerance, "on_border": on_border}
    assert disputes([first, second], **terms) == disputes([second, first], **terms)
    assert average([first, second]) == average([second, first])
    assert agreed([first, second]) == agreed([second, first])


@given(OPINIONS, OPINIONS, st.integers(0, 99))
def test_the_lead_is_asked_exactly_when_the_two_do_not_settle_it(first, second, tolerance):
    found = disputes([first, second], tolerance=tolerance)
    assert (Dispute.RECOMMENDATIONS in found) == (agreed([first, second]) is None)
    assert (Dispute.SCORES in found) == (abs(first.total - second.total) > tolerance)


@given(MEANS, st.integers(-3, 35))
def test_the_list_is_everybody_once_best_first(means, places):
    ranked = shortlist(candidates(means), places)
    assert sorted(place.key for place in ranked) == list(range(len(means)))
    assert [place.average for place in ranked] == sorted(means, reverse=True)


@given(MEANS, st.integers(-3, 35))
def test_never_more_inside_than_there_are_places(means, places):
    ranked = shortlist(candidates(means), places)
    inside = [place for place in ranked if place.inside]
    assert len(inside) <= max(places, 0)
    assert not any(place.inside and place.on_border for place in ranked)
    if not any(place.on_border for place in ranked):
        assert len(inside) == min(max(places, 0), len(means))


@given(MEANS, st.integers(-3, 35), st.randoms())
def test_equals_are_treated_alike_in_whatever_order_they_came(means, places, random):
    group = candidates(means)
    first = {place.key: place for place in shortlist(group, places)}
    random.shuffle(group)
    assert {place.key: place for place in shortlist(group, places)} == first
    by_average = {}
    for place in first.values():
        by_average.setdefault(place.average, set()).add((place.rank, place.inside, place.on_border))
    assert all(len(kinds) == 1 for kinds in by_average.values())


def test_the_quota_that_ends_between_equals_is_the_leads_to_settle():
    ranked = shortlist(candidates([Decimal(80), Decimal(70), Decimal(70), Decimal(60)]), 2)
    assert [(place.rank, place.inside, place.on_border) for place in ranked] == [
        (1, True, False),
        (2, False, True),
        (2, False, True),
        (4, False, False),
    ]


def row(**changes):
    return {"code": "A", "text": "A", "weight": 100, "anchors": list(ANCHORS), **changes}


@pytest.mark.parametrize(
    "rows",
    [
        [row(weight=99)],
        [row(weight=50), row(weight=50)],
        [row(weight=150), row(code="B", weight=-50)],
        [row(anchors=["nol"])],
        [],
    ],
)
def test_a_form_that_cannot_be_scored_is_refused(rows):
    with pytest.raises(ValueError):
        read_criteria(rows)


def test_the_shipped_form_can_be_scored_in_both_languages():
    shipped = json.loads((DATA / "selection-1.json").read_text())
    indonesian, english = read_criteria(shipped["criteria"]), read_criteria(shipped["criteria"], "en")
    assert len(indonesian) == 5
    assert all(one.text != other.text for one, other in zip(indonesian, english, strict=True))
    assert all(
        set(one.anchors).isdisjoint(other.anchors) for one, other in zip(indonesian, english, strict=True)
    )
