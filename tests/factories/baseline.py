import factory

from closedloop.accounts.roles import Role
from participants.models import CohortIndicators, Indicator, IndicatorAnswer, IndicatorLine, IndicatorSet
from tests.factories.accounts import UserFactory
from tests.factories.frozen import thawed
from tests.factories.participants import CohortFactory, EnterpriseFactory


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator

    code = factory.Sequence(lambda n: f"pelanggan-{n}")
    name = "Pelanggan industri"
    name_en = "Industrial customers"
    question = "Berapa perusahaan industri yang membeli tahun ini?"
    question_en = "How many industrial companies buy this year?"
    unit = Indicator.Unit.COUNT


class IndicatorSetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IndicatorSet

    code = factory.Sequence(lambda n: f"angka-{n}")
    version = 1
    name = "Angka contoh"
    published_at = "2026-01-01T00:00Z"


class IndicatorLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IndicatorLine

    indicator_set = factory.SubFactory(IndicatorSetFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    order = 1
    frequency = IndicatorLine.Frequency.YEARLY
    about = IndicatorLine.About.PRESENT

    @classmethod
    def _create(cls, model, *args, **fields):
        with thawed(fields["indicator_set"], "participants_indicatorline"):
            return super()._create(model, *args, **fields)


class CohortIndicatorsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CohortIndicators

    cohort = factory.SubFactory(CohortFactory)
    indicator_set = factory.SubFactory(IndicatorSetFactory)


class IndicatorAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IndicatorAnswer

    enterprise = factory.SubFactory(EnterpriseFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    year = 2026
    value = 4
    is_baseline = True
    channel = IndicatorAnswer.Channel.OWNER
    told_by = factory.SubFactory(UserFactory, role=Role.OWNER)
