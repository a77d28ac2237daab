"""Staff invite mentors, and send a link again to whom they may invite and nobody else."""

import pytest
from django.core import mail
from django.urls import reverse

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from tests.factories.accounts import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
INVITE = reverse("accounts:invite")


def typed(**changes) -> dict:
    form = {"full_name": "Sari", "email": "sari@contoh.id", "role": "mentor"}
    return form | {"organisation": str(OrganisationFactory().pk)} | changes


def never_used(**fields) -> User:
    user = UserFactory(**fields)
    user.set_unusable_password()
    user.save()
    return user


def test_staff_invite_a_mentor_who_is_mailed_a_link(client, login):
    login(Role.STAFF)
    page = client.post(INVITE, typed(), follow=True)
    assert page.redirect_chain == [(INVITE, 302)]
    assert User.objects.get(email="sari@contoh.id").role == Role.MENTOR
    assert [message.to for message in mail.outbox] == [["sari@contoh.id"]]
    assert "/aktivasi/" not in page.content.decode()  # the link is the mentor's alone
    assert "sari@contoh.id" in page.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MENTOR])
def test_from_their_form_they_invite_nobody_else(client, login, role):
    login(Role.STAFF)
    assert "Pilih peran dari daftar." in client.post(INVITE, typed(role=role)).content.decode()
    assert not User.objects.filter(email="sari@contoh.id").exists()


def test_a_link_goes_again_only_to_an_unused_account_they_may_invite(client, login):
    login(Role.STAFF)
    mentor, colleague = never_used(role=Role.MENTOR), never_used(role=Role.STAFF)
    in_use = UserFactory(role=Role.MENTOR)
    page = client.get(INVITE).content.decode()
    assert mentor.email in page and colleague.email not in page and in_use.email not in page
    codes = [
        client.post(reverse("accounts:renew_invitation", args=[person.pk])).status_code
        for person in (mentor, colleague, in_use)
    ]
    assert codes == [302, 404, 404]
    assert [message.to for message in mail.outbox] == [[mentor.email]]
