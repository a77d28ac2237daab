from datetime import date
from decimal import Decimal

import pytest
import time_machine

from closedloop.figures import catalogue as figures
from participants.models import Enterprise
from tests.factories.assessments import AssessmentFactory, FindingFactory
from tests.factories.participants import EnrolmentFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessed():
    """One IKM assessed twice: every item 2 of 4 (legal Ja), then 3 of 4."""
    enrolment = EnrolmentFactory()
    AssessmentFactory(
        enrolment=enrolment, filled=2, submitted=True, approved=True, visited_on=date(2026, 2, 3)
    )
    AssessmentFactory(
        enrolment=enrolment,
        filled=3,
        submitted=True,
        approved=True,
        visited_on=date(2026, 8, 3),
        kind="midyear",
    )
    return enrolment.enterprise


def test_first_last_and_change_of_one_ikm(assessed):
    # 5R and K3L weigh 90 and score 50 then 75; LEG weighs 10 and scores 100: 55 and 77.5
    values = figures.collect(
        ["scores.first", "scores.last", "scores.change"], figures.Scope(enterprise=assessed)
    )
    assert [value.value for value in values.values()] == [Decimal(55), Decimal("77.5"), Decimal("22.5")]
    assert values["scores.change"].text == "+22,5"


def test_many_ikm_have_the_mean_and_those_never_assessed_are_not_zero(assessed):
    EnterpriseFactory()
    scope = figures.Scope()
    assert figures.value("scores.last", scope).value == Decimal("77.5")
    assert figures.value("scores.assessed", scope).of == "1 dari 2 IKM"


def test_a_draft_and_a_self_assessment_are_not_official(assessed):
    AssessmentFactory(enrolment=assessed.enrolments.get(), kind="self", filled=4)
    assert figures.value("scores.last", figures.Scope(enterprise=assessed)).records == 1


def test_an_assessment_after_the_period_is_not_counted(assessed):
    scope = figures.Scope(enterprise=assessed, period_until=date(2026, 6, 30))
    assert figures.value("scores.last", scope).value == Decimal(55)
    assert figures.value("scores.change", scope).value is None


@time_machine.travel("2026-11-24T03:00:00Z", tick=False)
def test_findings_are_counted_by_state_and_by_the_day(assessed):
    FindingFactory(enterprise=assessed, is_critical=True, due_on=date(2026, 11, 23))
    FindingFactory(enterprise=assessed, due_on=date(2026, 11, 24))
    values = figures.collect(
        ["scores.findings_open", "scores.findings_critical", "scores.findings_overdue"],
        figures.Scope(enterprise=assessed),
    )
    assert [value.value for value in values.values()] == [2, 1, 1]


def test_without_any_assessment_the_findings_are_unknown_and_not_none():
    enterprise = EnterpriseFactory()
    assert figures.value("scores.findings_open", figures.Scope(enterprise=enterprise)).value is None


def test_classes_have_a_part_for_those_without_one():
    EnterpriseFactory()
    Enterprise.objects.filter(pk=EnterpriseFactory().pk).update(class_level=2, class_since=date(2026, 3, 2))
    parts = figures.value("scores.classes", figures.Scope()).parts
    assert [(part.key, part.value) for part in parts] == [("0", 1), ("1", 0), ("2", 1), ("3", 0), ("4", 0)]
