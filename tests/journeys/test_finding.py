"""One critical finding on phones of 390 px: why, mended with a pair of photos, closed, and weeks later seen to hold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import Finding
from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.assessments import FindingFactory
from tests.factories.capability import jpeg
from tests.factories.participants import EnrolmentFactory, MentorAssignmentFactory, PersonFactory
from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

PROBLEM = "Pengaman pres rusak"


@pytest.fixture
def people(transactional_db):
    """(owner, mentor, assessor) of an IKM with one critical finding."""
    enrolment = EnrolmentFactory()
    owner = UserFactory(role=Role.OWNER)
    PersonFactory(enterprise=enrolment.enterprise, user=owner)
    mentor = MentorAssignmentFactory(enrolment=enrolment, mentor=UserFactory(role=Role.MENTOR)).mentor
    today = timezone.localdate()
    FindingFactory(
        enterprise=enrolment.enterprise,
        problem=PROBLEM,
        is_critical=True,
        found_on=today - timedelta(days=12),
        due_on=today + timedelta(days=9),
    )
    return owner, mentor, UserFactory(role=Role.ASSESSOR)


def no_wider_than_the_phone(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def nothing_is_cut(page):
    """No cell of a table that became cards reaches beyond its card, where it would be hidden."""
    ends = "[...document.querySelectorAll('.dt.cards :is(td, th, .badge)')].map(e => e.getBoundingClientRect().right)"
    assert max(page.evaluate(ends)) <= page.evaluate(
        "document.querySelector('.dt').getBoundingClientRect().right"
    )


def shows(page, field, color):
    page.locator(f'input[name="{field}"]').first.set_input_files(
        {"name": "HP.jpg", "mimeType": "image/jpeg", "buffer": jpeg(color, (640, 480))}
    )


def test_a_finding_is_explained_mended_closed_and_seen_to_hold(people, visitor):
    owner, mentor, assessor = people

    phone = visitor(PHONE).sign_in(owner)
    page = phone.open("assessments:my_findings")
    assert page.get_by_text("ambil foto sebelum").is_visible()
    page.get_by_role("link", name=PROBLEM).click()
    page.get_by_role("heading", name=PROBLEM).wait_for()
    no_wider_than_the_phone(page)
    shows(page, "photo", "darkred")
    page.get_by_role("button", name="Simpan foto sebelum").click()
    page.get_by_role("link", name="Tulis akar masalah").first.click()
    page.fill('textarea[name="why_1"]', "Sensor mati")
    page.fill('textarea[name="why_3"]', "Tidak ada jadwal rawat")
    page.get_by_role("button", name="Simpan akar masalah").click()
    page.get_by_text("Isi jawaban ini dulu.").first.wait_for()
    assert page.input_value('textarea[name="why_3"]') == "Tidak ada jadwal rawat"
    page.fill('textarea[name="why_2"]', "Tidak dirawat")
    page.fill('textarea[name="root_cause"]', "Perawatan tidak dijadwalkan")
    no_wider_than_the_phone(page)
    page.get_by_role("button", name="Simpan akar masalah").click()
    page.fill('textarea[name="description"]', "Sensor diganti")
    shows(page, "photo", "seagreen")
    page.get_by_role("button", name="Kirim bukti").click()
    page.get_by_text("Bukti dikirim.").wait_for()
    no_wider_than_the_phone(page)
    left, right = (box.bounding_box() for box in page.locator(".pair > div").all())
    assert left["y"] == right["y"] and left["x"] + left["width"] <= right["x"]
    phone.picture("finding-owner")

    Finding.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    page = visitor(PHONE).sign_in(mentor).open("assessments:findings")
    assert page.get_by_text("Lewat batas").last.is_visible()
    nothing_is_cut(page)
    page.get_by_role("link", name=PROBLEM).click()
    page.get_by_role("button", name="Tutup temuan").wait_for()
    no_wider_than_the_phone(page)
    page.get_by_role("button", name="Tutup temuan").click()
    page.get_by_text("Temuan ditutup.").wait_for()
    assert page.get_by_role("link", name="Catat hasil cek").count() == 0

    page = visitor(PHONE).sign_in(assessor).open("assessments:check_effect", Finding.objects.get().code)
    page.get_by_label("Efektif", exact=True).check()
    page.fill('textarea[name="note"]', "Sensor bekerja, jadwal terisi")
    shows(page, "photo", "olive")
    no_wider_than_the_phone(page)
    page.get_by_role("button", name="Simpan hasil cek").click()
    page.get_by_text("Hasil cek tersimpan.").wait_for()
    assert Finding.objects.get().effectiveness.checked_by == assessor
