"""Writes to quarterly reviews: here the loop closes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.models import Enterprise
from partnerships.models import Agreement, ReviewDecision, ReviewMeeting
from trainings.models import Module

Kind = ReviewDecision.Kind


@dataclass(frozen=True)
class DecisionDraft:
    """One decision. A training need names the module that answers it, such as "5R"."""

    kind: str
    text: str
    enterprise: Enterprise | None = None
    module_code: str = ""
    due_on: date | None = None


@transaction.atomic
def record_review(
    agreement: Agreement,
    *,
    held_on: date,
    minutes: str,
    decisions: Iterable[DecisionDraft],
    by: User,
    next_on: date | None = None,
    attendees: str = "",
    id=None,
) -> ReviewMeeting:
    """Record a review with its minutes and at least one decision; without one it is refused.

    Decisions about an IKM are told to its people.
    """
    decisions = list(decisions)
    refuse_bad_review(agreement, held_on, minutes, decisions, next_on)
    meeting = ReviewMeeting(
        agreement=agreement,
        held_on=held_on,
        minutes=minutes.strip(),
        attendees=attendees.strip(),
        next_on=next_on,
        recorded_by=by,
        **({"id": id} if id else {}),
    )
    meeting.full_clean(validate_unique=False, validate_constraints=False)
    meeting.save(force_insert=True)
    for draft in decisions:
        write_decision(meeting, draft, by=by)
    record("review.recorded", meeting, by=by, agreement=agreement.number, decisions=len(decisions))
    return meeting


def refuse_bad_review(agreement, held_on, minutes, decisions, next_on) -> None:
    if not agreement.is_signed:
        raise ValidationError(_("Tinjauan hanya untuk perjanjian yang sudah ditandatangani."))
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": _("Tanggal tinjauan tidak boleh setelah hari ini.")})
    if agreement.reviews.filter(held_on=held_on).exists():
        raise ValidationError({"held_on": _("Tinjauan pada tanggal ini sudah dicatat.")})
    if not minutes.strip():
        raise ValidationError({"minutes": _("Isi notulen.")})
    if next_on and next_on <= held_on:
        raise ValidationError({"next_on": _("Tinjauan berikutnya harus setelah tanggal tinjauan ini.")})
    if not decisions:
        raise ValidationError(
            _("Tinjauan belum dapat disimpan: tulis paling sedikit satu keputusan."), code="no_decision"
        )


def write_decision(meeting: ReviewMeeting, draft: DecisionDraft, *, by: User) -> None:
    if not draft.text.strip():
        raise ValidationError(_("Isi keputusannya."))
    if draft.kind == Kind.TRAINING and not Module.objects.filter(code=draft.module_code).exists():
        raise ValidationError(_("Keputusan pelatihan perlu modul. Pilih modulnya."))
    if draft.enterprise and not meeting.agreement.parties.filter(enterprise=draft.enterprise).exists():
        raise ValidationError(
            _("%(enterprise)s bukan pihak perjanjian ini.") % {"enterprise": draft.enterprise}
        )
    decision = ReviewDecision(
        meeting=meeting,
        kind=draft.kind,
        text=draft.text.strip(),
        enterprise=draft.enterprise,
        module_code=draft.module_code,
        due_on=draft.due_on,
    )
    decision.full_clean(validate_unique=False, validate_constraints=False)
    decision.save(force_insert=True)
    if draft.enterprise:
        record("review.decided", decision, by=by, kind=draft.kind, module=draft.module_code)
        with for_others():
            title = _("Keputusan tinjauan %(number)s") % {"number": meeting.agreement.number}
        path = meeting.agreement.get_absolute_url()
        tell(
            draft.enterprise.people.active().accounts(),
            "review.decided",
            title,
            body=decision.text,
            path=path,
        )
