"""Who may speak for a buyer: an account of the buyer, or a contact of the buyer behind a signed link."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from partnerships.buyer_queue import VouchedRow
from partnerships.models import Buyer, ConfirmationLink, Delivery

Confirmer = User | ConfirmationLink


def refuse_outsiders(buyer: Buyer, entered_by: UUID | None, by: Confirmer) -> None:
    """Refuse who entered it (ValidationError) and who is no active contact of that buyer (PermissionDenied)."""
    if isinstance(by, ConfirmationLink):
        refuse_other_link(buyer, by)
        return
    if entered_by == by.pk:
        raise ValidationError(_("Yang mencatat tidak boleh mengonfirmasinya."))
    if not buyer.has_contact(by):
        raise PermissionDenied


def refuse_other_link(buyer: Buyer, link: ConfirmationLink) -> None:
    """Refuse a link that opens nothing, and one of another buyer (PermissionDenied)."""
    refuse_closed(link)
    if link.contact.buyer_id != buyer.pk:
        raise PermissionDenied


def by_one(name: str, by: Confirmer | None) -> dict[str, Any]:
    """Return the two fields that name who spoke: `name`_by for an account, `name`_link for a link."""
    is_link = isinstance(by, ConfirmationLink)
    return {f"{name}_by": None if is_link else by, f"{name}_link": by if is_link else None}


def refuse_closed(link: ConfirmationLink) -> None:
    """Refuse a link that ended or was revoked, also a moment ago: the row is locked until the act is done."""
    rows = ConfirmationLink.objects.select_for_update(of=("self",)).open_at(timezone.now())
    if not rows.filter(pk=link.pk).exists():
        raise PermissionDenied


def confirmation(
    received_on: date | None, accepted: int | None, rejected: int | None, by: Confirmer | None
) -> dict[str, Any]:
    """Return the fields of a confirmation; all of them None takes one back."""
    return {
        "received_on": received_on,
        "accepted_quantity": accepted,
        "rejected_quantity": rejected,
        **by_one("confirmed", by),
        "confirmed_at": timezone.now() if by else None,
    }


def hands_on(row: Delivery | VouchedRow) -> set[UUID]:
    """Return the accounts that had a hand in it: entered, confirmed, or gave away the link that confirmed it."""
    link = row.confirmed_link
    ids = {row.entered_by_id, row.confirmed_by_id, link.issued_by_id if link else None}
    return {one for one in ids if one}
