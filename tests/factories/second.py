import factory
from django.utils import timezone

from assessments.models import Assessment, Criterion, SecondAssessment, SecondScore
from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory


class SecondAssessmentFactory(factory.django.DjangoModelFactory):
    """Looking for a second assessor; `taken=True` one who has begun, `handed_in=True` one who has finished."""

    class Meta:
        model = SecondAssessment

    class Params:
        handed_in = False
        taken = factory.LazyAttribute(lambda o: o.handed_in)

    assessment = factory.SubFactory(AssessmentFactory, kind=Assessment.Kind.FINAL, filled=3, submitted=True)
    first = factory.SelfAttribute("assessment.assessor")
    asked_by = factory.SelfAttribute("first")
    assessor = factory.LazyAttribute(lambda o: UserFactory(role=Role.ASSESSOR) if o.taken else None)
    taken_at = factory.LazyAttribute(lambda o: timezone.now() if o.taken else None)
    handed_in_at = factory.LazyAttribute(lambda o: timezone.now() if o.handed_in else None)
    status = factory.LazyAttribute(
        lambda o: "handed_in" if o.handed_in else "taken" if o.taken else "waiting"
    )


class SecondScoreFactory(factory.django.DjangoModelFactory):
    """One item of a second look that was handed in: the first said 3, the second 1."""

    class Meta:
        model = SecondScore

    second = factory.SubFactory(SecondAssessmentFactory, handed_in=True)
    criterion = factory.LazyAttribute(
        lambda o: Criterion.objects.filter(dimension__rubric=o.second.assessment.rubric).first()
    )
    value = 1
    first_value = 3
    handed_in_at = factory.LazyFunction(timezone.now)
