"""Returning an assessment with a reason and remarks per item, and answering them."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.evidence import locked_for_writing
from assessments.actions.self_assessing import refuse_self_rating
from assessments.models import Area, Assessment, Criterion, ReviewRemark, ReviewRound, SecondAssessment
from assessments.rounds import open_round, standing
from assessments.sheet import Sheet
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell

Item = tuple[Criterion, Area | None]


def check_reviewer(assessment: Assessment, by) -> None:
    """Raise ValidationError for the assessor's own work and for an owner's own rating."""
    refuse_self_rating(assessment)
    if assessment.assessor_id == by.pk:
        raise ValidationError(_("Penilaian ditinjau oleh orang lain, bukan oleh penilainya sendiri."))
    if SecondAssessment.objects.filter(assessment=assessment, assessor=by).exists():
        raise ValidationError(_("Anda penilai kedua; penilaian ini ditinjau oleh orang lain."))


@transaction.atomic
def return_to_assessor(
    assessment: Assessment, reason: str, *, by, remarks: Mapping[Item, str] | None = None
) -> ReviewRound:
    """Send it back to its assessor with a reason, with remarks on items, or both: a new round of review.

    How every item stands is kept with the round. Raises ValidationError without any reason.
    """
    check_reviewer(assessment, by)
    asked = {item: text.strip() for item, text in (remarks or {}).items() if text.strip()}
    reason = reason.strip()
    if not reason and not asked:
        raise ValidationError(_("Tulis apa yang harus diperbaiki."))
    with for_others():
        reason = reason or _("Perbaiki butir %(codes)s.") % {
            "codes": ", ".join(_place(item) for item in asked)
        }
    assessment.move_to(Assessment.Status.RETURNED, by=by, reason=reason, reviewed_by=by, return_reason=reason)
    number = assessment.rounds.count() + 1
    made = ReviewRound.objects.create(
        assessment=assessment,
        number=number,
        reason=reason,
        answers=standing(Sheet(assessment)),
        returned_by=by,
        returned_at=timezone.now(),
    )
    for (criterion, area), text in asked.items():
        ReviewRemark.objects.create(round=made, criterion=criterion, area=area, text=text[:500])
    said = {_place(item): text for item, text in asked.items()}
    if said:
        record("assessment.items_returned", assessment, by=by, round=number, remarks=said)
    with for_others():
        title = _("Penilaian %(ikm)s dikembalikan") % {"ikm": assessment.enterprise}
    body = "\n".join([reason, *(f"{place}: {text}" for place, text in said.items())])
    tell([assessment.assessor], "assessment.returned", title, body=body, path=assessment.get_absolute_url())
    return made


def _place(item: Item) -> str:
    criterion, area = item
    return f"{criterion.code} ({area})" if area else criterion.code


@transaction.atomic
def answer_remarks(assessment: Assessment, replies: Mapping[UUID, str], *, by) -> None:
    """Store the assessor's replies to remarks of the present round, by the remark's id; others are ignored."""
    if not replies:
        return
    locked_for_writing(assessment, by)
    last = assessment.rounds.filter(resubmitted_at=None).last()
    remarks = last.remarks.select_related("criterion", "area") if last else []
    said = {}
    for remark in remarks:
        reply = replies.get(remark.pk)
        if reply is None or reply.strip() == remark.reply:
            continue
        remark.reply = reply.strip()[:500]
        remark.save(update_fields=["reply"])
        said[_place((remark.criterion, remark.area))] = remark.reply
    if last and said:
        record("assessment.remarks_answered", assessment, by=by, round=last.number, replies=said)


def unanswered(assessment: Assessment, sheet: Sheet) -> list[str]:
    """Return an instruction for each remark that was neither followed nor replied to."""
    found = open_round(assessment, sheet)
    return [line.todo for line in found.unanswered] if found else []


def close_round(assessment: Assessment) -> None:
    """Say when the present round was handed in again; inside the caller's transaction."""
    assessment.rounds.filter(resubmitted_at=None).update(resubmitted_at=timezone.now())
