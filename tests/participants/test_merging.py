"""The rules of a merge, without a database."""

from participants.merging import chosen_from_other, class_refusal, is_empty


def test_where_nobody_chose_the_survivor_speaks_and_the_other_fills_its_gaps():
    mine = {"name": "Tri Casting", "nib": None, "address": "", "capital": 0, "email": "a@contoh.id"}
    theirs = {"name": "Tri Kasting", "nib": "1", "address": "Jl. 1", "capital": 9, "email": ""}
    assert chosen_from_other(mine, theirs, {}) == ["nib", "address"]


def test_a_choice_wins_and_equal_values_are_no_choice():
    mine, theirs = {"name": "A", "email": "", "phone": "1"}, {"name": "B", "email": "x", "phone": "1"}
    choices = {"name": "other", "email": "survivor", "phone": "other"}
    assert chosen_from_other(mine, theirs, choices) == ["name"]


def test_zero_says_something():
    assert not is_empty(0)
    assert is_empty(None) and is_empty("")


def test_only_the_higher_class_survives():
    assert class_refusal(1, 2) and class_refusal(None, 1)
    assert not class_refusal(2, 1) and not class_refusal(2, 2) and not class_refusal(None, None)
