"""One bad address keeps nobody else's mail waiting."""

import pytest
from django.core import mail

from closedloop.notifications.actions import send_outbox, tell, tell_by_mail
from closedloop.notifications.models import Notification
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def post_office(settings):
    settings.EMAIL_BACKEND = "tests.notifications.post_office.EmailBackend"


def test_an_address_nobody_has_is_given_up_and_the_next_is_mailed():
    tell_by_mail("unknown@contoh.id", "contoh", "Kabar")
    tell_by_mail("ada@contoh.id", "contoh", "Kabar")
    assert send_outbox() == 1
    assert [message.to for message in mail.outbox] == [["ada@contoh.id"]]
    assert not Notification.objects.unsent().exists()
    assert not Notification.objects.filter(address="unknown@contoh.id").exists()


def test_who_has_an_account_reads_it_in_the_portal_all_the_same():
    person = UserFactory(email="unknown@contoh.id")
    tell([person], "contoh", "Kabar")
    assert send_outbox() == 0
    kept = Notification.objects.visible_to(person).get()
    assert (kept.by_mail, kept.read_at) == (False, None)


def test_an_address_that_is_busy_waits_its_turn_and_holds_up_nobody():
    tell_by_mail("later@contoh.id", "contoh", "Kabar")
    tell_by_mail("ada@contoh.id", "contoh", "Kabar")
    assert send_outbox() == 1
    assert [row.address for row in Notification.objects.unsent()] == ["later@contoh.id"]
