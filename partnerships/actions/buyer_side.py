"""Who may act on a buyer's side."""

from django.core.exceptions import PermissionDenied

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from partnerships.models import Buyer


def refuse_stranger(buyer: Buyer, by: User | None) -> None:
    """Raise PermissionDenied unless by a contact of the buyer, by staff for it, or by the portal itself (None)."""
    if by is None or by.may(Permission.BUYER_MANAGE) or buyer.has_contact(by):
        return
    raise PermissionDenied
