"""A trainer with a phone: thirty people, all present in one tap, then the exceptions, with and without a signal."""

import time
from io import BytesIO

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from tests.factories.trainings import SessionFactory, enrol
from tests.waiting import wait_for
from trainings import actions
from trainings.models import Attendance, RosterTap, Sheet

SMALL = {"width": 360, "height": 740}
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def session(transactional_db):
    call_command("load_reference", verbosity=0)
    session = SessionFactory(running=True, title="5R di lantai produksi")
    for _number in range(30):
        enrol(session.cohort)
    return session


def row(page, number):
    return page.locator(".roster > li").nth(number)


def tap(page, number, word):
    row(page, number).get_by_role("button", name=word).click()


def statuses(session) -> list[str]:
    marks = Attendance.objects.filter(session=session).order_by("enrolment__enterprise__name")
    return [mark.status for mark in marks]


def test_thirty_people_within_a_minute(visitor, session, count):
    trainer = visitor(SMALL).sign_in(session.trainer)
    page = trainer.open("trainings:session", session.code)
    start = time.monotonic()
    page.get_by_role("button", name="Tandai 30 sisanya hadir").click()
    for number, word in ((2, "Izin"), (6, "Sakit"), (11, "Alpa")):
        tap(page, number, word)
    page.get_by_text("27 dari 30 IKM hadir").wait_for()
    sizes = (
        row(page, 0)
        .locator(".taps button")
        .evaluate_all(
            "buttons => buttons.map(b => b.getBoundingClientRect()).map(r => Math.min(r.width, r.height))"
        )
    )
    assert min(sizes) >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    trainer.picture("roster-360")
    page.locator(".tapbar").get_by_role("link", name="Tutup sesi").click()
    page.get_by_label("Jumlah orang di ruangan").fill("27")
    page.get_by_role("button", name="Tutup sesi").click()
    page.get_by_text("Sesi ditutup.").wait_for()
    seconds = time.monotonic() - start
    session.refresh_from_db()
    assert (session.status, session.head_count) == ("closed", 27)
    assert [statuses(session)[number] for number in (2, 6, 11)] == ["excused", "sick", "absent"]
    assert seconds < 60
    count("roster of 30 at 360 px", taps=6, seconds=round(seconds, 1))


def test_taps_wait_for_the_signal_and_arrive_once(visitor, session):
    trainer = visitor(SMALL).sign_in(session.trainer)
    page = trainer.open("trainings:session", session.code)
    trainer.context.set_offline(True)
    page.get_by_role("button", name="Tandai 30 sisanya hadir").click()
    tap(page, 0, "Terlambat")
    tap(page, 1, "Izin")
    tap(page, 1, "Sakit")
    page.get_by_text("Menunggu sinyal: 4").wait_for()
    assert row(page, 1).get_by_role("button", name="Sakit").get_attribute("aria-pressed") == "true"
    page.locator("#urung button").click()
    assert row(page, 1).get_by_role("button", name="Izin").get_attribute("aria-pressed") == "true"
    page.get_by_text("Menunggu sinyal: 5").wait_for()
    trainer.picture("roster-offline")
    assert not Attendance.objects.exists()
    trainer.faults = [fault for fault in trainer.faults if "INTERNET_DISCONNECTED" not in fault]
    trainer.context.set_offline(False)
    wait_for(lambda: Attendance.objects.filter(status="excused").exists())
    page.get_by_text("29 dari 30 IKM hadir").wait_for()
    page.locator("#antrean").wait_for(state="hidden")
    assert statuses(session) == ["late", "excused", *["present"] * 28]
    assert list(RosterTap.objects.values_list("outcome", flat=True)) == ["done"] * 4
    assert all(one.tapped_on_phone < one.sent_on_phone for one in RosterTap.objects.all())


def test_taps_outlive_the_page_and_stay_out_of_a_closed_session(visitor, session):
    trainer = visitor(SMALL).sign_in(session.trainer)
    page = trainer.open("trainings:session", session.code)
    trainer.context.set_offline(True)
    tap(page, 0, "Sakit")
    page.get_by_text("Menunggu sinyal: 1").wait_for()
    trainer.faults = [fault for fault in trainer.faults if "INTERNET_DISCONNECTED" not in fault]
    page.goto("about:blank")
    trainer.context.set_offline(False)
    trainer.open("trainings:session", session.code)
    page.get_by_text("1 izin atau sakit").wait_for()
    trainer.context.set_offline(True)
    tap(page, 1, "Hadir")
    page.get_by_text("Menunggu sinyal: 1").wait_for()
    actions.close_session(session, head_count=0, by=session.trainer)
    trainer.faults = [fault for fault in trainer.faults if "INTERNET_DISCONNECTED" not in fault]
    trainer.context.set_offline(False)
    page.get_by_text("tidak dicatat, sesi sudah ditutup").wait_for()
    assert statuses(session)[:2] == ["sick", "absent"]
    assert [one.outcome for one in RosterTap.objects.all()] == ["done", "closed"]


def test_a_name_is_found_while_typing(visitor, session):
    trainer = visitor(SMALL).sign_in(session.trainer)
    page = trainer.open("trainings:session", session.code)
    name = row(page, 17).locator(".name > b, .name > a").first.text_content()
    page.get_by_label("Cari nama di daftar ini").fill(name)
    visible = page.locator(".roster > li:visible")
    assert visible.count() == 1
    visible.get_by_role("button", name="Terlambat").click()
    page.get_by_text("1 dari 30 IKM hadir").wait_for()
    assert visible.count() == 1


def test_a_list_on_paper_and_back(visitor, session):
    trainer = visitor(SMALL).sign_in(session.trainer)
    page = trainer.open("trainings:session_sheet", session.code)
    page.get_by_role("button", name="Buat lembar untuk dicetak").click()
    page.get_by_text("Kode lembar").wait_for()
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    code = Sheet.objects.get().spoken_code
    assert len(paper.pages) == 2  # thirty rows, delegates, guests
    assert all(code in one.extract_text() for one in paper.pages)
    page.get_by_role("link", name="Foto dan ketik").click()
    page.get_by_label("Yang tertulis di lembar").fill("semua hadir kecuali 3, 7, 12 (izin)")
    page.get_by_role("button", name="Lihat hasilnya").click()
    page.get_by_text("3 dari 30 IKM dikecualikan").wait_for()
    page.get_by_role("button", name="Simpan 30 perubahan").click()
    page.get_by_text("27 dari 30 IKM hadir").wait_for()
    assert [statuses(session)[number - 1] for number in (3, 7, 12)] == ["absent", "absent", "excused"]
