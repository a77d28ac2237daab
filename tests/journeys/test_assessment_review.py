"""An assessment on a phone of 390 px: filled without a signal, on two devices, returned, mended and approved."""

import pytest

from assessments.models import Assessment
from closedloop.accounts.roles import Role
from tests.assessments.test_pages import jpeg
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, fill
from tests.journeys.conftest import PHONE
from tests.waiting import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


def tap(page, item, score):
    page.locator(f"#{item} .score label").filter(has_text=score).first.click()


def stored(assessment):
    return {
        score.criterion.code: (score.value, score.note)
        for score in assessment.scores.select_related("criterion")
    }


@pytest.fixture
def draft(transactional_db):
    return AssessmentFactory(assessor=UserFactory(role=Role.ASSESSOR))


def test_it_saves_itself_waits_for_the_signal_and_goes_on_where_it_was(visitor, draft):
    phone = visitor(PHONE).sign_in(draft.assessor)
    page = phone.open("assessments:section", draft.code, "k3l")
    tap(page, "KS7", "3")
    page.locator("#KS1 summary").filter(has_text="Catatan").click()
    page.get_by_text("Tersimpan ").first.wait_for()  # on leaving the item, nobody pressed a button
    assert stored(draft) == {"KS7": (3, "")}
    assert page.locator("[data-progress]").inner_text() == "1 dari 5 butir dinilai"

    phone.context.set_offline(True)
    tap(page, "KS1", "2")
    page.get_by_label("Catatan butir KS1").fill("Kabel terkelupas")
    page.get_by_text("Belum terkirim: tersimpan di ponsel ini").wait_for()
    phone.picture("assessment-offline-390")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # the phone is closed and opened again, with a signal
    page.close()
    phone.context.set_offline(False)
    phone.faults[:] = [fault for fault in phone.faults if "INTERNET_DISCONNECTED" not in fault]
    phone.page = page = phone.context.new_page()
    phone.open("assessments:fill", draft.code)
    wait_for(lambda: stored(draft) == {"KS7": (3, ""), "KS1": (2, "Kabel terkelupas")})
    page.reload()
    page.get_by_role("link", name="Lanjutkan di Legalitas, butir LEG1").click()
    page.wait_for_url(lambda url: url.endswith("#LEG1"))
    assert page.locator("#LEG1").bounding_box()["y"] < PHONE["height"] / 2


def test_two_devices_on_one_item_and_a_person_chooses(visitor, draft):
    phone = visitor(PHONE).sign_in(draft.assessor)
    tablet = visitor(PHONE).sign_in(draft.assessor)
    one = phone.open("assessments:section", draft.code, "k3l")
    other = tablet.open("assessments:section", draft.code, "k3l")
    tap(one, "KS7", "1")
    tap(one, "KS1", "3")
    wait_for(lambda: len(stored(draft)) == 2)
    tap(other, "KS1", "0")
    clash = other.locator("#KS1 .clash")
    clash.wait_for()
    assert (
        "Isian Anda di sini" in clash.inner_text() and "Tersimpan dari perangkat lain" in clash.inner_text()
    )
    assert [text.strip() for text in clash.locator("p").all_inner_texts()] == ["0", "3"]
    assert other.locator("#KS7 input:checked").get_attribute("value") == "1"  # heard of the other's item
    tablet.picture("assessment-clash-390")
    assert stored(draft)["KS1"] == (3, "")
    clash.get_by_role("button", name="Pakai isian saya").click()
    wait_for(lambda: stored(draft)["KS1"] == (0, ""))
    assert clash.count() == 0


def test_an_item_that_cannot_be_stored_stays_on_the_phone_and_says_why(visitor, draft):
    phone = visitor(PHONE).sign_in(draft.assessor)
    page = phone.open("assessments:section", draft.code, "k3l")
    tap(page, "KS1", "Tidak berlaku")
    tap(page, "KS7", "2")
    page.get_by_text("tulis alasan mengapa tidak berlaku").wait_for()
    wait_for(lambda: stored(draft) == {"KS7": (2, "")})
    page.reload()
    assert page.locator("#KS1 input:checked").get_attribute("value") == "na"
    page.get_by_label("Catatan butir KS1").fill("Tidak ada mesin press")
    wait_for(lambda: stored(draft).get("KS1") == (None, "Tidak ada mesin press"))


