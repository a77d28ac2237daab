"""Impossible corrections and second looks."""

from django.db.models import F

from assessments.models import Assessment, SecondAssessment, SecondScore
from tests.guards.rows import MOMENT, again, change, one, without


def open_score():
    """Fields of one that is not handed in yet."""
    return {"second": one(SecondAssessment, taken=True), "first_value": None, "handed_in_at": None}


def signed_by_one():
    score = one(SecondScore)
    proposal = {"proposed_by": score.second.first, "proposed_at": MOMENT, "settled_value": 2}
    change(score, **proposal, settlement_note="Dilihat lagi berdua")
    change(score, confirmed_by=F("proposed_by"), confirmed_at=MOMENT)


VIOLATIONS = {
    "assessment_correction_has_its_reason": lambda: change(one(Assessment), correction_reason="Keliru"),
    "second_assessor_is_known_once_taken": lambda: change(one(SecondAssessment), status="taken"),
    "second_assessor_is_not_the_first": lambda: change(
        one(SecondAssessment, taken=True), assessor=F("first")
    ),
    "second_handing_in_has_its_time": lambda: change(one(SecondAssessment, taken=True), status="handed_in"),
    "second_settling_has_its_time": lambda: change(
        one(SecondAssessment, handed_in=True), status="settled", settled_at=None
    ),
    "second_status_is_known": lambda: without(
        "second_handing_in_has_its_time", one(SecondAssessment, taken=True), status="lost"
    ),
    "one_second_score_per_item": lambda: again(one(SecondScore)),
    "second_score_is_on_the_scale": lambda: change(one(SecondScore, **open_score()), value=5),
    "second_score_is_a_value_or_not_applicable": lambda: change(
        one(SecondScore, **open_score()), value=3, not_applicable=True, note="Tidak ada"
    ),
    "second_not_applicable_needs_a_reason": lambda: change(
        one(SecondScore, **open_score()), value=None, not_applicable=True
    ),
    "second_handing_in_is_whole": lambda: change(one(SecondScore, **open_score()), first_value=3),
    "second_settlement_is_whole": lambda: change(one(SecondScore), settled_value=2),
    "second_confirmation_is_whole": lambda: change(one(SecondScore), confirmed_at=MOMENT),
    "settlement_is_signed_by_two": signed_by_one,
}
