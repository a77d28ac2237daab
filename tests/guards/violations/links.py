"""Impossible links to confirm by, and disputes."""

from datetime import date

from django.db.models import F

from partnerships.models import ConfirmationLink, Dispute, Payment, PurchaseOrder, RowDispute
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
    "row_dispute_is_about_one_row": lambda: change(one(RowDispute), invoice=None),
    "one_open_dispute_per_order": lambda: again(one(RowDispute, invoice=None, order=one(PurchaseOrder))),
    "one_open_dispute_per_invoice": lambda: again(one(RowDispute)),
    "one_open_dispute_per_payment": lambda: again(one(RowDispute, invoice=None, payment=one(Payment))),
    "row_dispute_reason_is_known": lambda: change(one(RowDispute), reason="mood"),
    "row_dispute_says_what": lambda: change(one(RowDispute), said_amount=None),
    "row_dispute_amount_is_not_negative": lambda: change(one(RowDispute), said_amount=-1),
    "row_dispute_is_raised_by_one": lambda: change(one(RowDispute), raised_by=None),
    "row_dispute_settlement_is_whole": lambda: change(
        one(RowDispute), settled_at=MOMENT, settled_by=UserFactory(), outcome=""
    ),
}
