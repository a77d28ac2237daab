"""Impossible accounts, organisations and invitations."""

from closedloop.accounts.models import Invitation, Organisation, User
from tests.guards.rows import MOMENT, again, change, one

VIOLATIONS = {
    "organisation_name_is_unique": lambda: again(one(Organisation, name="Lembaga Satu"), name="LEMBAGA SATU"),
    "regional_office_has_a_province": lambda: one(Organisation, kind="regional_office", province=None),
    "organisation_kind_is_known": lambda: one(Organisation, kind="club"),
    "user_email_is_lower_case": lambda: change(one(User), email="Besar@contoh.id"),
    "user_role_is_known": lambda: change(one(User), role="nobody"),
    "invitation_expires_after_it_was_made": lambda: change(
        one(Invitation), expires_at=MOMENT, created_at=MOMENT
    ),
    "invitation_accepted_or_revoked": lambda: change(one(Invitation), accepted_at=MOMENT, revoked_at=MOMENT),
    "one_open_invitation_per_user": lambda: again(one(Invitation), token_hash="f" * 64),
}
