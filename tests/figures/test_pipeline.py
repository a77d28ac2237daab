from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from closedloop.figures import catalogue as figures
from closedloop.figures.stage import Stage
from participants.models import Cohort
from tests.factories.assessments import AssessmentFactory
from tests.factories.participants import (
    CohortFactory,
    EnrolmentFactory,
    EnterpriseFactory,
    MentorAssignmentFactory,
)
from tests.factories.partnerships import (
    BuyerFactory,
    ClearanceFactory,
    DeliveryFactory,
    OrderFactory,
    OrderLineFactory,
    agreement_between,
)
from tests.factories.trainings import ModuleFactory, pass_module

pytestmark = pytest.mark.django_db


@pytest.fixture
def trained():
    enrolment = EnrolmentFactory()
    MentorAssignmentFactory(enrolment=enrolment)
    pass_module(enrolment, ModuleFactory())
    return enrolment


def test_each_station_is_read_from_the_records(trained):
    enterprise = trained.enterprise
    assert figures.stage(EnterpriseFactory()).stage is Stage.SELECTION
    assert figures.stage(EnrolmentFactory().enterprise).stage is Stage.TRAINING
    assert figures.stage(enterprise).stage is Stage.MENTORING
    AssessmentFactory(enrolment=trained, kind="midyear", filled=3, submitted=True)
    assert figures.stage(enterprise).stage is Stage.ASSESSMENT


def test_supply_is_completed_by_the_first_confirmed_delivery(trained):
    enterprise, buyer = trained.enterprise, BuyerFactory()
    AssessmentFactory(enrolment=trained, kind="midyear", approved=True)
    assert figures.stage(enterprise).stage is Stage.SUPPLY
    agreement = agreement_between([enterprise], [buyer])
    line = OrderLineFactory(order=OrderFactory(enterprise=enterprise, buyer=buyer, agreement=agreement))
    DeliveryFactory(line=line)
    waiting = figures.stage(enterprise)
    assert (waiting.stage, waiting.next_step.role) == (Stage.SUPPLY, "buyer")
    assert waiting.next_step.path == reverse("partnerships:enterprise", args=[enterprise.code])
    DeliveryFactory(line=line, status="confirmed", delivered_on=date(2026, 7, 20))
    done = figures.stage(enterprise)
    # the delivery came before the assessment was approved, so the station is held since the approval
    assert (done.stage, done.since) == (Stage.PROMOTION, timezone.localdate())


def test_the_open_enrolment_counts_and_not_an_older_one(trained):
    EnrolmentFactory(
        enterprise=trained.enterprise,
        cohort=CohortFactory(starts_on=date(2024, 1, 8), status=Cohort.Status.CLOSED),
        status="graduated",
    )
    assert figures.stage(trained.enterprise).stage is Stage.MENTORING


def test_stages_of_many_take_as_many_queries_as_of_one(django_assert_num_queries, trained):
    others = [EnrolmentFactory().enterprise for _ in range(4)]
    with django_assert_num_queries(15) as of_one:
        figures.stages([trained.enterprise])
    with django_assert_num_queries(len(of_one.captured_queries)):
        figures.stages([trained.enterprise, *others])


def test_counts_per_stage_and_per_province(trained):
    EnterpriseFactory()
    stages = figures.value("pipeline.stages", figures.Scope())
    assert {part.key: part.value for part in stages.parts if part.value} == {"selection": 1, "mentoring": 1}
    provinces = figures.value("pipeline.provinces", figures.Scope())
    assert [(part.key, part.value) for part in provinces.parts] == [("JT", 2)]


def test_the_funnel_counts_each_step_by_itself(trained):
    EnrolmentFactory(cohort=trained.cohort, status="applicant")
    ClearanceFactory(
        enterprise=trained.enterprise, status="ready", unmet=[], sample_approved_on=date(2026, 3, 2)
    )
    scope = figures.Scope(cohort=trained.cohort)
    parts = {part.key: part.value for part in figures.value("pipeline.funnel", scope).parts}
    assert parts == {"registered": 2, "accepted": 1, "active": 1, "graduated": 0, "promoted": 0, "ready": 1}
    assert figures.value("pipeline.ready", scope).of == "1 dari 2 IKM"
