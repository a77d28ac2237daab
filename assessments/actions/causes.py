"""Why it happened, whose photo shows it before, what is planned, and what teaches it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.findings import hold_open
from assessments.models import CorrectiveAction, Finding
from assessments.pica import MOST_WHYS, WHY_LENGTH, answered, gaps
from closedloop.audit.trail import record
from closedloop.core.models import new_id
from closedloop.core.photos import CleanPhoto
from closedloop.workflow import TransitionError
from trainings.models import Module, TrainingSession


@transaction.atomic
def write_causes(finding: Finding, whys: Sequence[str], root_cause: str, *, by) -> None:
    """Keep up to five answers to "why", in order, and the cause they lead to.

    Raises ValidationError for a gap between answers, a sixth one or one that is too long.
    """
    hold_open(finding)
    whys, root_cause = checked_whys(whys), root_cause.strip()
    if (whys, root_cause) == (finding.whys, finding.root_cause):
        return
    finding.whys, finding.root_cause = whys, root_cause
    finding.save(update_fields=["whys", "root_cause"])
    record("finding.analysed", finding, by=by, whys=len(whys), root_cause=root_cause[:300])


def checked_whys(whys: Sequence[str]) -> list[str]:
    """Return the answers to "why" without the empty ones behind; raises ValidationError as write_causes says."""
    whys = answered(whys)
    if len(whys) > MOST_WHYS:
        raise ValidationError(_("Paling banyak lima jawaban."))
    if empty := gaps(whys):
        raise ValidationError({f"why_{empty[0] + 1}": _("Isi jawaban ini dulu.")})
    if long := [place for place, text in enumerate(whys, 1) if len(text) > WHY_LENGTH]:
        raise ValidationError({f"why_{long[0]}": _("Jawaban paling panjang 200 huruf.")})
    return whys


@transaction.atomic
def show_before(finding: Finding, photo: CleanPhoto, *, by) -> None:
    """Keep how it looked before the mending; the same photo again changes nothing.

    Raises TransitionError while the mending is being judged: what is judged is not changed.
    """
    hold_open(finding)
    if finding.before_sha256 == photo.sha256:
        return
    if finding.status == Finding.Status.PROPOSED:
        raise TransitionError(_("Perbaikan ini sedang diperiksa, jadi fotonya tidak dapat diganti."))
    finding.before.save(photo.name, ContentFile(photo.content), save=False)
    finding.before_sha256 = photo.sha256
    finding.save(update_fields=["before", "before_sha256"])
    record("finding.before_shown", finding, by=by, sha256=photo.sha256)


@transaction.atomic
def plan_action(
    finding: Finding, description: str, *, responsible: str, due_on: date, by, id: UUID | None = None
) -> CorrectiveAction:
    """Write down what will be done, by whom and until when; the same id again is the same action."""
    hold_open(finding)
    if id and (known := finding.actions.filter(pk=id).first()):
        return known
    plan = checked_plan(description, responsible, due_on)
    action = CorrectiveAction.objects.create(pk=id or new_id(), finding=finding, entered_by=by, **plan)
    record("finding.action_planned", finding, by=by, description=action.description, due_on=due_on)
    return action


def checked_plan(description: str, responsible: str, due_on: date) -> dict[str, Any]:
    """Return what will be done, by whom and until when; ValidationError for what is empty or over already."""
    wrong = {}
    if not description.strip():
        wrong["description"] = _("Tulis tindakannya.")
    if not responsible.strip():
        wrong["responsible"] = _("Tulis siapa yang mengerjakan.")
    if due_on < timezone.localdate():
        wrong["due_on"] = _("Tenggat tidak boleh sebelum hari ini.")
    if wrong:
        raise ValidationError(wrong)
    return {
        "description": description.strip()[:300],
        "responsible": responsible.strip()[:120],
        "due_on": due_on,
    }


@transaction.atomic
def close_by(finding: Finding, module: Module | None, session: TrainingSession | None = None, *, by) -> None:
    """Say which module teaches the way out of it, and at which session or visit; None takes it back."""
    hold_open(finding)
    if session is not None:
        module = session.module
    if (module, session) == (finding.closing_module, finding.closing_session):
        return
    finding.closing_module, finding.closing_session = module, session
    finding.save(update_fields=["closing_module", "closing_session"])
    chosen = {"module": module.code if module else "", "session": session.code if session else ""}
    record("finding.closing_chosen", finding, by=by, **chosen)
