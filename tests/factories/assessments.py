from datetime import date
from decimal import Decimal

import factory
from django.utils import timezone

from assessments import actions
from assessments.models import (
    Assessment,
    ClassDecision,
    ClassRequirement,
    ClassScheme,
    CohortRubric,
    Criterion,
    Dimension,
    Finding,
    PlanItem,
    Rubric,
    Scorecard,
)
from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.frozen import thawed
from tests.factories.participants import EnrolmentFactory, EnterpriseFactory

ANCHORS = ["Belum ada", "Sebagian kecil", "Sebagian besar", "Sesuai standar", "Konsisten"]


class VersionFactory(factory.django.DjangoModelFactory):
    """A draft gets its content and is published then, as the database wants it.

    Drafts have a code of their own until then, because a world may hold a draft of the same code already.
    """

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    code = factory.LazyAttributeSequence(lambda o, n: "kecil" if o.published_at else f"kecil-{n}")

    @classmethod
    def _create(cls, model, *args, **fields):
        published_at, code = fields.pop("published_at"), fields.pop("code")
        draft_code = f"{code}-{fields['version']}" if published_at else code
        made = super()._create(model, *args, code=draft_code, **fields)
        made.to_publish_at, made.code_to_be = published_at, code
        return made

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        if create and instance.to_publish_at:
            instance.published_at, instance.code = instance.to_publish_at, instance.code_to_be
            instance.save(update_fields=["published_at", "code"])


class RubricFactory(VersionFactory):
    """A small rubric: 5R with two groups of one item, K3L with a critical and a plain item, LEG with one yes/no."""

    class Meta:
        model = Rubric

    version = factory.Sequence(lambda n: 2 * n + 1)  # a draft begun on it is one higher
    name = "Rubrik kecil (contoh)"
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def content(rubric, create, extracted, **options):
        if not create:
            return
        five_s = dimension(rubric, "5R", "5R", 40, 1, photo_scores=[0, 1, 4])
        criterion(five_s, "R1.1", 1, group="Ringkas")
        criterion(five_s, "R2.1", 2, group="Rapi")
        safety = dimension(rubric, "K3L", "Kesehatan dan keselamatan", 50, 2)
        criterion(safety, "KS7", 1, is_critical=True)
        criterion(safety, "KS1", 2)
        legal = dimension(rubric, "LEG", "Legalitas", 10, 3)
        criterion(legal, "LEG1", 1, is_yes_no=True, anchors=["Tidak", "", "", "", "Ya"])
        if asked := options.get("asks"):  # fields of every dimension, before the version is frozen
            rubric.dimensions.update(**asked)


def dimension(rubric, code, name, weight, order, **fields):
    with thawed(rubric, "assessments_dimension"):
        return Dimension.objects.create(
            rubric=rubric,
            code=code,
            name=name,
            name_en=f"{name} in English",
            weight=weight,
            order=order,
            **fields,
        )


def criterion(dimension, code, order, **fields):
    words = {"text": f"Butir {code} dijalankan", "evidence_hint": "foto", "anchors": ANCHORS}
    with thawed(dimension.rubric, "assessments_criterion"):
        return Criterion.objects.create(dimension=dimension, code=code, order=order, **{**words, **fields})


def requirement(scheme, level, measure, **fields):
    with thawed(scheme, "assessments_classrequirement"):
        return ClassRequirement.objects.create(
            scheme=scheme, level=level, measure=measure, **{"order": 9, **fields}
        )


class ClassSchemeFactory(VersionFactory):
    """L2 asks for 55 overall, L3 for 70, L4 for 80; nothing else."""

    class Meta:
        model = ClassScheme

    version = factory.Sequence(lambda n: 2 * n + 1)  # a draft begun on it is one higher
    name = "Syarat kecil (contoh)"
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def content(scheme, create, extracted, **options):
        if create:
            for level, floor in ((2, 55), (3, 70), (4, 80)):
                ClassRequirement.objects.create(
                    scheme=scheme, level=level, measure="overall", threshold=Decimal(floor), order=1
                )


class CohortRubricFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CohortRubric
        django_get_or_create = ("cohort",)

    rubric = factory.SubFactory(RubricFactory)
    scheme = factory.SubFactory(ClassSchemeFactory)


class AssessmentFactory(factory.django.DjangoModelFactory):
    """A draft without scores; `filled=3` scores every item, `submitted` and `approved` take it further."""

    class Meta:
        model = Assessment
        skip_postgeneration_save = True

    class Params:
        cohort_pin = factory.LazyAttribute(lambda o: CohortRubricFactory(cohort=o.enrolment.cohort))

    enrolment = factory.SubFactory(EnrolmentFactory)
    enterprise = factory.SelfAttribute("enrolment.enterprise")
    rubric = factory.LazyAttribute(lambda o: o.cohort_pin.rubric)
    kind = Assessment.Kind.BASELINE
    visited_on = date(2026, 5, 5)
    assessor = factory.SubFactory(UserFactory, role=Role.ASSESSOR)

    @factory.post_generation
    def filled(assessment, create, value, **options):
        if create and value is not None:
            fill(assessment, value)

    @factory.post_generation
    def submitted(assessment, create, value, **options):
        if create and value:
            actions.submit(assessment, by=assessment.assessor)

    @factory.post_generation
    def approved(assessment, create, value, **options):
        if create and value:
            if assessment.status != Assessment.Status.SUBMITTED:
                fill(assessment, 3)
                actions.submit(assessment, by=assessment.assessor)
            actions.approve(assessment, by=UserFactory(role=Role.LEAD))


def criteria_of(assessment):
    return Criterion.objects.filter(dimension__rubric=assessment.rubric).select_related("dimension")


def fill(assessment, value=3, **values):
    """Score every item with `value`, those named by code (KS7=1) with their own; yes/no items get Ya."""
    values = {code.replace("_", "."): one for code, one in values.items()}
    answers = {
        item: (values.get(item.code, 4 if item.is_yes_no else value), False, "")
        for item in criteria_of(assessment)
    }
    actions.save_scores(assessment, answers, by=assessment.assessor)


class FindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Finding

    enterprise = factory.SubFactory(EnterpriseFactory)
    problem = factory.Sequence(lambda n: f"Temuan contoh {n}")
    found_on = date(2026, 11, 1)
    due_on = date(2026, 12, 1)


class PlanItemFactory(factory.django.DjangoModelFactory):
    """An open item of an official assessment; each further one of an enrolment is about the next criterion."""

    class Meta:
        model = PlanItem

    class Params:
        taken = factory.LazyAttribute(lambda o: o.enrolment.plan_items.values("criterion"))

    enrolment = factory.SubFactory(EnrolmentFactory)
    enterprise = factory.SelfAttribute("enrolment.enterprise")
    assessment = factory.LazyAttribute(
        lambda o: (
            o.enrolment.assessments.official().first()
            or AssessmentFactory(enrolment=o.enrolment, approved=True)
        )
    )
    criterion = factory.LazyAttribute(lambda o: criteria_of(o.assessment).exclude(pk__in=o.taken).first())
    current_value = 1
    target_value = 3
    gain = Decimal("5")
    due_on = date(2027, 2, 1)


class ScorecardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Scorecard

    enterprise = factory.SubFactory(EnterpriseFactory)
    month = date(2026, 10, 1)
    due_quantity = 1000
    on_time_quantity = 950
    delivered_quantity = 1000
    rejected_quantity = 0
    delivered_value = 100_000_000
    accepted_value = 100_000_000
    agreements_in_force = 1
    buyers = 1
    frozen_at = factory.LazyFunction(timezone.now)


def waiting_decision(enrolment, *, by=None, assessor=None, **assessment) -> ClassDecision:
    """A proposal on a freshly approved assessment of the enrolment."""
    extra = {"assessor": assessor} if assessor else {}
    AssessmentFactory(enrolment=enrolment, approved=True, **extra, **assessment)
    return actions.propose_decision(enrolment, by=by or UserFactory(role=Role.STAFF))
