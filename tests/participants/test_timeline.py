"""One timeline per enterprise: filtered, linked, with no gap after graduation, and the owner's own."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from participants import actions
from participants.actions.follow_ups import months_later
from participants.models import FollowUp
from participants.timeline_parts import Part, part_of
from participants.timeline_words import SENTENCES
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, EnterpriseFactory, PersonFactory
from tests.factories.trainings import AttendanceFactory, SessionFactory, enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def enterprise():
    return EnterpriseFactory()


@pytest.fixture
def happened(enterprise):
    """Write an event onto the enterprise's trail."""

    def write(verb, *, at=datetime(2026, 5, 5, 3, tzinfo=UTC), by=None, target=None, **data):
        target = target or enterprise
        return Event.objects.create(
            verb=verb,
            at=at,
            actor_id=by.pk if by else None,
            actor_name=str(by or "sistem"),
            target_type=target._meta.label_lower,
            target_id=str(target.pk),
            target_name=str(target),
            enterprise_id=enterprise.pk,
            data=data,
        )

    return write


@pytest.fixture
def shown(client, enterprise):
    """The titles on the page, as the filters leave them."""

    def read(**asked):
        response = client.get(reverse("participants:timeline", args=[enterprise.code]), asked)
        assert response.status_code == 200
        return [str(event.title) for event in response.context["events"]]

    return read


def test_every_sentence_belongs_to_a_part_of_the_programme():
    apart = {verb for verb in SENTENCES if part_of(verb) is Part.OTHER}
    assert {verb.partition(".")[0] for verb in apart} <= {
        "report",
        "reportschedule",
        "enterprise_pair",
        "importbatch",
    }


def test_the_filters_narrow_by_part_year_person_and_day(login, happened, shown):
    login(Role.STAFF)
    petugas, mentor = UserFactory(full_name="Sekar Ayu"), UserFactory(full_name="Wening Asih")
    happened("enterprise.registered", at=datetime(2024, 12, 31, 16, 59, tzinfo=UTC), by=petugas)
    happened("enterprise.updated", at=datetime(2024, 12, 31, 17, 0, tzinfo=UTC), by=petugas)  # 2025 in WIB
    happened("assessment.approved", at=datetime(2026, 3, 1, tzinfo=UTC), by=mentor)
    happened("delivery.confirmed", at=datetime(2027, 3, 1, tzinfo=UTC), by=petugas)
    assert len(shown()) == 4
    assert shown(bagian="registrasi") == ["Data usaha diubah", "Didaftarkan"]
    assert shown(bagian="pasokan") == ["Pengiriman dikonfirmasi pembeli"]
    assert shown(tahun="2024") == ["Didaftarkan"]
    assert shown(tahun="2025") == ["Data usaha diubah"]
    assert shown(orang=str(mentor.pk)) == ["Penilaian disetujui"]
    assert shown(sampai="2025-01-01") == ["Data usaha diubah", "Didaftarkan"]
    assert shown(bagian="penilaian", tahun="2024") == []


@pytest.mark.parametrize(
    "asked",
    [
        {"tahun": "0"},
        {"tahun": "²026"},
        {"sampai": "2026-13-01"},
        {"orang": "x"},
        {"bagian": "?"},
        {"page": "x"},
    ],
)
def test_an_address_that_is_none_filters_nothing(login, happened, shown, asked):
    login(Role.STAFF)
    happened("enterprise.registered")
    assert shown(**asked) == ["Didaftarkan"]


def test_the_last_year_of_the_calendar_is_no_error(login, happened, shown):
    login(Role.STAFF)
    happened("enterprise.registered")
    assert shown(tahun="9999") == []


