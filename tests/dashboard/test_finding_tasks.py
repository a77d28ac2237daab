"""Who is asked to look again at a mending."""

from datetime import timedelta

import pytest

from assessments import actions
from closedloop.accounts.roles import Role
from closedloop.dashboard.finding_tasks import effects_to_check
from tests.factories.accounts import UserFactory
from tests.factories.assessments import FindingFactory

pytestmark = pytest.mark.django_db


def test_somebody_else_is_asked_once_the_day_has_come():
    closer, other = UserFactory(role=Role.STAFF), UserFactory(role=Role.STAFF)
    finding = FindingFactory()
    actions.close_finding(finding, by=closer)
    day = finding.effectiveness.due_on
    assert list(effects_to_check(other, day - timedelta(days=1))) == []
    assert [task.count for task in effects_to_check(other, day)] == [1]
    assert list(effects_to_check(closer, day)) == []
