"""Numbers that stand side by side say what they count."""

import pytest
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.figures import catalogue as figures
from tests.factories.participants import CohortFactory, EnrolmentFactory

pytestmark = pytest.mark.django_db


def test_reaching_the_board_is_not_called_a_promotion():
    scope = figures.Scope()
    reached = {part.key: str(part.name) for part in figures.value("pipeline.reached", scope).parts}
    assert reached["promotion"] == "Sampai sidang kelas"
    assert str(figures.value("pipeline.promoted", scope).figure.name) == "IKM naik kelas"


def test_a_closed_cohort_tells_its_graduates_not_its_empty_places(client, login):
    login(Role.LEAD)
    cohort = CohortFactory(status="closed", quota=20)
    EnrolmentFactory(cohort=cohort, status="graduated")
    page = client.get(reverse("participants:cohorts")).content.decode()
    assert "1 lulus, kuota 20" in page and "0 dari 20" not in page
