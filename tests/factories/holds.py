import factory

from partnerships.models import HoldOverride
from tests.factories.accounts import UserFactory
from tests.factories.assessments import ScorecardFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import AgreementFactory


class HoldOverrideFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HoldOverride

    agreement = factory.SubFactory(AgreementFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)
    scorecard = factory.SubFactory(ScorecardFactory, enterprise=factory.SelfAttribute("..enterprise"))
    reason = "Pembeli meminta sendiri, dan perbaikan cetakan sudah selesai diperiksa."
    given_by = factory.SubFactory(UserFactory, role="lead")
