from datetime import date

import factory

from partnerships.models import BuyerScorecard, Financing
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import BuyerFactory, OrderFactory


class FinancingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Financing

    order = factory.SubFactory(OrderFactory)
    lender = "Bank Contoh"
    kind = Financing.Kind.WORKING
    amount = 20_000_000
    signed_on = date(2026, 1, 12)
    entered_by = factory.SubFactory(UserFactory)


class BuyerScorecardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BuyerScorecard

    buyer = factory.SubFactory(BuyerFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)
    month = date(2026, 2, 1)
    ppm = 300
    entered_by = factory.SubFactory(UserFactory)
