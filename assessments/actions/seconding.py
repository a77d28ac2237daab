"""Finding a second assessor, who looks at some items without knowing what the first said."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.interests import interested
from assessments.models import Assessment, SecondAssessment, SecondScore
from assessments.second_look import rows_to_look_at, second_scores
from assessments.sheet import Sheet
from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.models import MentorAssignment

Status = SecondAssessment.Status
Answer = tuple[int | None, bool, str]  # value, not applicable, note


@transaction.atomic
def open_second(assessment: Assessment, sheet: Sheet, *, by) -> SecondAssessment | None:
    """Ask for a second look at every item on which another differs by two or more; None where there is none.

    Handed in again after a return, only items that were not looked at yet are added, for the same second assessor.
    """
    known = second_scores(assessment)
    rows = [
        row
        for row in rows_to_look_at(assessment, sheet)
        if (row.criterion.code, row.area.name if row.area else "") not in known
    ]
    second = SecondAssessment.objects.filter(assessment=assessment).first()
    if not rows:
        return second
    if second is None:
        second = SecondAssessment.objects.create(
            assessment=assessment, first=assessment.assessor, asked_by=by
        )
    elif not second.is_blind:
        second.move_to(Status.TAKEN, by=by, handed_in_at=None, settled_at=None)
    SecondScore.objects.bulk_create(
        SecondScore(second=second, criterion=row.criterion, area=row.area) for row in rows
    )
    record("secondassessment.asked", second, by=by, items=[row.place for row in rows])
    people = [second.assessor] if second.assessor else eligible(second)
    with for_others():
        title = _("Penilai kedua dicari untuk %(ikm)s") % {"ikm": assessment.enterprise}
    tell(people, "second.asked", title, path=reverse("assessments:seconds"))
    return second


def eligible(second: SecondAssessment):
    """Return the assessors who may look: not the first, no mentor of and no interest in the IKM.

    Nor who reviews it or returned it in an earlier round: they read what the first said.
    """
    assessment = second.assessment
    mentors = MentorAssignment.objects.filter(enrolment__enterprise=assessment.enterprise_id)
    barred = {second.first_id, assessment.reviewed_by_id, *mentors.values_list("mentor", flat=True)}
    barred |= set(assessment.rounds.values_list("returned_by", flat=True))
    barred |= interested(assessment.enterprise)
    return User.objects.active().with_role(Role.ASSESSOR).exclude(pk__in=barred - {None})


@transaction.atomic
def take_second(second: SecondAssessment, *, by, assessor: User | None = None) -> None:
    """Become the second assessor, or name one; raises ValidationError for somebody who has a part in it."""
    chosen = assessor or by
    if not eligible(second).filter(pk=chosen.pk).exists():
        raise ValidationError(
            _("%(name)s tidak dapat menjadi penilai kedua: penilai pertama, peninjau, atau mentor IKM ini.")
            % {"name": chosen}
        )
    second.move_to(Status.TAKEN, by=by, assessor=chosen, taken_at=timezone.now())
    if chosen != by:
        with for_others():
            title = _("Anda diminta menjadi penilai kedua %(ikm)s") % {"ikm": second.assessment.enterprise}
        tell([chosen], "second.assigned", title, path=second.get_absolute_url())


@transaction.atomic
def give_back_second(second: SecondAssessment, *, by) -> None:
    """Leave it to somebody else before handing in; what was scored meanwhile is dropped."""
    _hold(second, by)
    second.scores.filter(handed_in_at=None).update(value=None, not_applicable=False, note="")
    if second.scores.handed_in().exists():
        raise ValidationError(_("Sebagian nilai sudah diserahkan, jadi tidak dapat dialihkan lagi."))
    second.move_to(Status.WAITING, by=by, assessor=None, taken_at=None)


def _hold(second: SecondAssessment, by) -> None:
    """Lock it and check that this person is its second assessor and still at work."""
    second.refresh_from_db(from_queryset=SecondAssessment.objects.select_for_update(of=("self",)))
    if second.assessor_id != by.pk or second.status != Status.TAKEN:
        raise ValidationError(_("Penilaian kedua ini tidak sedang Anda isi."))


@transaction.atomic
def score_second(second: SecondAssessment, answers: Mapping[SecondScore, Answer], *, by) -> None:
    """Store what the second assessor says so far; raises ValidationError for a score off the item's scale."""
    _hold(second, by)
    for score, (value, not_applicable, note) in answers.items():
        if score.handed_in_at is not None:
            continue
        if value is not None and value not in score.criterion.scores_allowed:
            raise ValidationError(
                _("Butir %(code)s: pilih salah satu nilai yang tersedia.") % {"code": score.place}
            )
        if not_applicable and not note.strip():
            raise ValidationError(
                _("Butir %(code)s: tulis alasan mengapa tidak berlaku.") % {"code": score.place}
            )
        score.value, score.not_applicable, score.note = value, not_applicable, note.strip()
        score.save(update_fields=["value", "not_applicable", "note"])
    # which items, not what was said of them: the trail is read before the second look is handed in
    record("secondassessment.scored", second, by=by, items=sorted(score.place for score in answers))


@transaction.atomic
def hand_in_second(second: SecondAssessment, *, by) -> None:
    """Hand the second scores in: the first ones are written beside them, and from now on both see both.

    Where no item differs by two or more there is nothing to settle. Raises ValidationError naming unscored items.
    """
    _hold(second, by)
    assessment = second.assessment
    first = {(one.criterion_id, one.area_id): one for one in assessment.scores.all()}
    scores = list(second.scores.filter(handed_in_at=None).select_related("criterion", "area"))
    if gaps := [_("Butir %(code)s: beri nilai") % {"code": one.place} for one in scores if not one.is_scored]:
        raise ValidationError(gaps)
    now = timezone.now()
    for score in scores:
        said = first.get((score.criterion_id, score.area_id))
        if said is None:
            raise ValidationError(_("Penilai pertama sedang mengubah nilainya. Serahkan nanti."))
        score.first_value, score.first_not_applicable, score.first_note = (
            said.value,
            said.not_applicable,
            said.note,
        )
        score.handed_in_at = now
        score.save()
    to_settle = any(one.must_be_settled and not one.is_settled for one in second.scores.all())
    end = Status.HANDED_IN if to_settle else Status.SETTLED
    second.move_to(end, by=by, handed_in_at=now, settled_at=None if to_settle else now)
    with for_others():
        title = _("Penilai kedua %(ikm)s sudah menyerahkan nilainya") % {"ikm": assessment.enterprise}
    tell([second.first], "second.handed_in", title, path=second.get_absolute_url())
