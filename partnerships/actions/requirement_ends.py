"""What becomes of a published requirement: whom it is addressed to, met, withdrawn."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.models import Enterprise
from partnerships.actions.buyer_side import refuse_stranger
from partnerships.actions.requirements import tell_owners
from partnerships.models import Requirement


@transaction.atomic
def close_requirement(
    requirement: Requirement, *, status: str, reason: str = "", by: User | None
) -> Requirement:
    """Say that a published requirement was met or is withdrawn; withdrawing needs a reason. It is not undone:

    a buyer who looks again starts a new version. A second time changes nothing.
    """
    refuse_stranger(requirement.buyer, by)
    row = Requirement.objects.select_for_update(of=("self",)).get(pk=requirement.pk)
    if status not in (Requirement.Status.MET, Requirement.Status.WITHDRAWN):
        raise ValueError(f"not an end: {status}")
    if row.is_draft:
        raise ValidationError(_("Draf belum terbit. Hapus draf bila tidak jadi."))
    if status == Requirement.Status.WITHDRAWN and not reason.strip():
        raise ValidationError({"reason": _("Tulis alasan penarikan.")})
    if row.status == status:
        return row
    if row.status != Requirement.Status.OPEN:
        raise ValidationError(_("Kebutuhan ini sudah berakhir."))
    row.status, row.status_reason = status, reason.strip()
    row.save(update_fields=["status", "status_reason"])
    record(f"requirement.{status}", row, by=by, reason=row.status_reason)
    return row


@transaction.atomic
def address_requirement(requirement: Requirement, enterprise: Enterprise, *, by: User | None) -> bool:
    """Offer a requirement to one IKM: its owner may read it with its target price, and is told when it is out.

    Returns whether it was new; a second time changes nothing.
    """
    refuse_stranger(requirement.buyer, by)
    row = Requirement.objects.select_for_update(of=("self",)).get(pk=requirement.pk)
    if row.addressees.filter(pk=enterprise.pk).exists():
        return False
    row.addressees.add(enterprise)
    record("requirement.addressed", row, by=by, enterprise=enterprise)
    if not row.is_draft:
        tell_owners(row, enterprise)
    return True
