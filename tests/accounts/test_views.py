"""Signing in, being invited, one's own account."""

import pytest
from django.core import mail
from django.urls import reverse

from closedloop.accounts import actions
from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from tests.factories.accounts import PASSWORD, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_signing_in_by_email_in_any_case(client):
    user = UserFactory(email="ratna@contoh.id", role=Role.STAFF)
    response = client.post(reverse("account_login"), {"login": "Ratna@Contoh.id", "password": PASSWORD})
    assert (response.status_code, response.url) == (302, reverse("dashboard:start"))
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_keeps_the_address_and_says_what_to_do(client):
    UserFactory(email="ratna@contoh.id")
    response = client.post(reverse("account_login"), {"login": "ratna@contoh.id", "password": "salah"})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="ratna@contoh.id"' in page
    assert "_auth_user_id" not in client.session


def test_nobody_signs_themselves_up(client):
    client.post(reverse("account_signup"), {"email": "baru@contoh.id", "password1": PASSWORD})
    assert not User.objects.filter(email="baru@contoh.id").exists()


def test_inviting_mails_a_link_that_opens_the_account(client, login):
    login(Role.ADMIN)
    organisation = OrganisationFactory()
    form = {
        "full_name": "Sari",
        "email": "sari@contoh.id",
        "role": "mentor",
        "organisation": str(organisation.pk),
    }
    client.post(reverse("accounts:invite"), form)
    assert [message.to for message in mail.outbox] == [["sari@contoh.id"]]
    path = next(line for line in mail.outbox[0].body.splitlines() if "/aktivasi/" in line).split("8000")[1]
    client.logout()
    assert "Sari" in client.get(path).content.decode()
    response = client.post(path, {"password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(email="sari@contoh.id").pk)
    client.logout()
    assert client.get(path).status_code == 410


def test_a_faulty_invitation_keeps_what_was_typed_and_saves_nothing(client, login):
    login(Role.ADMIN)
    page = client.post(
        reverse("accounts:invite"), {"full_name": "Sari", "email": "bukan-email"}
    ).content.decode()
    assert 'value="Sari"' in page
    assert "Tulis alamat email seperti nama@contoh.id." in page
    assert "Pilih lembaga." in page
    assert not User.objects.filter(full_name="Sari").exists()


def test_a_short_first_password_is_refused_in_words(client):
    user, token = actions.invite(
        by=UserFactory(role=Role.ADMIN), email="s@contoh.id", full_name="Sari", role=Role.VIEWER
    )
    page = client.post(reverse("accounts:activate", args=[token]), {"password": "pendek"}).content.decode()
    assert "12" in page
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_a_phone_is_stored_once_however_it_is_typed(client, login):
    user = login(Role.OWNER)
    client.post(reverse("accounts:profile"), {"full_name": "Ibu Ratna", "phone": "0812-3456-7890"})
    user.refresh_from_db()
    assert (user.full_name, user.phone) == ("Ibu Ratna", "+6281234567890")


def test_an_unreadable_phone_is_named_and_kept(client, login):
    user = login(Role.OWNER)
    page = client.post(
        reverse("accounts:profile"), {"full_name": "Ibu Ratna", "phone": "tanya adik"}
    ).content.decode()
    assert 'value="tanya adik"' in page
    user.refresh_from_db()
    assert user.full_name != "Ibu Ratna"


def test_the_language_is_chosen_and_kept(client, login):
    login(Role.ADMIN)
    assert 'lang="id"' in client.get(reverse("accounts:profile")).content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": reverse("accounts:profile")})
    assert '<html lang="en"' in client.get(reverse("accounts:profile")).content.decode()


@pytest.mark.parametrize("people", [1, 5])
def test_the_user_list_costs_the_same_for_one_and_for_many(
    people, client, login, django_assert_max_num_queries
):
    login(Role.ADMIN)
    UserFactory.create_batch(people, organisation=OrganisationFactory())
    with django_assert_max_num_queries(8):
        client.get(reverse("accounts:users"))
