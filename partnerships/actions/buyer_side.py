"""Who may act on a buyer's side."""

from django.core.exceptions import PermissionDenied

from closedloop.accounts.permissions import Permission
from partnerships.actions.confirmers import Confirmer, refuse_other_link
from partnerships.models import Buyer, ConfirmationLink


def refuse_stranger(buyer: Buyer, by: Confirmer | None) -> None:
    """Raise PermissionDenied unless by a contact of the buyer, by staff for it, or by the portal itself (None)."""
    if isinstance(by, ConfirmationLink):
        refuse_other_link(buyer, by)
        return
    if by is None or by.may(Permission.BUYER_MANAGE) or buyer.has_contact(by):
        return
    raise PermissionDenied
