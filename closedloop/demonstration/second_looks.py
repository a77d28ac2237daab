"""Second looks at final assessments, in every state, and corrections of what was approved."""

from collections.abc import Generator
from datetime import datetime

from assessments.actions import (
    approve,
    confirm_settlement,
    hand_in_second,
    propose_settlement,
    save_scores,
    score_second,
    start_correction,
    submit,
    take_second,
)
from assessments.models import Assessment, SecondAssessment, SecondScore
from closedloop.accounts.models import User
from closedloop.demonstration.show import Show, Story

Status = SecondAssessment.Status
# everywhere else both have settled it
FATES = {
    "Tapak Roda Teknik": Status.WAITING,
    "Banyu Radiator Jaya": Status.TAKEN,
    "Jayantara Cor Aluminium": Status.HANDED_IN,
}
AGREED = "Dilihat lagi berdua di lini; contoh pada foto belum berlaku di semua mesin."
# (IKM, days ago, whether the correction was approved)
CORRECTED = (("Galuh Tekno Karet", 24, True), ("Kencana Plastik Otomotif", 2, False))
REASON = "Dua butir tertukar saat disalin dari kertas; dicocokkan lagi dengan foto kunjungan."


def looked_twice(
    show: Show, assessment: Assessment, day: int, reviewer: User
) -> Generator[datetime, None, User]:
    """Tell the second look, if one was asked for, and return who reviews: never the second assessor."""
    second = SecondAssessment.objects.filter(assessment=assessment).first()
    if second is None:
        return reviewer
    fate = FATES.get(assessment.enterprise.name, Status.SETTLED)
    if fate != Status.WAITING:
        yield show.at(max(day - 1, 1), "09.40")
        look(second, reviewer, fate)
    return show.cast.users["pimpinan"]


def look(second: SecondAssessment, assessor: User, fate: str) -> None:
    """Take it, score it, and settle it as far as its fate goes."""
    take_second(second, by=assessor)
    if fate == Status.TAKEN:
        return
    first = {(one.criterion_id, one.area_id): one.value for one in second.assessment.scores.all()}
    scores = list(second.scores.select_related("criterion__dimension", "area"))
    said = {
        score: (seen(score, first[score.criterion_id, score.area_id], is_far=not number), False, "")
        for number, score in enumerate(scores)
    }
    score_second(second, said, by=assessor)
    hand_in_second(second, by=assessor)
    if fate == Status.HANDED_IN or second.status == Status.SETTLED:
        return
    apart = [score for score in second.scores.select_related("criterion", "area") if score.must_be_settled]
    propose_settlement(second, {score: (between(score), False, AGREED) for score in apart}, by=second.first)
    confirm_settlement(second, second.scores.filter(pk__in=[one.pk for one in apart]), by=assessor)


def seen(score: SecondScore, first: int, *, is_far: bool) -> int:
    """Return what the second says: a level above the first, or as far from it as the item allows."""
    if is_far:
        return max(score.criterion.scores_allowed, key=lambda value: abs(value - first))
    return min(score.criterion.scores_allowed, key=lambda value: abs(value - first - 1))


def between(score: SecondScore) -> int:
    """Return a level that needs no photo where there is one, else what the first said."""
    return 2 if 2 in score.criterion.scores_allowed else score.first_value


def corrections(show: Show) -> Story:
    """Mentors find that they wrote two items in each other's place."""
    for name, day, is_approved in CORRECTED:
        yield show.at(day, "16.05")
        rows = Assessment.objects.official().filter(enterprise__name=name, kind=Assessment.Kind.MIDYEAR)
        made = start_correction(rows.get(), REASON, by=rows.get().assessor)
        change = made.scores.filter(value=2, criterion__dimension__code="PSR").select_related("criterion")[:2]
        answers = {one.criterion: (3, False, one.note) for one in change}
        save_scores(made, answers, by=made.assessor)
        if is_approved:
            submit(made, by=made.assessor)
            approve(made, by=show.cast.users["penilai"])
