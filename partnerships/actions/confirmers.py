"""Who may say what arrived: an account of the buyer, or a contact of the buyer behind a signed link."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from partnerships.models import ConfirmationLink, Delivery

Confirmer = User | ConfirmationLink


def refuse_outsiders(delivery: Delivery, by: Confirmer) -> None:
    """Refuse who entered it (ValidationError) and who is no active contact of that buyer (PermissionDenied)."""
    buyer = delivery.line.order.buyer
    if isinstance(by, ConfirmationLink):
        refuse_closed(by)
        if by.contact.buyer_id != buyer.pk:
            raise PermissionDenied
        return
    if delivery.entered_by_id == by.pk:
        raise ValidationError(_("Yang mencatat pengiriman tidak boleh mengonfirmasinya."))
    if not buyer.has_contact(by):
        raise PermissionDenied


def refuse_closed(link: ConfirmationLink) -> None:
    """Refuse a link that ended or was revoked, also a moment ago: the row is locked until the act is done."""
    rows = ConfirmationLink.objects.select_for_update(of=("self",)).open_at(timezone.now())
    if not rows.filter(pk=link.pk).exists():
        raise PermissionDenied


def confirmation(
    received_on: date | None, accepted: int | None, rejected: int | None, by: Confirmer | None
) -> dict[str, Any]:
    """Return the fields of a confirmation; all of them None takes one back."""
    is_link = isinstance(by, ConfirmationLink)
    return {
        "received_on": received_on,
        "accepted_quantity": accepted,
        "rejected_quantity": rejected,
        "confirmed_by": None if is_link else by,
        "confirmed_link": by if is_link else None,
        "confirmed_at": timezone.now() if by else None,
    }


def hands_on(delivery: Delivery) -> set[UUID]:
    """Return the accounts that had a hand in it: entered, confirmed, or gave away the link that confirmed it."""
    link = delivery.confirmed_link
    ids = {delivery.entered_by_id, delivery.confirmed_by_id, link.issued_by_id if link else None}
    return {one for one in ids if one}
