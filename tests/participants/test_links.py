"""An applicant who lost the link gets it again: by mail, at the address they gave, and seen by nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.actions import send_outbox
from closedloop.notifications.models import Notification
from participants import actions
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


def test_the_link_is_mailed_and_recorded_and_shown_to_no_staff(client, login, reference):
    application = ApplicationFactory(email="sulastri@contoh.id", consent_language="en")
    login(Role.STAFF)
    answer = client.post(reverse("participants:resend_link", args=[application.code]), follow=True)
    assert application.public_path not in answer.content.decode()
    send_outbox()
    (message,) = mail.outbox
    assert message.to == ["sulastri@contoh.id"] and application.public_path in message.body
    assert "Anda" not in message.body  # it agreed in English
    assert Event.objects.get(verb="application.link_sent").target_id == str(application.pk)


def test_a_second_press_mails_nothing_until_ten_minutes_later(staff, reference):
    application = ApplicationFactory()
    actions.resend_link(application, by=staff)
    with pytest.raises(ValidationError, match="baru saja"):
        actions.resend_link(application, by=staff)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        actions.resend_link(application, by=staff)
    assert Notification.objects.filter(path=application.public_path).count() == 2


def test_who_gave_none_or_is_forgotten_gets_none(staff, reference):
    silent, gone = ApplicationFactory(email=""), ApplicationFactory()
    actions.withdraw_application(gone)
    for application, message in ((silent, "tidak memberi email"), (gone, "sudah dihapus")):
        with pytest.raises(ValidationError, match=message):
            actions.resend_link(application, by=staff)
    assert (
        not Notification.objects.exists() and not Event.objects.filter(verb="application.link_sent").exists()
    )


def test_a_draft_is_found_by_its_address_and_nobody_learns_of_it(client, login, reference):
    draft = ApplicationFactory(draft=True, email="", answers={"email": "Rina@contoh.id"})
    sent = ApplicationFactory(email="rina@contoh.id")
    ApplicationFactory(draft=True, email="", answers={"email": "lain@contoh.id"})
    login(Role.STAFF)
    url = reverse("participants:resend_links")
    pages = [
        client.post(url, {"email": email}, follow=True).content.decode().replace(email, "")
        for email in ("rina@contoh.id", "tidak-ada@contoh.id")
    ]
    paths = set(Notification.objects.values_list("path", flat=True))
    assert paths == {draft.public_path, sent.public_path}
    assert draft.code not in pages[0]
    assert "tautannya sedang dikirim" in pages[0] and "tautannya sedang dikirim" in pages[1]


def test_a_cohort_leads_to_its_applications(client, login, reference):
    application = ApplicationFactory()
    login(Role.STAFF)
    page = client.get(reverse("participants:cohort", args=[application.cohort.code])).content.decode()
    shortlist = reverse("participants:shortlist", args=[application.cohort.code])
    assert f'href="{shortlist}"' in page
    queue = f"{reverse('participants:applications')}?angkatan={application.cohort.code}&amp;status=semua"
    page = client.get(shortlist).content.decode()
    assert f'href="{queue}"' in page and "1 pendaftaran" in page
    assert application.code in client.get(queue.replace("&amp;", "&")).content.decode()
