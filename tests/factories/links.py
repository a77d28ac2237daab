from datetime import date

import factory

from partnerships.models import ConfirmationLink, Dispute, RowDispute
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import BuyerContactFactory, DeliveryFactory, InvoiceFactory


class LinkFactory(factory.django.DjangoModelFactory):
    """An open link of a contact who has no account."""

    class Meta:
        model = ConfirmationLink

    contact = factory.SubFactory(BuyerContactFactory, user=None)
    month = date(2026, 11, 1)
    expires_at = "2099-01-05T00:00:00Z"


class DisputeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dispute

    delivery = factory.SubFactory(DeliveryFactory, status="disputed")
    reason = Dispute.Reason.QUANTITY
    text = "Diterima 990 dari 1.000"
    raised_by = factory.SubFactory(UserFactory, role="buyer")


class RowDisputeFactory(factory.django.DjangoModelFactory):
    """A buyer's objection to an invoice; `invoice=None, order=…` makes it one to an order."""

    class Meta:
        model = RowDispute

    invoice = factory.SubFactory(InvoiceFactory, status="disputed")
    reason = RowDispute.Reason.FIGURE
    said_amount = 34_000_000
    raised_by = factory.SubFactory(UserFactory, role="buyer")
