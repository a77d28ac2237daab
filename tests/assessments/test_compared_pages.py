"""Where before and now stand on different versions of the rubric, pages compare shared items and say so."""

from datetime import date

import pytest
from django.urls import reverse

from assessments import actions
from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.assessments import (
    AssessmentFactory,
    ClassSchemeFactory,
    CohortRubricFactory,
    RubricFactory,
    criteria_of,
    criterion,
    fill,
)
from tests.factories.participants import EnrolmentFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db


def approved(assessment, value, **values):
    fill(assessment, value, **values)
    actions.submit(assessment, by=assessment.assessor)
    actions.approve(assessment, by=UserFactory(role=Role.LEAD))


def test_shared_items_alone_are_compared_and_the_page_says_so(client, login):
    login(Role.LEAD)
    enterprise = EnterpriseFactory()
    before = EnrolmentFactory(enterprise=enterprise, status="graduated")
    now = EnrolmentFactory(enterprise=enterprise)
    newer = RubricFactory()
    criterion(newer.dimensions.get(code="5R"), "R9.9", 9)
    CohortRubricFactory(cohort=now.cohort, rubric=newer, scheme=ClassSchemeFactory())
    first = AssessmentFactory(enrolment=before, visited_on=date(2025, 5, 5))
    approved(first, 2)
    last = AssessmentFactory(enrolment=now, kind="midyear", visited_on=date(2026, 5, 5))
    approved(last, 3, R9_9=2)
    assert criteria_of(last).count() == 6

    page = client.get(last.get_absolute_url()).content.decode()
    assert "Dibandingkan pada 5 dari 6 butir yang sama" in page and "R9.9" in page
    assert "50 → 66,7" in page  # the item that came later is in what is now, and in no comparison
    profile = client.get(reverse("dashboard:profile", args=[enterprise.code])).content.decode()
    assert "Penilaian awal" in profile
