"""Records of the access table that belong to partnerships: the owner's IKM supplies the buyer; a stranger its own."""

from datetime import date
from functools import cached_property

from django.core.files.base import ContentFile

from tests.factories.partnerships import (
    BuyerContactFactory,
    BuyerFactory,
    DeliveryFactory,
    InvoiceFactory,
    OrderFactory,
    OrderLineFactory,
    ScheduleFactory,
    agreement_between,
)


class PartnershipsWorld:
    @cached_property
    def buyer_company(self):
        company = BuyerFactory(name="PT Arunika Contoh")
        BuyerContactFactory(buyer=company, user=self.buyer, full_name=self.buyer.full_name)
        return company

    @cached_property
    def other_company(self):
        company = BuyerFactory(name="PT Lain Contoh")
        BuyerContactFactory(buyer=company, user=self.other_buyer, full_name=self.other_buyer.full_name)
        return company

    @cached_property
    def new_contact(self):
        return BuyerContactFactory(buyer=self.buyer_company, user=None)

    def agreement_as(self, status):
        """An agreement of the owner's IKM and the buyer, in a state; strangers have one of their own."""
        agreement_between([self.other_enterprise], [self.other_company])
        return agreement_between([self.enterprise], [self.buyer_company], status=status)

    @cached_property
    def agreement(self):
        agreement = self.agreement_as("active")
        agreement.scan.name, agreement.scan_sha256 = "agreements/contoh.pdf", "ab" * 32
        agreement.scan.storage.save(agreement.scan.name, ContentFile(b"%PDF-1.7"))
        agreement.save()
        return agreement

    @cached_property
    def draft_agreement(self):
        return self.agreement_as("draft")

    @cached_property
    def reviewed_agreement(self):
        return self.agreement_as("in_review")

    @cached_property
    def signed_agreement(self):
        return self.agreement_as("signed")

    @cached_property
    def suspended_agreement(self):
        return self.agreement_as("suspended")

    @cached_property
    def ended_agreement(self):
        return agreement_between(
            [self.enterprise], [self.buyer_company], starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)
        )

    @cached_property
    def order(self):
        other = OrderFactory(enterprise=self.other_enterprise, buyer=self.other_company)
        OrderLineFactory(order=other)
        return OrderFactory(
            enterprise=self.enterprise, buyer=self.buyer_company, agreement=self.agreement, number="PO-0099"
        )

    @cached_property
    def order_line(self):
        return OrderLineFactory(order=self.order)

    @cached_property
    def schedule_line(self):
        return ScheduleFactory(line=self.order_line)

    @cached_property
    def delivery(self):
        """Entered by the owner, waiting for the buyer, with a photo."""
        delivery = DeliveryFactory(line=self.order_line, entered_by=self.owner, photo_sha256="ab" * 32,
                                   photo="deliveries/contoh.jpg")  # fmt: skip
        delivery.photo.storage.save(delivery.photo.name, ContentFile(b"jpeg"))
        return delivery

    @cached_property
    def confirmed_delivery(self):
        return DeliveryFactory(
            line=self.order_line, entered_by=self.owner, confirmed_by=self.buyer, status="confirmed"
        )

    @cached_property
    def disputed_delivery(self):
        return DeliveryFactory(line=self.order_line, entered_by=self.owner, status="disputed")

    @cached_property
    def invoice(self):
        return InvoiceFactory(order=self.order)
