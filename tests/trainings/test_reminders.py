"""Reminders of a session: the text, who may be reached how, and that nobody is reminded twice unseen."""

from urllib.parse import unquote

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

import participants.actions
from closedloop.accounts.roles import Role
from closedloop.core.models import new_id
from tests.factories.accounts import UserFactory
from tests.factories.trainings import ExcuseFactory, SessionFactory, enrol
from trainings import actions
from trainings.models import SessionReminder

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db):
    return SessionFactory()


@pytest.fixture
def contact(session):
    enrolment, person = enrol(session.cohort)
    person.phone = "+6281234567890"
    person.save()
    return enrolment, person


@pytest.fixture
def agreed(contact):
    participants.actions.give_consent(contact[0].enterprise, by=None, purpose="whatsapp", channel="Kertas")


def address(session) -> str:
    return reverse("trainings:session_reminders", args=[session.code])


def test_the_text_says_when_where_and_the_way(client, login, session, contact, agreed):
    login(Role.STAFF)
    page = unquote(client.get(address(session)).content.decode())
    assert "https://wa.me/6281234567890?text=" in page
    assert contact[1].full_name in page
    assert "WIB, di Aula sentra contoh, Kab. Tegal" in page
    assert f"/saya/sesi/{session.code}/" in page


def test_without_consent_there_is_no_button(client, login, session, contact):
    login(Role.STAFF)
    page = client.get(address(session)).content.decode()
    assert "wa.me" not in page
    assert "Tanpa persetujuan WhatsApp" in page
    assert "0812-3456-7890" in page
    with pytest.raises(ValidationError, match="belum setuju"):
        actions.remind(session, *contact, "whatsapp", by=UserFactory(role=Role.STAFF))


def test_who_was_reminded_is_seen_by_the_next(client, login, session, contact, agreed):
    first = login(Role.STAFF)
    form = {"key": new_id(), "enrolment": contact[0].pk, "channel": "whatsapp"}
    for _number in range(2):
        client.post(address(session), form)
    one = SessionReminder.objects.get()
    assert (one.person, one.by) == (contact[1], first)
    login(Role.STAFF)
    page = client.get(address(session)).content.decode()
    assert "1 dari 1 IKM sudah diingatkan" in page
    assert str(first) in page


def test_a_trainer_does_not_learn_the_numbers_of_others(client, login, session, contact, agreed):
    login(session.trainer)
    page = client.get(address(session)).content.decode()
    assert "Bukan IKM binaan Anda" in page
    assert "81234567890" not in page
    client.post(address(session), {"key": new_id(), "enrolment": contact[0].pk, "channel": "whatsapp"})
    assert not SessionReminder.objects.exists()


def test_who_is_excused_is_left_alone(client, login, session, contact):
    excuse = ExcuseFactory(session=session, enrolment=contact[0])
    actions.answer_excuse(excuse, grant=True, by=session.trainer)
    login(Role.STAFF)
    assert "Tidak ada yang perlu diingatkan" in client.get(address(session)).content.decode()


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"channel": "pigeon"}, "Pilih caranya"),
        ({"enrolment": "7"}, "Pilih IKM"),
        ({"enrolment": new_id()}, "tidak ada di"),
    ],
)
def test_what_is_wrong_is_said(client, login, session, contact, changed, words):
    login(Role.STAFF)
    form = {"key": new_id(), "enrolment": contact[0].pk, "channel": "other", **changed}
    assert words in client.post(address(session), form, follow=True).content.decode()
    assert not SessionReminder.objects.exists()


def test_not_of_a_session_that_is_over(session, contact):
    held = SessionFactory(held=True, cohort=session.cohort)
    with pytest.raises(ValidationError, match="sudah selesai"):
        actions.remind(held, *contact, "other", by=session.trainer)
