"""The steps from an empty site to the first session: read from the records, so they may be left and taken up."""

from datetime import date

import pytest
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.dashboard.first_cohort import steps_of
from closedloop.dashboard.pins import pins_of
from closedloop.dashboard.planning import first_monday_after
from participants.models import Cohort
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory
from tests.factories.trainings import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return reverse("dashboard:first_cohort")


def filled(client, address, **more):
    """The form as it is offered, with some fields written over."""
    form = client.get(f"{address}?baru=1").context["form"]
    return {name: form[name].value() or "" for name in form.fields if name != "is_practice"} | more


def test_an_empty_site_offers_a_start_that_needs_no_typing(client, login, address):
    login(Role.STAFF)
    page = client.get(address)
    assert [step.is_done for step in page.context["steps"]] == [False] * 5
    data = filled(client, address)
    for _press in range(2):
        assert client.post(address, data).status_code == 302
    cohort = Cohort.objects.get()
    assert None not in vars(pins_of(cohort)).values()
    assert cohort.starts_on.weekday() == 0


@pytest.mark.parametrize(
    "wrong, message",
    [
        ({"name": ""}, "Isi nama angkatan."),
        ({"code": "mulai"}, "Kode ini tidak dapat dipakai"),
        ({"quota": "0"}, "paling sedikit 1"),
        ({"ends_on": "2020-01-01"}, "sesudah tanggal mulai"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(client, login, address, wrong, message):
    login(Role.STAFF)
    assert message in client.post(address, filled(client, address, **wrong)).content.decode()
    assert not Cohort.objects.exists()


def test_the_steps_are_ticked_off_by_what_is_there():
    staff = UserFactory(role=Role.STAFF)
    cohort = CohortFactory(status="planned")
    assert [step.is_done for step in steps_of(cohort, staff)] == [True, False, False, False, False]
    UserFactory(role=Role.MENTOR)
    EnrolmentFactory(cohort=cohort)
    session = SessionFactory(cohort=cohort)
    steps = steps_of(cohort, staff)
    assert [step.is_done for step in steps] == [True, False, True, True, True]
    assert steps[-1].url == session.get_absolute_url()
    assert steps[2].url == reverse("accounts:invite")  # staff invite mentors
    assert steps_of(cohort, UserFactory(role=Role.LEAD))[2].url is None


def test_the_first_monday_is_always_to_come():
    assert first_monday_after(date(2026, 11, 23)) == date(2026, 11, 30)  # from a Monday on, the next one
    assert first_monday_after(date(2026, 11, 29)) == date(2026, 11, 30)
