from datetime import date

import factory

from partnerships.models import Addendum, AddendumChange, AddendumNumber
from tests.factories.partnerships import AgreementFactory, PartyFactory, ScopeLineFactory


class AddendumFactory(factory.django.DjangoModelFactory):
    """A draft that takes effect in the middle of 2026; `status="signed"` is one that already binds."""

    class Meta:
        model = Addendum

    agreement = factory.SubFactory(AgreementFactory)
    number = factory.Sequence(lambda n: f"ADD/2026/{n:04d}")
    effective_on = date(2026, 7, 1)
    reason = "Harga baja naik"
    sequence = factory.LazyAttribute(lambda row: 1 if row.status == "signed" else None)
    signed_on = factory.LazyAttribute(lambda row: date(2026, 6, 20) if row.status == "signed" else None)
    status = Addendum.Status.DRAFT


class AddendumChangeFactory(factory.django.DjangoModelFactory):
    """A line of the agreement gets another price."""

    class Meta:
        model = AddendumChange

    addendum = factory.SubFactory(AddendumFactory)
    kind = AddendumChange.Kind.CHANGE
    line = factory.SubFactory(ScopeLineFactory, agreement=factory.SelfAttribute("..addendum.agreement"))
    unit_price = 36_500


class AddendumNumberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AddendumNumber

    addendum = factory.SubFactory(AddendumFactory)
    party = factory.SubFactory(PartyFactory, agreement=factory.SelfAttribute("..addendum.agreement"))
    number = "NIRA/ADD/1"
