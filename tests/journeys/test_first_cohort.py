"""From an empty site to the code of the first session; then the whole plan copied to next year. In a browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from participants.models import Cohort
from tests.factories.accounts import UserFactory
from trainings.models import TrainingSession

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def staff(transactional_db):
    """All there is: one person of the programme's office."""
    return UserFactory(role=Role.STAFF, full_name="Sekar Ayu")


def test_a_newcomer_reaches_the_first_code_and_copies_the_plan(staff, visitor):
    guest = visitor().sign_in(staff)
    page = guest.open("participants:cohorts")
    drawn = page.locator(".brand:visible .mark path").first.bounding_box()
    assert drawn["width"] > 20  # the ring fills its 32 px; a class of the same name once shrank it
    page.get_by_role("link", name="Mulai angkatan pertama").click()
    page.get_by_role("button", name="Buat angkatan").click()
    page.wait_for_url("**/angkatan/mulai/?angkatan=angkatan-1")
    assert page.locator(".tasks .badge.ok").count() == 2  # the cohort, and its versions by themselves
    guest.picture("mulai")

    page.get_by_role("link", name="Sesi pertama").click()
    page.select_option('[name="module"]', index=1)
    page.fill('[name="title"]', "Dasar budaya industri")
    page.fill('[name="place"]', "Aula sentra contoh")
    page.fill('[name="regency"]', "Kab. Tegal")
    page.select_option('[name="trainer"]', label="Sekar Ayu")
    day = timezone.localdate() + timedelta(days=8)
    page.fill('[name="day"]', day.isoformat())
    page.locator('main form button[type="submit"]').last.click()
    page.wait_for_url("**/sesi/*/")
    session = TrainingSession.objects.get()
    page = guest.open("dashboard:first_cohort")
    assert session.code in page.locator("main").inner_text()

    cohort = Cohort.objects.get()
    page = guest.open("dashboard:cohort", cohort.code)
    page.get_by_role("link", name="Salin").click()
    page.fill('[name="name"]', "Angkatan 2")
    page.fill('[name="code"]', "angkatan-2")
    page.fill('[name="starts_on"]', (cohort.starts_on + timedelta(days=361)).isoformat())
    page.get_by_role("button", name="Lihat tanggal baru").click()
    shown = page.locator("tbody tr").inner_text()
    assert "Dasar budaya industri" in shown and str((day + timedelta(days=364)).year) in shown
    guest.picture("salin")
    page.get_by_role("button", name="Simpan salinan").click()
    page.wait_for_url("**" + reverse("dashboard:cohort", args=["angkatan-2"]))
    copied = TrainingSession.objects.get(cohort__code="angkatan-2")
    assert copied.starts_at - session.starts_at == timedelta(days=364)  # full weeks: the weekday is kept
    assert copied.status == TrainingSession.Status.DRAFT
