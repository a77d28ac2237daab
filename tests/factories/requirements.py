from datetime import UTC, datetime

import factory

from partnerships.models import Requirement, RequirementLine
from tests.factories.frozen import thawed
from tests.factories.partnerships import BuyerContactFactory, BuyerFactory


class RequirementFactory(factory.django.DjangoModelFactory):
    """A draft; `published=True` one its contact has published."""

    class Meta:
        model = Requirement

    class Params:
        published = factory.Trait(
            published_at=datetime(2026, 3, 2, 3, tzinfo=UTC),
            published_by=factory.LazyAttribute(lambda row: row.contact.user),
        )

    buyer = factory.SubFactory(BuyerFactory)
    contact = factory.LazyAttribute(lambda row: BuyerContactFactory(buyer=row.buyer))
    part_name = factory.Sequence(lambda n: f"Bracket contoh {n}")
    volume = 24_000


class RequirementLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequirementLine

    requirement = factory.SubFactory(RequirementFactory)
    kind = RequirementLine.Kind.DOCUMENT
    text = "ISO 9001 yang masih berlaku"
    subject = "iso9001"


def published_with(*lines, **fields) -> Requirement:
    """A published requirement with these lines, each a dict of fields."""
    requirement = RequirementFactory(published=True, **fields)
    with thawed(requirement, "partnerships_requirement", "partnerships_requirementline"):
        for order, line in enumerate(lines, start=1):
            RequirementLineFactory(requirement=requirement, order=order, **line)
    return requirement
