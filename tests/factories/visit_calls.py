from datetime import date

import factory

from assessments.models import VisitCall
from tests.factories.assessments import ScorecardFactory
from tests.factories.participants import EnterpriseFactory


class VisitCallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VisitCall

    enterprise = factory.SubFactory(EnterpriseFactory)
    scorecard = factory.SubFactory(
        ScorecardFactory,
        enterprise=factory.SelfAttribute("..enterprise"),
        on_time_quantity=500,
        rejected_quantity=4,
    )
    due_on = date(2026, 12, 8)
