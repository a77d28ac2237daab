"""What is told to the other side is in the portal's language, also when who writes it reads English."""

import pytest
from django.utils import translation

from closedloop.accounts.roles import Role
from closedloop.notifications.models import Notification
from participants import actions
from participants.models import Enrolment
from partnerships.actions.agreements import suspend
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_an_agreement_suspended_in_english(world):
    with translation.override("en"):
        suspend(world.agreement, "Menunggu gambar baru dari pembeli", by=UserFactory(role=Role.STAFF))
    titles = set(Notification.objects.filter(kind="agreement.suspended").values_list("title", flat=True))
    assert titles == {f"Perjanjian {world.agreement.number} ditangguhkan"}


def test_a_mentor_assigned_in_english(world):
    enrolment = Enrolment.objects.get(pk=world.enrolment.pk)
    mentor = UserFactory(role=Role.MENTOR)
    with translation.override("en"):
        actions.assign_mentor(enrolment, mentor, by=UserFactory(role=Role.STAFF))
    titles = list(
        Notification.objects.filter(kind="mentor.assigned", user=mentor).values_list("title", flat=True)
    )
    assert titles[-1] == f"Anda mendampingi {enrolment.enterprise}"
