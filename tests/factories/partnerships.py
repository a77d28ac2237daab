from datetime import date, timedelta

import factory

from closedloop.accounts.roles import Role
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
from partnerships.realisation import last_day_of
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory


class BuyerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Buyer

    name = factory.Sequence(lambda n: f"PT Pembeli Contoh {n}")


class BuyerContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BuyerContact

    buyer = factory.SubFactory(BuyerFactory)
    full_name = factory.Sequence(lambda n: f"Kontak Contoh {n}")
    email = factory.Sequence(lambda n: f"kontak{n}@contoh.id")
    user = factory.SubFactory(UserFactory, role=Role.BUYER)


class AgreementFactory(factory.django.DjangoModelFactory):
    """An active agreement over 2026 without parties; see `agreement_between`."""

    class Meta:
        model = Agreement

    number = factory.Sequence(lambda n: f"MOU/2026/{n:04d}")
    title = "MoU pasokan bracket"
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)
    status = Agreement.Status.ACTIVE
    signed_on = factory.LazyAttribute(
        lambda row: None if row.status in Agreement.UNSIGNED else row.starts_on - timedelta(days=7)
    )
    status_reason = factory.LazyAttribute(
        lambda row: "Alasan contoh" if row.status in {"suspended", "terminated"} else ""
    )


class PartyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgreementParty

    agreement = factory.SubFactory(AgreementFactory)
    part = AgreementParty.Part.ENTERPRISE
    enterprise = factory.SubFactory(EnterpriseFactory)


class ScopeLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScopeLine

    agreement = factory.SubFactory(AgreementFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)
    buyer = factory.SubFactory(BuyerFactory)
    part_name = factory.Sequence(lambda n: f"Bracket contoh {n}")
    unit_price = 35_000


class PromiseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Promise

    line = factory.SubFactory(ScopeLineFactory)
    quarter_starts_on = date(2026, 1, 1)
    starts_on = factory.LazyAttribute(
        lambda row: max(row.quarter_starts_on, min(row.line.agreement.starts_on, row.ends_on))
    )
    ends_on = factory.LazyAttribute(lambda row: last_day_of(row.quarter_starts_on))
    volume = 3_000
    value = factory.LazyAttribute(lambda row: row.volume * row.line.unit_price)


class OrderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PurchaseOrder

    buyer = factory.SubFactory(BuyerFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)
    number = factory.Sequence(lambda n: f"PO-{n:05d}")
    kind = PurchaseOrder.Kind.TRIAL
    ordered_on = date(2026, 1, 10)
    entered_by = factory.SubFactory(UserFactory, role=Role.STAFF)


class OrderLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrderLine

    order = factory.SubFactory(OrderFactory)
    part_name = factory.Sequence(lambda n: f"Bracket contoh {n}")
    quantity = 1_000
    unit_price = 35_000


class ScheduleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScheduleLine

    line = factory.SubFactory(OrderLineFactory)
    due_on = date(2026, 2, 10)
    quantity = 1_000


class DeliveryFactory(factory.django.DjangoModelFactory):
    """A delivery in any state: `DeliveryFactory(status="confirmed", rejected_quantity=5)`."""

    class Meta:
        model = Delivery

    line = factory.SubFactory(OrderLineFactory)
    note_number = factory.Sequence(lambda n: f"SJ-{n:04d}")
    delivered_on = date(2026, 2, 10)
    quantity = 1_000
    entered_by = factory.SubFactory(UserFactory, role=Role.OWNER)

    class Params:
        is_confirmed = factory.LazyAttribute(lambda row: row.status in {"confirmed", "verified"})
        at = factory.LazyAttribute(lambda row: "2026-02-11T03:00:00Z")

    status = Delivery.Status.SUBMITTED
    received_on = factory.LazyAttribute(lambda row: row.delivered_on if row.is_confirmed else None)
    rejected_quantity = factory.LazyAttribute(lambda row: 0 if row.is_confirmed else None)
    accepted_quantity = factory.LazyAttribute(
        lambda row: row.quantity - row.rejected_quantity if row.is_confirmed else None
    )
    confirmed_at = factory.LazyAttribute(lambda row: row.at if row.is_confirmed else None)
    confirmed_by = factory.Maybe("is_confirmed", factory.SubFactory(UserFactory, role=Role.BUYER), None)
    verified_at = factory.LazyAttribute(lambda row: row.at if row.status == "verified" else None)
    dispute_reason = factory.LazyAttribute(lambda row: "Jumlah berbeda" if row.status == "disputed" else "")

    @factory.lazy_attribute
    def verified_by(self):
        return UserFactory(role=Role.STAFF) if self.status == "verified" else None


class InvoiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invoice

    order = factory.SubFactory(OrderFactory)
    number = factory.Sequence(lambda n: f"INV-{n:04d}")
    issued_on = date(2026, 2, 15)
    amount = 35_000_000


class PaymentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Payment

    invoice = factory.SubFactory(InvoiceFactory)
    paid_on = date(2026, 3, 15)
    amount = 10_000_000


class ReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewMeeting

    agreement = factory.SubFactory(AgreementFactory)
    held_on = date(2026, 4, 7)
    minutes = "Ketepatan kirim turun karena mesin press berhenti dua hari."
    recorded_by = factory.SubFactory(UserFactory, role=Role.STAFF)


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewDecision

    meeting = factory.SubFactory(ReviewFactory)
    kind = ReviewDecision.Kind.ACTION
    text = "Jadwal perawatan mesin press dibuat mingguan"


class ClearanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupplyClearance

    enterprise = factory.SubFactory(EnterpriseFactory)
    buyer = factory.SubFactory(BuyerFactory)
    status = SupplyClearance.Status.NOT_READY
    unmet = [{"rule": "sample", "subject": "", "detail": ""}]
    computed_at = "2026-11-24T03:00:00Z"


def agreement_between(enterprises, buyers, *, price=35_000, volume=3_000, **fields):
    """Return an agreement with these parties, one scope line per pair, and a promise in each quarter of 2026."""
    agreement = AgreementFactory(**fields)
    for enterprise in enterprises:
        PartyFactory(agreement=agreement, enterprise=enterprise)
    for buyer in buyers:
        PartyFactory(agreement=agreement, part="buyer", enterprise=None, buyer=buyer)
    for enterprise in enterprises:
        for buyer in buyers:
            line = ScopeLineFactory(agreement=agreement, enterprise=enterprise, buyer=buyer, unit_price=price)
            for month in (1, 4, 7, 10):
                PromiseFactory(line=line, quarter_starts_on=date(2026, month, 1), volume=volume)
    return agreement
