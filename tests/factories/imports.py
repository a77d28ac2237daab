from datetime import UTC, datetime

import factory

from closedloop.accounts.roles import Role
from participants.models import ColumnLayout, ImportWork
from tests.factories.accounts import UserFactory
from tests.factories.participants import ImportBatchFactory


class ImportWorkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportWork

    batch = factory.SubFactory(ImportBatchFactory)
    step = ImportWork.Step.CHECK
    asked_by = factory.SubFactory(UserFactory, role=Role.STAFF)
    total = 600


class ColumnLayoutFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ColumnLayout

    key = factory.Sequence(lambda n: f"{n:032d}")
    mapping = {"business": "name"}
    matched_by = factory.SubFactory(UserFactory, role=Role.STAFF)
    matched_at = datetime(2026, 5, 5, 3, tzinfo=UTC)
