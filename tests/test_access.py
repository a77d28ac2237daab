"""The access table, walked."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import PUBLIC, TABLE
from tests.access.table import ROLES

CASES = [pytest.param(row, who, id=f"{row.method} {row.name} {who}") for row in TABLE for who in ROLES]


def routes(resolver=None, namespace=""):
    """Yield the full name of every address of the portal."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def call(client, row, world):
    address = reverse(row.name, args=row.args(world)) + row.query
    if row.method == "get":
        return client.get(address)
    return client.post(address, row.data(world))


@pytest.mark.django_db
@pytest.mark.parametrize("row, who", CASES)
def test_access(row, who, client, login, world):
    row.before(world)
    row.args(world)  # built before signing in, so that the records do not depend on who looks
    login(getattr(world, who))
    response = call(client, row, world)
    assert response.status_code == row.expected(who), f"{who} at {response.request['PATH_INFO']}"


@pytest.mark.django_db
@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row.method} {row.name}") for row in TABLE])
def test_anonymous_people_are_sent_to_sign_in(row, client, world):
    row.before(world)
    response = call(client, row, world)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_every_address_stands_in_the_access_table():
    assert {row.name for row in TABLE} | set(PUBLIC) == set(routes())


def test_no_row_is_written_twice():
    keys = [(row.name, row.method, row.query) for row in TABLE]
    assert len(keys) == len(set(keys))
