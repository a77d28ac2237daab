"""Objections of owners against class decisions, and their answer by somebody who had no part in them."""

from hashlib import sha256
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.deciding import propose_decision
from assessments.models import ClassDecision, Objection
from assessments.validity import may_object, objection_until
from closedloop.accounts.models import User
from closedloop.accounts.permissions import GRANTS, Permission
from closedloop.audit.trail import record
from closedloop.core.formats import date_medium
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.actions import hold_by_key

Status = Objection.Status


@transaction.atomic
def object_to(
    decision: ClassDecision, reason: str, *, by: User, id: UUID, file: ContentFile | None = None
) -> Objection:
    """Write down the owner's objection and tell those who may answer; sent twice with one key, the first one.

    Raises ValidationError by field (reason, or none) after the fourteenth day, while another one is open, or
    without a reason of 30 characters.
    """
    if earlier := Objection.objects.filter(pk=id, raised_by=by).first():
        return earlier
    decision.refresh_from_db(from_queryset=ClassDecision.objects.select_for_update(of=("self",)))
    why_not = cannot_object(decision)
    if why_not:
        raise ValidationError(why_not)
    reason = reason.strip()
    if len(reason) < Objection.REASON_LENGTH:
        raise ValidationError({"reason": too_short(_("alasan"))})
    content = file.read() if file else b""
    objection = Objection(id=id, decision=decision, raised_by=by, reason=reason)
    if file:
        objection.sha256 = sha256(content).hexdigest()
        objection.file.save(
            f"{objection.sha256[:20]}.{(file.name or '').rpartition('.')[2]}",
            ContentFile(content),
            save=False,
        )
    objection.save(force_insert=True)
    record("objection.raised", objection, by=by, number=decision.record_number, reason=reason)
    with for_others():
        title = _("%(ikm)s keberatan atas keputusan kelas") % {"ikm": decision.enterprise}
    tell(answerers(objection), "objection.raised", title, body=reason, path=objection.get_absolute_url())
    return objection


def too_short(what: str) -> str:
    return _("Tulis %(what)s, paling sedikit %(n)d huruf.") % {"what": what, "n": Objection.REASON_LENGTH}


def cannot_object(decision: ClassDecision) -> str:
    """Return why this decision cannot be objected to now, in words; empty when it can."""
    if decision.status != ClassDecision.Status.DECIDED or decision.decided_at is None:
        return _("Belum ada keputusan.")
    decided_on = timezone.localdate(decision.decided_at)
    if not may_object(decided_on, timezone.localdate()):
        last = date_medium(objection_until(decided_on))
        return _("Keberatan hanya dapat diajukan sampai %(day)s.") % {"day": last}
    if decision.objections.open().exists():
        return _("Keberatan Anda sedang menunggu jawaban.")
    if decision.objections.filter(status=Status.ACCEPTED).exists():
        return _("Keberatan sudah diterima; IKM ini disidangkan ulang.")
    return ""


def answerers(objection: Objection):
    """Return the accounts that may answer: the role may, and they had no part in the decision."""
    roles = [role for role, may in GRANTS.items() if Permission.OBJECTION_ANSWER in may]
    decision = objection.decision
    parts = {decision.decided_by_id, decision.assessor_id, decision.proposed_by_id, objection.raised_by_id}
    parts |= set(decision.board.values_list("user", flat=True))
    return User.objects.active().with_role(*roles).exclude(pk__in=parts)


@transaction.atomic
def answer_objection(objection: Objection, *, accept: bool, answer: str, by: User) -> Objection:
    """Answer an objection; accepted, the enterprise goes before the board once more and the old decision stays.

    Raises TransitionError when it was answered already, and ValidationError by field (answer, or none) from
    somebody who had a part in the decision, or without a reason of 30 characters.
    """
    hold_by_key(objection.decision.enterprise_id)
    answer = answer.strip()
    if not answerers(objection).filter(pk=by.pk).exists():
        raise ValidationError(_("Anda ikut dalam keputusan ini. Mintalah orang lain menjawab."))
    if len(answer) < Objection.REASON_LENGTH:
        raise ValidationError({"answer": too_short(_("jawaban"))})
    status = Status.ACCEPTED if accept else Status.REJECTED
    objection.move_to(
        status,
        by=by,
        reason=answer,
        answer=answer,
        answered_by=by,
        answered_at=timezone.now(),
        new_decision=_new_sitting(objection, by=by) if accept and objection.status == Status.OPEN else None,
    )
    _tell_answer(objection)
    return objection


def _new_sitting(objection: Objection, *, by: User) -> ClassDecision:
    """Return the proposal the objection leads to: one that waits already, or a new one."""
    decision = objection.decision
    waiting = ClassDecision.objects.waiting().filter(enterprise=decision.enterprise_id).first()
    return waiting or propose_decision(decision.enrolment, by=by)


def _tell_answer(objection: Objection) -> None:
    decision = objection.decision
    with for_others():
        title = _("Jawaban keberatan %(ikm)s: %(answer)s") % {
            "ikm": decision.enterprise,
            "answer": objection.get_status_display().lower(),
        }
    people = [objection.raised_by, *decision.enterprise.people.active().accounts()]
    tell(people, "objection.answered", title, body=objection.answer, path=objection.get_absolute_url())
