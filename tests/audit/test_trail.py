"""The trail cannot be changed, and moves leave one."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.audit.trail import SYSTEM, plain, record
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"],
)
def test_the_database_refuses_to_change_the_trail(statement):
    record("user.looked", UserFactory(), by=None)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(Event.objects.values_list("verb", "actor_name")) == [("user.looked", SYSTEM)]


def test_an_event_outlives_the_person_it_names():
    user = UserFactory(full_name="Sari")
    record("user.looked", user, by=user, amount=Decimal("1500000"))
    user.delete()
    event = Event.objects.get()
    assert (event.actor_name, event.target_name, event.data) == ("Sari", "Sari", {"amount": "1500000"})


def test_plain_keeps_digits():
    assert plain({"a": Decimal("0.10"), "b": (1, None)}) == {"a": "0.10", "b": [1, None]}


@pytest.mark.parametrize("role", Role)
def test_the_trail_is_read_by_those_who_may(role):
    record("user.looked", UserFactory(), by=None)
    seen = Event.objects.visible_to(UserFactory(role=role)).count()
    assert seen == (1 if role in {Role.LEAD, Role.STAFF, Role.ADMIN} else 0)
