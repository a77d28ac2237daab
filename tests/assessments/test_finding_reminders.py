"""Reminders of findings: the right people, each step once, nobody after a withdrawal."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from assessments import actions
from assessments.models import Finding, FindingReminder
from closedloop.accounts.roles import Role
from closedloop.dashboard import morning
from closedloop.notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.assessments import FindingFactory
from tests.factories.participants import (
    ConsentFactory,
    EnrolmentFactory,
    MentorAssignmentFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def enterprise():
    enrolment = EnrolmentFactory()
    MentorAssignmentFactory(enrolment=enrolment)
    PersonFactory(enterprise=enrolment.enterprise)
    return enrolment.enterprise


@pytest.fixture
def owner(enterprise):
    return enterprise.people.get().user


@pytest.fixture
def mentor(enterprise):
    return enterprise.enrolments.get().mentor_assignments.get().mentor


def due_in(enterprise, days, **facts):
    today = timezone.localdate()
    found_on = today - timedelta(days=40)
    return FindingFactory(
        enterprise=enterprise, found_on=found_on, due_on=today + timedelta(days=days), **facts
    )


def told():
    return sorted(Notification.objects.filter(kind="finding.reminded").values_list("user", flat=True))


def test_owner_and_mentor_are_told_once_of_each_step(enterprise, owner, mentor):
    finding = due_in(enterprise, 7)
    due_in(enterprise, 8)
    today = timezone.localdate()
    assert [actions.remind_of_findings(today + timedelta(days=n)) for n in (0, 0)] == [1, 0]
    assert told() == sorted([owner.pk, mentor.pk])
    said = [actions.remind_of_findings(today + timedelta(days=n)) for n in range(1, 22)]
    steps = FindingReminder.objects.filter(finding=finding).values_list("offset_days", flat=True)
    assert sorted(steps) == [-7, 0, 7, 14]
    assert sum(said) == 3 + 3  # the other one is a day behind and not yet two weeks late
    assert actions.remind_of_findings(today + timedelta(days=21)) == 0


def test_another_day_begins_anew(enterprise, mentor):
    finding = due_in(enterprise, 0)
    assert actions.remind_of_findings() == 1
    actions.move_due(finding, timezone.localdate() + timedelta(days=5), "Suku cadang", by=mentor)
    assert (actions.remind_of_findings(), actions.remind_of_findings()) == (1, 0)


def test_what_waits_for_the_mentor_is_the_mentors(enterprise, mentor):
    due_in(enterprise, -7, status=Finding.Status.PROPOSED)
    actions.remind_of_findings()
    assert told() == [mentor.pk]


def test_nobody_is_reminded_after_a_withdrawal_and_again_after_a_new_consent(enterprise):
    consent = ConsentFactory(enterprise=enterprise)
    consent.withdrawn_at = timezone.now()
    consent.save()
    due_in(enterprise, 0)
    assert actions.remind_of_findings() == 0
    assert not FindingReminder.objects.exists()
    ConsentFactory(enterprise=enterprise)
    assert actions.remind_of_findings() == 1


def test_closed_ones_are_not_reminded_of(enterprise, mentor):
    actions.close_finding(due_in(enterprise, 0), by=mentor)
    assert actions.remind_of_findings() == 0


def test_the_message_is_in_the_portals_language_whatever_the_worker_speaks(enterprise):
    due_in(enterprise, -8)
    with translation.override("en"):
        actions.remind_of_findings()
    assert "Lewat 8 hari" in Notification.objects.filter(kind="finding.reminded").first().title


def test_staff_get_the_late_ones_once_a_week(enterprise):
    staff = UserFactory(role=Role.STAFF)
    today = timezone.localdate()
    due_in(enterprise, -20)
    monday = today + timedelta(days=7 - today.weekday())
    assert [actions.escalate_findings(monday + timedelta(days=n)) for n in (0, 0, 3, 7)] == [1, 0, 0, 1]
    messages = Notification.objects.filter(kind="finding.escalated", user=staff)
    assert len(messages) == 2
    assert str(enterprise) in messages[0].body
    assert messages[0].path.endswith("?lewat=1")


def test_beat_runs_both(enterprise):
    due_in(enterprise, -30)
    morning.remind_of_findings()
    morning.escalate_findings()
    assert set(FindingReminder.objects.values_list("kind", flat=True)) == {"reminder", "escalation"}