def test_returned_with_remarks_mended_and_approved_by_somebody_else(visitor, draft):
    fill(draft, 3)
    assessor = visitor(PHONE).sign_in(draft.assessor)
    page = assessor.open("assessments:check", draft.code)
    page.get_by_role("button", name="Ajukan").click()
    page.get_by_text("menunggu tinjauan").first.wait_for()

    lead = visitor(PHONE).sign_in(UserFactory(role=Role.LEAD))
    desk = lead.open("assessments:review", draft.code)
    desk.get_by_text("K3L: Kesehatan dan keselamatan (").click()
    for item, text in (("KS7", "Pengaman tidak terlihat di foto"), ("KS1", "Kabel di foto terkelupas")):
        mark = desk.locator(".remark").filter(has_text=f"{item}. ")
        mark.locator("summary").click()
        mark.get_by_role("textbox").fill(text)
    desk.get_by_text("Kembalikan ke penilai").click()
    lead.picture("assessment-marks-390")
    desk.get_by_role("button", name="Simpan keputusan").click()
    desk.get_by_text("Penilaian dikembalikan.").wait_for()

    page = assessor.open("assessments:fill", draft.code)
    page.get_by_role("heading", name="2 butir dikembalikan").wait_for()
    assessor.picture("assessment-returned-390")
    page.get_by_role("link", name="KS1. Butir KS1 dijalankan").click()
    page.get_by_text("Kabel di foto terkelupas").wait_for()
    tap(page, "KS1", "2")
    page.locator("#KS7").get_by_label("Tanggapan").fill("Pengaman ada di sisi belakang")
    assessor.picture("assessment-mending-390")
    page.get_by_role("button", name="Lanjut").click()
    page = assessor.open("assessments:check", draft.code)
    page.get_by_role("button", name="Ajukan").click()
    page.get_by_text("menunggu tinjauan").first.wait_for()

    desk = lead.open("assessments:review", draft.code)
    changes = desk.get_by_role("region", name="Dikembalikan dan diperbaiki").inner_text()
    assert "Pengaman ada di sisi belakang" in changes and "Berubah" in changes
    lead.picture("assessment-changes-390")
    desk.get_by_text("Setujui", exact=False).first.click()
    desk.get_by_role("button", name="Simpan keputusan").click()
    desk.get_by_text("Penilaian disetujui.").wait_for()
    draft.refresh_from_db()
    assert draft.status == Assessment.Status.APPROVED


def test_a_photo_waits_for_the_signal_even_when_the_page_is_closed(visitor, draft):
    phone = visitor(PHONE).sign_in(draft.assessor)
    page = phone.open("assessments:section", draft.code, "k3l")
    phone.context.set_offline(True)
    photo = {"name": "rak.jpg", "mimeType": "image/jpeg", "buffer": jpeg().read()}
    page.locator('input[name="foto_KS7"]').set_input_files(photo)
    page.get_by_text("Foto menunggu sinyal: 1").wait_for()
    phone.picture("assessment-photo-waits-390")
    assert page.locator("#KS7 img.waits").count() == 1
    page.close()
    phone.faults[:] = [fault for fault in phone.faults if "INTERNET_DISCONNECTED" not in fault]
    phone.context.set_offline(False)
    phone.page = page = phone.context.new_page()
    phone.open("assessments:fill", draft.code)
    wait_for(lambda: draft.evidence.count() == 1)
    page = phone.open("assessments:section", draft.code, "k3l")
    assert page.locator("#KS7 .evid a img").count() == 1
    # and with a signal it goes at once
    page.locator('input[name="foto_KS1"]').set_input_files(photo | {"buffer": jpeg(color="red").read()})
    page.locator("#KS1 .evid a img").wait_for()
    assert draft.evidence.count() == 2