class TestLinks:
    @pytest.fixture
    def at_session(self, happened, enterprise):
        session = SessionFactory(held=True)
        enrolment, person = enrol(session.cohort, enterprise=enterprise)
        mark = AttendanceFactory(session=session, enrolment=enrolment, person=person)
        happened("attendance.verified", target=mark, session=session.code)
        happened("enrolment.active", target=enrolment)
        return SimpleNamespace(session=session, enrolment=enrolment, person=person)

    def urls(self, client, enterprise):
        response = client.get(reverse("participants:timeline", args=[enterprise.code]))
        return {event.url for event in response.context["events"]}

    def test_everything_leads_to_its_record(self, client, login, enterprise, at_session):
        login(Role.STAFF)
        assert self.urls(client, enterprise) == {
            reverse("trainings:session", args=[at_session.session.code]),
            reverse("participants:enrolment", args=[at_session.enrolment.pk]),
        }

    def test_an_owner_is_led_only_where_owners_may_go(self, client, login, enterprise, at_session):
        login(at_session.person.user)
        urls = self.urls(client, enterprise)
        assert reverse("trainings:my_session", args=[at_session.session.code]) in urls
        for url in filter(None, urls):
            assert client.get(url).status_code == 200

    @pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER, Role.ASSESSOR])
    def test_no_link_is_refused(self, client, login, enterprise, at_session, happened, role):
        happened("delivery.confirmed")
        login(role)
        for url in filter(None, self.urls(client, enterprise)):
            assert client.get(url).status_code == 200


@pytest.mark.parametrize("count", [2, 40])
def test_the_page_costs_the_same_for_any_number_of_events(
    client, login, enterprise, happened, count, menu_remembered, django_assert_max_num_queries
):
    login(Role.STAFF)
    for _number in range(count):
        enrolment = EnrolmentFactory(enterprise=enterprise, status="graduated")
        happened("enrolment.graduated", target=enrolment)
    address = reverse("participants:timeline", args=[enterprise.code])
    client.get(address)
    with django_assert_max_num_queries(11):
        client.get(address)


class TestAfterGraduation:
    @pytest.fixture
    def staff(self):
        return UserFactory(role=Role.STAFF)

    @pytest.fixture
    def graduate(self, staff):
        enrolment = actions.enrol(PersonFactory().enterprise, CohortFactory(), by=staff, on=date(2026, 1, 5))
        for status in ("registered", "active", "graduated"):
            actions.move_enrolment(enrolment, status, by=staff, on=date(2026, 8, 31))
        return enrolment

    def test_four_days_are_put_down(self, graduate):
        assert list(graduate.follow_ups.values_list("months", "due_on")) == [
            (3, date(2026, 11, 30)),
            (6, date(2027, 2, 28)),
            (12, date(2027, 8, 31)),
            (24, date(2028, 8, 31)),
        ]

    def test_a_leap_day_has_its_anniversary(self):
        assert months_later(date(2028, 2, 29), 12) == date(2029, 2, 28)
        assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)

    def test_one_is_done_once_by_somebody_with_a_result(self, client, login, graduate):
        staff = login(Role.STAFF)
        first = graduate.follow_ups.first()
        url = reverse("participants:finish_follow_up", args=[first.pk])
        assert "Tulis hasilnya." in client.post(url, {"note": " "}).content.decode()
        client.post(url, {"note": "Masih memasok dua pembeli"})
        client.post(url, {"note": "Lain lagi"})
        first.refresh_from_db()
        assert (first.note, first.done_by) == ("Masih memasok dua pembeli", staff)
        page = client.get(reverse("participants:timeline", args=[graduate.enterprise.code]))
        assert "Ditindaklanjuti sesudah lulus" in page.content.decode()
        assert len(page.context["follow_ups"]) == 3

    def test_the_owner_sees_what_is_to_come(self, client, login, graduate):
        login(graduate.enterprise.people.get().user)
        page = client.get(reverse("participants:timeline", args=[graduate.enterprise.code])).content.decode()
        assert "Tindak lanjut bulan ke-3" in page
        assert reverse("participants:finish_follow_up", args=[FollowUp.objects.first().pk]) not in page
