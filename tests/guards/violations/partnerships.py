"""Impossible buyers, agreements, orders, deliveries and reviews."""

from datetime import date
from decimal import Decimal

from django.db.models import F

from partnerships.models import (
    Agreement,
    AgreementParty,
    Buyer,
    BuyerContact,
    Delivery,
    Invoice,
    OrderLine,
    Payment,
    Promise,
    PurchaseOrder,
    ReviewDecision,
    ReviewMeeting,
    ScheduleLine,
    ScopeLine,
    SupplyClearance,
)
from tests.guards.rows import again, change, one, without


def one_buyer_twice():
    again(one(AgreementParty, part="buyer", enterprise=None, buyer=one(Buyer)))


VIOLATIONS = {
    "buyer_name_is_unique": lambda: again(one(Buyer, name="PT Satu Contoh"), name="pt satu contoh"),
    "buyer_has_a_name": lambda: change(one(Buyer), name=""),
    "buyer_tier_is_known": lambda: change(one(Buyer), tier="tier9"),
    "buyer_contact_has_a_name": lambda: change(one(BuyerContact), full_name=""),
    "buyer_contact_phone_is_e164": lambda: change(one(BuyerContact), phone="0812"),
    "one_buyer_contact_per_account": lambda: again(one(BuyerContact)),
    "agreement_ends_after_it_starts": lambda: change(one(Agreement), ends_on=F("starts_on")),
    "agreement_is_signed_before_it_runs": lambda: change(one(Agreement), signed_on=None),
    "agreement_stops_with_a_reason": lambda: change(one(Agreement), status="suspended"),
    "agreement_on_time_is_a_share": lambda: change(one(Agreement), min_on_time=Decimal("-0.001")),
    "agreement_scan_has_its_hash": lambda: change(one(Agreement), scan="a.pdf"),
    "agreement_kind_is_known": lambda: change(one(Agreement), kind="oath"),
    "agreement_status_is_known": lambda: change(one(Agreement), status="lost"),
    "agreement_party_is_exactly_one": lambda: change(one(AgreementParty), buyer=one(Buyer)),
    "enterprise_once_per_agreement": lambda: again(one(AgreementParty)),
    "buyer_once_per_agreement": one_buyer_twice,
    "scope_line_is_said_once": lambda: again(one(ScopeLine)),
    "scope_line_price_is_positive": lambda: change(one(ScopeLine), unit_price=0),
    "one_promise_per_quarter": lambda: again(one(Promise)),
    "promise_quarter_is_a_first_day": lambda: change(one(Promise), quarter_starts_on=date(2025, 12, 1)),
    "promise_value_is_not_negative": lambda: change(one(Promise), value=-1),
    "one_clearance_per_enterprise_and_buyer": lambda: again(one(SupplyClearance)),
    "ready_means_nothing_is_unmet": lambda: change(one(SupplyClearance), status="ready"),
    "clearance_status_is_known": lambda: change(one(SupplyClearance), status="lost"),
    "order_number_once_per_buyer": lambda: again(one(PurchaseOrder)),
    "order_has_a_number": lambda: change(one(PurchaseOrder), number=""),
    "order_kind_is_known": lambda: change(one(PurchaseOrder), kind="gift"),
    "part_once_per_order": lambda: again(one(OrderLine)),
    "order_line_quantity_is_positive": lambda: change(one(OrderLine), quantity=0),
    "order_line_price_is_positive": lambda: change(one(OrderLine), unit_price=0),
    "one_schedule_line_per_day": lambda: again(one(ScheduleLine)),
    "schedule_quantity_is_positive": lambda: change(one(ScheduleLine), quantity=0),
    "delivery_note_once_per_line": lambda: again(one(Delivery)),
    "delivery_quantity_is_positive": lambda: change(one(Delivery), quantity=0),
    "delivery_confirmation_is_whole": lambda: change(one(Delivery, status="confirmed"), received_on=None),
    "delivery_accepted_and_rejected_make_the_whole": lambda: change(
        one(Delivery, status="confirmed"), rejected_quantity=1
    ),
    "delivery_is_not_received_before_it_was_sent": lambda: change(
        one(Delivery, status="confirmed"), received_on=date(2026, 2, 9)
    ),
    "delivery_verification_is_whole": lambda: change(one(Delivery, status="verified"), verified_by=None),
    "delivery_confirmer_did_not_enter_it": lambda: change(
        one(Delivery, status="confirmed"), confirmed_by=F("entered_by")
    ),
    "delivery_dispute_has_a_reason": lambda: change(one(Delivery, status="disputed"), dispute_reason=""),
    "delivery_photo_has_its_hash": lambda: change(one(Delivery), photo="a.jpg"),
    "delivery_status_is_known": lambda: without(
        "delivery_confirmation_is_whole", one(Delivery), status="lost"
    ),
    "invoice_number_once_per_order": lambda: again(one(Invoice)),
    "invoice_amount_is_positive": lambda: change(one(Invoice), amount=0),
    "invoice_is_due_after_it_was_issued": lambda: change(one(Invoice), due_on=date(2026, 2, 14)),
    "payment_amount_is_positive": lambda: change(one(Payment), amount=0),
    "one_review_per_agreement_and_day": lambda: again(one(ReviewMeeting)),
    "review_has_minutes": lambda: change(one(ReviewMeeting), minutes=""),
    "next_review_comes_later": lambda: change(one(ReviewMeeting), next_on=F("held_on")),
    "review_decision_says_what": lambda: change(one(ReviewDecision), text=""),
    "training_need_names_its_module": lambda: change(one(ReviewDecision), kind="training", module_code=""),
    "review_decision_kind_is_known": lambda: change(one(ReviewDecision), kind="song"),
}
