"""What is done against the cause of a complaint, and whether the buyer sees that it holds."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.causes import checked_plan
from assessments.pica import lacking_cause
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.core.models import new_id
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.actions import tell
from participants.consents import people_to_ask
from partnerships.actions.complaints import (
    Status,
    hold_open,
    raise_complaint,
    tell_buyer,
)
from partnerships.actions.confirmers import Confirmer, by_one, refuse_other_link
from partnerships.models import Complaint, ComplaintAction, ConfirmationLink


@transaction.atomic
def plan_complaint_action(
    complaint: Complaint,
    description: str,
    *,
    responsible: str,
    due_on: date,
    by: User,
    id: UUID | None = None,
) -> ComplaintAction:
    """Write down what will be done, by whom, until when; the first one says that it is being worked on."""
    hold_open(complaint, Status.CONTAINED, Status.IN_PROGRESS)
    if id and (known := complaint.actions.filter(pk=id).first()):
        return known
    plan = checked_plan(description, responsible, due_on)
    action = ComplaintAction.objects.create(pk=id or new_id(), complaint=complaint, **plan)
    record("complaint.action_planned", complaint, by=by, description=action.description, due_on=due_on)
    if complaint.status == Status.CONTAINED:
        complaint.move_to(Status.IN_PROGRESS, by=by)
    return action


@transaction.atomic
def finish_complaint_action(action: ComplaintAction, photo: CleanPhoto | None, *, by: User) -> None:
    """Say that an action is done and show it; done twice is done once."""
    hold_open(action.complaint, Status.IN_PROGRESS)
    if photo is None:
        raise ValidationError({"photo": _("Tambah foto sesudah perbaikan.")})
    action.refresh_from_db(from_queryset=ComplaintAction.objects.select_for_update(of=("self",)))
    if action.done_on:
        return
    action.done_on, action.photo_sha256 = timezone.localdate(), photo.sha256
    action.photo.save(photo.name, ContentFile(photo.content), save=False)
    action.save()
    data = {"description": action.description, "sha256": photo.sha256}
    record("complaint.action_done", action.complaint, by=by, **data)


@transaction.atomic
def propose_complaint(complaint: Complaint, *, by: User) -> None:
    """Say that it is mended; the buyer then looks.

    Raises ValidationError without the cause (two whys at least), without an action, or with one not done.
    """
    hold_open(complaint, Status.IN_PROGRESS)
    if lacking_cause(is_critical=True, whys=complaint.whys, root_cause=complaint.root_cause):
        raise ValidationError(_("Tulis akar masalahnya dulu: paling sedikit dua jawaban mengapa."))
    if complaint.actions.undone().exists():
        raise ValidationError(_("Masih ada tindakan yang belum selesai. Tambah fotonya dulu."))
    complaint.move_to(Status.PROPOSED, by=by)
    with for_others():
        tell_buyer(complaint, "complaint.proposed", _("%(ikm)s selesai memperbaiki, cek hasilnya"))


@transaction.atomic
def check_complaint(complaint: Complaint, verdict: str, note: str, *, by: Confirmer) -> Complaint | None:
    """Say whether the mending holds, with words; returns the new complaint where it does not.

    By the buyer's people, with an account or by link; by staff only where nobody of the buyer has an account.
    Never by who works for the IKM (PermissionDenied). One that came back begins anew, linked to it and counted.
    """
    if isinstance(by, ConfirmationLink):
        refuse_other_link(complaint.buyer, by)
    elif not may_check_complaint(complaint, by):
        raise PermissionDenied
    note = note.strip()
    if verdict not in Complaint.ENDED:
        raise ValidationError({"verdict": _("Pilih efektif atau tidak efektif.")})
    if not note:
        raise ValidationError({"note": _("Tulis apa yang terlihat.")})
    complaint.move_to(
        Status(verdict),
        by=by,
        reason=note[:300],
        verdict_note=note[:300],
        checked_at=timezone.now(),
        **by_one("checked", by),
    )
    if verdict == Status.EFFECTIVE:
        with for_others():
            title = _("%(buyer)s menutup keluhannya: efektif") % {"buyer": complaint.buyer}
        people = people_to_ask(complaint.enterprise)
        tell(people, "complaint.effective", title, body=note[:300], path=complaint.get_absolute_url())
        return None
    return raise_complaint(
        complaint.enterprise,
        complaint.buyer,
        problem=complaint.problem,
        line=complaint.line,
        repeat_of=complaint,
        by=by,
    )


def may_check_complaint(complaint: Complaint, user: User) -> bool:
    """Whether the person may say that it holds: the buyer's people, or staff where nobody of them has an account."""
    if not user.may(Permission.COMPLAINT_RAISE):
        return False
    people = complaint.buyer.contacts.active().accounts()
    if user.may(Permission.BUYER_MANAGE):
        return not people.exists()
    return people.filter(pk=user.pk).exists()
