"""Five hundred phones of a hall share one address: no limit counts fewer than that by address alone (C4)."""

import pytest
from allauth.account import app_settings
from django.core.cache import cache
from django.urls import reverse

from closedloop.accounts.roles import Role
from tests.factories.accounts import PASSWORD, UserFactory

HALL = 500
# ways in that nobody is offered in a hall: no sign-up, no codes and telephones of allauth's own
CLOSED = {"signup", "request_login_code", "verify_phone"}


def test_no_address_is_limited_below_a_hall():
    by_address = {
        action: rate
        for action, rates in app_settings.RATE_LIMITS.items()
        for rate in rates.split(",")
        if rate.endswith("/ip") and action not in CLOSED
    }
    assert {"login", "login_failed", "reset_password_from_key"} <= set(by_address)
    assert all(int(rate.split("/")[0]) >= HALL and rate.split("/")[1] == "m" for rate in by_address.values())


@pytest.mark.django_db
def test_after_300_wrong_passwords_from_the_hall_the_next_still_signs_in(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    owner = UserFactory(role=Role.OWNER)
    owner.set_password(PASSWORD)
    owner.save()
    for number in range(300):
        client.post(reverse("account_login"), {"login": f"salah{number}@contoh.id", "password": "bukan-ini"})
    answer = client.post(reverse("account_login"), {"login": owner.email, "password": PASSWORD})
    assert answer.status_code == 302
