from datetime import date

import factory

from closedloop.accounts.roles import Role
from closedloop.reports.models import ReportSchedule, ScheduledMonth
from tests.factories.accounts import UserFactory
from tests.factories.reports import ReportBatchFactory


class ReportScheduleFactory(factory.django.DjangoModelFactory):
    """The programme's report on the first of each month, since long ago."""

    class Meta:
        model = ReportSchedule

    kind = "programme"
    day = 1
    since = date(2026, 1, 1)
    set_by = factory.SubFactory(UserFactory, role=Role.LEAD)


class ScheduledMonthFactory(factory.django.DjangoModelFactory):
    """A month that was asked for; `failed=True` one that was not."""

    class Meta:
        model = ScheduledMonth

    class Params:
        failed = factory.Trait(batch=None, reason="Tidak ada yang dapat dilaporkan dalam cakupan jadwal ini.")

    schedule = factory.SubFactory(ReportScheduleFactory)
    month = date(2026, 10, 1)
    batch = factory.SubFactory(ReportBatchFactory)
