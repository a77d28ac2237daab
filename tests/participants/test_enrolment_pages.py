"""Enrolments: told with day, person and reason; moved many at once; applied for on an earlier day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from participants import actions
from participants.models import Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory()


def registered(cohort, name, **fields):
    return EnrolmentFactory(cohort=cohort, enterprise__name=name, **{"status": "registered", **fields})


def move(client, cohort, *members, **data):
    url = reverse("participants:bulk_move", args=[cohort.code])
    codes = [one.enterprise.code for one in members]
    return client.post(url, {"ikm": codes, "on": timezone.localdate().isoformat(), **data}, follow=True)


class TestManyAtOnce:
    def test_everybody_registered_becomes_active(self, client, login, cohort):
        login(Role.STAFF)
        members = [registered(cohort, f"Contoh {letter}") for letter in "ABC"]
        ask = move(client, cohort, *members).content.decode()
        assert "Contoh A" in ask and "Aktif" in ask and "Lulus" not in ask
        page = move(client, cohort, *members, status="active", jalankan="1").content.decode()
        assert "Status 3 dari 3 IKM diubah." in page
        assert set(Enrolment.objects.values_list("status", flat=True)) == {"active"}
        assert {one.moves.count() for one in members} == {1}

    def test_who_cannot_is_named_with_the_reason_and_the_others_go_through(self, client, login, cohort):
        login(Role.STAFF)
        may, is_there = registered(cohort, "Boleh"), registered(cohort, "Sudah Aktif", status="active")
        later = registered(cohort, "Terlalu Dini", status_since=timezone.localdate() + timedelta(days=9))
        page = move(client, cohort, may, is_there, later, status="active", jalankan="1").content.decode()
        assert "Status 1 dari 3 IKM diubah." in page
        assert "CV Sudah Aktif: " in page and "tidak dapat menjadi aktif" in page
        assert "CV Terlalu Dini: Tanggal tidak boleh sebelum perubahan terakhir." in page
        may.refresh_from_db()
        assert may.status == "active"

    def test_leaving_asks_for_a_reason_and_keeps_what_was_chosen(self, client, login, cohort):
        login(Role.STAFF)
        member = registered(cohort, "Contoh A")
        page = move(client, cohort, member, status="withdrawn", jalankan="1").content.decode()
        assert "Isi alasannya." in page and member.enterprise.code in page
        assert not member.moves.exists()

    def test_members_of_another_cohort_are_not_moved(self, client, login, cohort):
        login(Role.STAFF)
        stranger = registered(CohortFactory(), "Lain")
        move(client, cohort, stranger, status="active", jalankan="1")
        stranger.refresh_from_db()
        assert stranger.status == "registered"


def test_the_page_tells_who_moved_it_when_and_why(client, login, cohort):
    staff = UserFactory(role=Role.STAFF, full_name="Sekar Ayu")
    enrolment = actions.enrol(EnterpriseFactory(), cohort, by=staff, reason="Usulan dinas")
    for status in ("registered", "active"):
        actions.move_enrolment(enrolment, status, by=staff)
    actions.move_enrolment(enrolment, "on_leave", by=staff, reason="Oven rusak")
    login(Role.VIEWER)
    page = client.get(enrolment.get_absolute_url()).content.decode()
    for words in ("Calon", "Terdaftar", "Aktif", "Cuti", "Sekar Ayu", "Usulan dinas", "Oven rusak"):
        assert words in page
    assert reverse("participants:move_enrolment", args=[enrolment.pk]) not in page


def test_an_application_may_be_entered_late_but_not_early(client, login, cohort):
    login(Role.STAFF)
    enterprise = EnterpriseFactory()
    url = reverse("participants:enrol", args=[cohort.code])
    tomorrow, past = (timezone.localdate() + timedelta(days=days) for days in (1, -20))
    page = client.post(url, {"ikm": [enterprise.code], "on": tomorrow.isoformat()}).content.decode()
    assert "Tanggal tidak boleh setelah hari ini." in page and "checked" in page
    client.post(url, {"ikm": [enterprise.code], "on": past.isoformat()})
    assert Enrolment.objects.get().status_since == past
