"""At 360 px: an excuse asked with a photo and answered, and a mark put right with its old value in sight."""

from datetime import timedelta

import pytest
from django.utils import timezone

from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.capability import jpeg
from tests.factories.trainings import AttendanceFactory, SessionFactory, enrol
from trainings.models import Attendance, Excuse

SMALL = {"width": 360, "height": 740}
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]


def photo(name):
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg("goldenrod", (640, 480))}


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def test_an_owner_asks_leave_with_a_photo_and_the_trainer_answers(transactional_db, visitor):
    session = SessionFactory(starts_at=timezone.now() + timedelta(days=2))
    enrolment, person = enrol(session.cohort)
    phone = visitor(SMALL).sign_in(person.user)
    page = phone.open("trainings:my_session", session.code)
    page.get_by_role("link", name="Tidak dapat hadir? Minta izin").click()
    page.get_by_label("Sakit").check()
    page.get_by_label("Alasan").fill("Demam sejak semalam")
    page.locator("input[name=photo]").set_input_files(photo("surat.jpg"))
    fits(page)
    phone.picture("excuse-360")
    page.get_by_role("button", name="Kirim permintaan").click()
    page.get_by_text("Permintaan terkirim.").wait_for()

    trainer = visitor(SMALL).sign_in(session.trainer)
    answer = trainer.open("trainings:requests")
    answer.get_by_role("link", name=f"{enrolment.enterprise}: Sakit").click()
    picture = answer.get_by_alt_text("Foto yang dilampirkan peminta")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    fits(answer)
    trainer.picture("excuse-answer-360")
    answer.get_by_label("Setujui").check()
    answer.get_by_label("Jawaban untuk peminta").fill("Lekas sembuh")
    answer.get_by_role("button", name="Simpan jawaban").click()
    answer.wait_for_url("**/kehadiran/permintaan/")

    page.reload()
    page.get_by_text("Jawaban: Lekas sembuh").wait_for()
    excuse = Excuse.objects.get()
    assert (excuse.status, excuse.answered_by) == ("granted", session.trainer)


def test_an_owner_asks_a_correction_and_still_sees_the_old_value_after_it(transactional_db, visitor):
    session = SessionFactory(held=True, ends_at=timezone.now())
    enrolment, person = enrol(session.cohort)
    mark = AttendanceFactory(session=session, enrolment=enrolment, person=person, status="absent")
    phone = visitor(SMALL).sign_in(person.user)
    page = phone.open("trainings:receipt", mark.receipt)
    page.get_by_role("link", name="Salah tercatat? Minta koreksi").click()
    page.get_by_label("Hadir", exact=True).check()
    page.get_by_label("Alasan").fill("Saya hadir, HP saya mati")
    fits(page)
    page.get_by_role("button", name="Kirim permintaan").click()
    page.get_by_text("Permintaan koreksi menjadi Hadir: diajukan.").wait_for()

    staff = UserFactory(role=Role.STAFF)
    desk = visitor().sign_in(staff).open("trainings:requests")
    desk.get_by_role("link", name=str(enrolment.enterprise)).click()
    desk.get_by_label("Setujui").check()
    desk.get_by_role("button", name="Simpan jawaban").click()
    desk.wait_for_url("**/kehadiran/permintaan/")

    page.reload()
    page.get_by_text(f"Dikoreksi dari Tanpa keterangan menjadi Hadir oleh {staff}").wait_for()
    fits(page)
    phone.picture("correction-360")
    assert Attendance.objects.get().status == "present"
