"""Giving the registry out as a sheet; who took full identity numbers with them is recorded."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record_many
from participants.export_sheet import Shown, export_sheet, with_everything


@transaction.atomic
def export_enterprises(enterprises, *, by: User, with_identity: bool = False) -> bytes:
    """Return the enterprises (a queryset) as the workbook that comes back, and leave a trace of full numbers.

    NIB and NPWP are cut to their last digits unless they are asked for; PermissionDenied for who may not.
    Telephone numbers are in full for those who read them in full on the pages.
    """
    may_see = by.may(Permission.IDENTITY_VIEW_FULL)
    if with_identity and not may_see:
        raise PermissionDenied
    rows = list(with_everything(enterprises))
    if with_identity:
        told = [one for one in rows if one.nib or one.npwp]
        record_many((("enterprise.identity_viewed", one, {"channel": "sheet"}) for one in told), by=by)
    phones = may_see or by.role in (Role.MENTOR, Role.OWNER)
    return export_sheet(rows, Shown(identity=with_identity, phones=phones))
