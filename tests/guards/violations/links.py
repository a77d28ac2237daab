"""Impossible links to confirm by, and disputes."""

from datetime import date

from django.db.models import F

from partnerships.models import ConfirmationLink, Dispute
from tests.factories.accounts import UserFactory
from tests.guards.rows import MOMENT, again, change, one

VIOLATIONS = {
    "one_open_link_per_contact_and_month": lambda: again(one(ConfirmationLink), code="OTHER2"),
    "link_month_is_a_first_day": lambda: change(one(ConfirmationLink), month=date(2026, 11, 2)),
    "link_ends_after_it_was_made": lambda: change(one(ConfirmationLink), expires_at=F("created_at")),
    "link_revocation_is_whole": lambda: change(one(ConfirmationLink), revoked_at=MOMENT),
    "one_open_dispute_per_delivery": lambda: again(one(Dispute)),
    "dispute_reason_is_known": lambda: change(one(Dispute), reason="mood"),
    "dispute_says_what": lambda: change(one(Dispute), text=""),
    "dispute_is_raised_by_one": lambda: change(one(Dispute), raised_by=None),
    "dispute_settlement_is_whole": lambda: change(
        one(Dispute), settled_at=MOMENT, settled_by=UserFactory(), outcome=""
    ),
}
