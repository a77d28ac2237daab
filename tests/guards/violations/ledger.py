"""Impossible vouching in the ledger, credit agreements, and buyers' own scorecards."""

from datetime import date
from decimal import Decimal

from django.db.models import F

from partnerships.models import BuyerScorecard, Financing, Invoice, Payment, PurchaseOrder
from tests.factories.accounts import UserFactory
from tests.guards.rows import MOMENT, again, change, one, without


def confirmed_by_who_entered(model):
    who = UserFactory()
    change(one(model, entered_by=who), status="confirmed", confirmed_by=who, confirmed_at=MOMENT)


def vouching(model, name) -> dict:
    return {
        f"{name}_status_is_known": lambda: without(
            f"{name}_confirmation_is_whole", one(model), status="sealed"
        ),
        f"{name}_confirmation_is_whole": lambda: change(one(model), status="confirmed"),
        f"{name}_verification_is_whole": lambda: change(one(model), verified_at=MOMENT),
        f"{name}_has_three_pairs_of_eyes": lambda: confirmed_by_who_entered(model),
        f"{name}_document_has_its_hash": lambda: change(one(model), document="ledger/a.pdf"),
    }


VIOLATIONS = {
    **vouching(PurchaseOrder, "order"),
    **vouching(Invoice, "invoice"),
    **vouching(Payment, "payment"),
    "financing_amount_is_positive": lambda: change(one(Financing), amount=0),
    "financing_has_a_lender": lambda: change(one(Financing), lender=""),
    "financing_keeps_no_account_number": lambda: change(one(Financing), lender="Bank Contoh 123-4567-890"),
    "financing_kind_is_known": lambda: change(one(Financing), kind="gift"),
    "financing_ends_after_it_was_signed": lambda: change(one(Financing), ends_on=F("signed_on")),
    "financing_document_has_its_hash": lambda: change(one(Financing), document="ledger/a.pdf"),
    "one_buyer_scorecard_per_month": lambda: again(one(BuyerScorecard)),
    "buyer_scorecard_month_is_a_first_day": lambda: change(one(BuyerScorecard), month=date(2026, 2, 2)),
    "buyer_scorecard_on_time_is_a_share": lambda: change(one(BuyerScorecard), on_time=Decimal("1.0001")),
    "buyer_scorecard_score_is_of_a_hundred": lambda: change(one(BuyerScorecard), score=Decimal("100.01")),
    "buyer_scorecard_says_something": lambda: change(one(BuyerScorecard), ppm=None),
}
