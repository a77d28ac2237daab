"""A workshop applies on a phone, two people judge it without knowing of each other, the lead breaks the tie."""

import pytest
from django.core.management import call_command

from closedloop.accounts.roles import Role
from participants.models import Application, Enterprise
from tests.factories.accounts import UserFactory
from tests.factories.applications import judged, open_cohort
from tests.journeys.conftest import DESK

SMALL_PHONE = {"width": 360, "height": 740}

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def programme(transactional_db):
    """An open cohort with one place, somebody who has that place in reach already, and people."""
    call_command("load_reference", verbosity=0)
    cohort = open_cohort(code="angkatan-9", name="Angkatan 9", quota=1)
    judged(2, 2, cohort=cohort)
    return {
        role: UserFactory(role=role, full_name=name)
        for role, name in (
            (Role.STAFF, "Sekar Ayu"),
            (Role.LEAD, "Haryo Seno"),
            (Role.MENTOR, "Wening Asih"),
            (Role.ASSESSOR, "Bagas Prana"),
        )
    }


def fits(page) -> bool:
    """Whether nothing makes the page wider than the phone."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_from_a_phone_in_the_workshop_to_calon(programme, visitor):
    owner = visitor(SMALL_PHONE)
    link = fills_half_and_closes(owner)
    application = comes_back_and_sends(owner, link)
    asks_two_reviewers(visitor(DESK).sign_in(programme[Role.STAFF]), application)
    scores(visitor(SMALL_PHONE).sign_in(programme[Role.MENTOR]), application, 3, "Terima sebagai calon")
    scores(visitor(DESK).sign_in(programme[Role.ASSESSOR]), application, 1, "Belum")
    breaks_the_tie(visitor(DESK).sign_in(programme[Role.LEAD]), application)
    page = owner.page
    page.goto(link)
    page.get_by_role("heading", name="Selamat, Anda diterima sebagai calon peserta").wait_for()
    owner.picture("apply-5-accepted")
    enterprise = Enterprise.objects.get()
    assert enterprise.enrolments.get().status == "applicant"
    assert enterprise.people.get().phone == "+6281234567890"


def fills_half_and_closes(owner) -> str:
    page = owner.open("participants:apply")
    owner.picture("apply-1-start")
    assert fits(page)
    page.get_by_role("button", name="Isi formulir").click()
    page.wait_for_url("**/daftar/*/")
    page.get_by_label("Nama usaha").fill("CV Tirta Selang")
    page.get_by_label("Apa yang Anda buat?").fill("Selang rem")
    page.get_by_text("Draf tersimpan").wait_for()
    link = page.url
    page.goto("about:blank")
    page = owner.open("participants:apply")
    page.get_by_role("link", name="Buka lagi").click()
    page.wait_for_url(link)
    return link


def comes_back_and_sends(owner, link) -> Application:
    page = owner.page
    page.goto(link)
    assert page.get_by_label("Nama usaha").input_value() == "CV Tirta Selang"
    page.get_by_label("Bentuk usaha").select_option("cv")
    page.get_by_label("Kabupaten/kota tempat usaha").fill("kab tegal")
    page.get_by_label("Jumlah pekerja").fill("12")
    page.get_by_label("Omzet tahun lalu").fill("750 juta")
    page.get_by_label("Apa yang ingin Anda perbaiki").fill("Menurunkan barang cacat.")
    page.get_by_label("Nama Anda").fill("Sulastri")
    # the network drops: what is typed stays on the phone, and is there again after a reload
    owner.context.set_offline(True)
    page.get_by_label("Nomor HP").fill("62812-3456 7890")
    page.get_by_text("Isian disimpan di HP ini").wait_for()
    owner.faults.clear()  # the browser itself complains of the failed request
    owner.context.set_offline(False)
    page.get_by_text("Draf tersimpan").wait_for()
    page.reload()
    assert page.get_by_label("Nomor HP").input_value() == "62812-3456 7890"
    page.get_by_role("button", name="Kirim pendaftaran").click()
    page.get_by_text("Beri tanda setuju").first.wait_for()
    owner.picture("apply-2-fault")
    page.get_by_label("Saya setuju data ini dipakai").check()
    assert fits(page)
    owner.picture("apply-3-form")
    page.get_by_role("button", name="Kirim pendaftaran").click()
    page.get_by_role("heading", name="Pendaftaran Anda diterima").wait_for()
    owner.picture("apply-4-receipt")
    assert fits(page)
    application = Application.objects.get(name="Tirta Selang")
    assert application.status == "submitted"
    assert page.evaluate(f"localStorage.getItem('simpan:daftar-{application.code}')") is None
    return application


def asks_two_reviewers(staff, application):
    page = staff.open("participants:applications")
    staff.picture("selection-1-queue")
    page.get_by_role("link", name="CV Tirta Selang").click()
    page.get_by_label("Wening Asih").check()
    page.get_by_label("Bagas Prana").check()
    staff.picture("selection-2-application")
    page.get_by_role("button", name="Tunjuk penilai").click()
    page.get_by_text("Kedua penilai sudah diberi tahu").wait_for()


def scores(reviewer, application, value, recommendation):
    page = reviewer.open("participants:applications")
    page.get_by_role("link", name="CV Tirta Selang").click()
    assert page.get_by_text("Sulastri").count() == 0
    for fieldset in page.locator("fieldset.crit").all():
        fieldset.locator(f"input[value='{value}']").check()
    page.get_by_label(recommendation, exact=True).check()
    assert fits(page)
    reviewer.picture(f"selection-3-review-{value}")
    page.get_by_role("button", name="Kirim nilai").click()
    page.get_by_text("Nilai Anda dikirim").wait_for()


def breaks_the_tie(lead, application):
    page = lead.open("participants:shortlist", "angkatan-9")
    assert page.get_by_text("Seri di batas kuota").count() == 2
    lead.picture("selection-4-shortlist")
    page.get_by_role("link", name="CV Tirta Selang").click()
    page.get_by_text("Rekomendasi kedua penilai berbeda").wait_for()
    lead.picture("selection-5-judged")
    page.get_by_role("link", name="Putuskan").click()
    page.get_by_label("Terima sebagai calon").check()
    page.get_by_role("button", name="Catat keputusan").click()
    page.get_by_text("Tulis pertimbangan Anda").first.wait_for()
    lead.picture("selection-6-decide")
    page.get_by_label("Pertimbangan Anda").fill("Kunjungan menunjukkan mesin dan orangnya siap.")
    page.get_by_role("button", name="Catat keputusan").click()
    page.get_by_text("Keputusan dicatat").wait_for()
    lead.picture("selection-7-decided")
