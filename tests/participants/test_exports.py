"""Who may take full identity numbers along, and what the trail keeps of it."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from participants import actions
from participants.models import Enterprise
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory, PersonFactory

pytestmark = pytest.mark.django_db

FULL = reverse("participants:export_full")


@pytest.fixture
def two():
    one = EnterpriseFactory(name="Satu", nib="9120000001234")
    PersonFactory(enterprise=one, phone="+6281234567890")
    return one, EnterpriseFactory(name="Tanpa NIB", nib=None)


def lines(content: bytes) -> list[tuple]:
    return list(load_workbook(BytesIO(content)).active.iter_rows(min_row=2, values_only=True))


def test_full_numbers_are_asked_for_and_leave_a_trace_per_enterprise(two, client, login):
    staff = login(Role.STAFF)
    rows = lines(client.post(FULL).content)
    assert [row[7] for row in rows] == ["9120000001234", None]
    event = Event.objects.get(verb="enterprise.identity_viewed")
    assert (event.actor_id, event.enterprise_id, event.data) == (staff.pk, two[0].pk, {"channel": "sheet"})


def test_the_plain_download_is_cut_and_leaves_none(two, client, login):
    login(Role.STAFF)
    rows = lines(client.get(reverse("participants:export")).content)
    assert [row[7] for row in rows] == ["•••••••••1234", None]
    assert rows[0][5] == "0812-3456-7890"
    assert not Event.objects.exists()


def test_filters_and_the_choice_of_rows_count(two, client, login):
    login(Role.LEAD)
    assert [row[2] for row in lines(client.post(f"{FULL}?q=satu").content)] == ["Satu"]
    assert [row[2] for row in lines(client.post(FULL, {"ikm": [two[1].code]}).content)] == ["Tanpa NIB"]


def test_who_may_not_see_numbers_gets_them_cut_telephones_too(two):
    with pytest.raises(PermissionDenied):
        actions.export_enterprises(
            Enterprise.objects.all(), by=UserFactory(role=Role.VIEWER), with_identity=True
        )
    rows = lines(actions.export_enterprises(Enterprise.objects.all(), by=UserFactory(role=Role.VIEWER)))
    assert rows[0][5].endswith("7890") and "1234" not in rows[0][5]
