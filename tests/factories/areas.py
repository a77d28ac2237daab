"""Assessments that are filled per area."""

import factory

from assessments.models import Area, CohortRubric
from tests.factories.assessments import (
    AssessmentFactory,
    CohortRubricFactory,
    RubricFactory,
    criterion,
    dimension,
)
from tests.factories.participants import EnrolmentFactory

KINDS = [
    {"code": "gudang", "name": "Gudang bahan baku", "name_en": "Raw material store"},
    {"code": "produksi", "name": "Produksi", "name_en": "Production line", "is_default": True},
]
BANDS = [
    {"from": 0, "name": "Kurang", "name_en": "Poor"},
    {"from": 50, "name": "Cukup", "name_en": "Fair"},
    {"from": 65, "name": "Baik", "name_en": "Good"},
    {"from": 80, "name": "Sangat Baik", "name_en": "Very good"},
    {"from": 90, "name": "Istimewa", "name_en": "Excellent"},
]


class AreaRubricFactory(RubricFactory):
    """The small rubric with 5R per area: two groups, one item of them critical."""

    area_kinds = KINDS

    @factory.post_generation
    def content(rubric, create, extracted, **options):
        if not create:
            return
        per_area = {"is_per_area": True, "photo_scores": [0, 1, 4], "bands": BANDS, "pass_score": 75}
        five_s = dimension(rubric, "5R", "5R", 40, 1, **per_area)
        criterion(five_s, "R1.1", 1, group="Ringkas")
        criterion(five_s, "R2.1", 2, group="Rapi", is_critical=True)
        criterion(dimension(rubric, "K3L", "Kesehatan dan keselamatan", 60, 2), "KS1", 1)


class AreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Area

    assessment = factory.SubFactory(AssessmentFactory)
    name = factory.Sequence(lambda n: f"Area {n}")
    order = factory.Sequence(lambda n: n + 1)


def assessment_with(*names, **fields):
    """Return a draft on the per-area rubric, which its cohort follows, with areas of these names."""
    enrolment = fields.pop("enrolment", None) or EnrolmentFactory()
    rubric = cohort_on_areas(enrolment.cohort).rubric
    made = AssessmentFactory(enrolment=enrolment, rubric=rubric, **fields)
    for order, name in enumerate(names, start=1):
        AreaFactory(assessment=made, name=name, order=order)
    return made


def cohort_on_areas(cohort):
    """Pin the per-area rubric to a cohort that has none yet, and return the pin."""
    known = CohortRubric.objects.filter(cohort=cohort).first()
    return known or CohortRubricFactory(cohort=cohort, rubric=AreaRubricFactory())
