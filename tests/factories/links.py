from datetime import date

import factory

from partnerships.models import ConfirmationLink, Dispute
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import BuyerContactFactory, DeliveryFactory


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
