from datetime import date

import factory

from participants.models import LineConfirmation
from tests.factories.accounts import UserFactory
from tests.factories.capability import MachineFactory


class LineConfirmationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LineConfirmation

    machine = factory.SubFactory(MachineFactory)
    confirmed_on = date(2026, 10, 5)
    confirmed_by = factory.SubFactory(UserFactory, role="owner")
