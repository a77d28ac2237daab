"""Writes to quarterly reviews: here the loop closes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions import commission_plan_item
from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.models import Enterprise
from partnerships.actions.requirements import start_requirement_version
from partnerships.models import Agreement, Requirement, ReviewDecision, ReviewMeeting
from partnerships.quarter import frozen_figures, reviewed_quarter
from trainings.actions import propose_session
from trainings.models import Module

Kind = ReviewDecision.Kind


@dataclass(frozen=True)
class DecisionDraft:
    """One decision with who sees to it until when.

    A training need names the module that answers it, such as "5R"; an action may name the check item it lifts;
    a change of what the buyer needs names the requirement.
    """

    kind: str
    text: str
    enterprise: Enterprise | None = None
    module_code: str = ""
    due_on: date | None = None
    responsible: str = ""
    criterion_code: str = ""
    requirement: Requirement | None = None


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
    """Record a review with its minutes and at least one decision, and close it; without one it is refused.

    The figures of its quarter are frozen as they stand. A training need leads to a session, an action on a check
    item to an item of the IKM's plan, a change of requirement to a draft of its next version. Decisions about an
    IKM are told to its people. Dates are days; every decision has somebody responsible and a day after the review.
    """
    decisions = list(decisions)
    refuse_bad_review(agreement, held_on, minutes, decisions, next_on)
    meeting = ReviewMeeting(
        agreement=agreement,
        held_on=held_on,
        minutes=minutes.strip(),
        attendees=attendees.strip(),
        next_on=next_on,
        quarter_starts_on=reviewed_quarter(held_on),
        figures=frozen_figures(agreement, held_on),
        recorded_by=by,
        **({"id": id} if id else {}),
    )
    meeting.full_clean(validate_unique=False, validate_constraints=False)
    meeting.save(force_insert=True)
    for draft in decisions:
        write_decision(meeting, draft, by=by)
    meeting.closed_at, meeting.closed_by = timezone.now(), by
    meeting.save(update_fields=["closed_at", "closed_by"])  # the database refuses it without a decision
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


def set_going(decision: ReviewDecision, draft: DecisionDraft, *, by: User) -> None:
    """Begin what the decision is about and link it; what cannot begin (an IKM in no cohort) stays a decision."""
    match draft.kind:
        case Kind.TRAINING if draft.enterprise:
            decision.session = propose_session(draft.enterprise, draft.module_code, on=draft.due_on, by=by)
        case Kind.ACTION if draft.enterprise and draft.criterion_code and draft.due_on:
            decision.plan_item = commission_plan_item(
                draft.enterprise,
                draft.criterion_code,
                action=decision.text,
                responsible=decision.responsible,
                due_on=draft.due_on,
                by=by,
            )
        case Kind.REQUIREMENT if draft.requirement:
            if not decision.meeting.agreement.parties.filter(buyer=draft.requirement.buyer).exists():
                raise ValidationError(_("Pilih kebutuhan pembeli yang menjadi pihak perjanjian ini."))
            decision.requirement = start_requirement_version(draft.requirement, by=by)


def write_decision(meeting: ReviewMeeting, draft: DecisionDraft, *, by: User) -> None:
    if not draft.text.strip():
        raise ValidationError(_("Isi keputusannya."))
    if draft.kind == Kind.TRAINING and not Module.objects.filter(code=draft.module_code).exists():
        raise ValidationError(_("Keputusan pelatihan perlu modul. Pilih modulnya."))
    if not draft.responsible.strip() or draft.due_on is None:
        raise ValidationError(_("Setiap keputusan perlu penanggung jawab dan tenggat."))
    if draft.due_on < meeting.held_on:
        raise ValidationError(_("Tenggat keputusan tidak boleh sebelum tanggal tinjauan."))
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
        responsible=draft.responsible.strip(),
    )
    set_going(decision, draft, by=by)
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
