"""An owner with a small phone: three taps, with and without a script, with and without a signal."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories.accounts import PASSWORD
from tests.factories.trainings import SessionFactory, enrol
from trainings.check_in_codes import qr_token, spoken_code
from trainings.models import Attendance, SentCheckIn

SMALL = {"width": 360, "height": 740}
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture
def session(transactional_db):
    call_command("load_reference", verbosity=0)
    return SessionFactory(running=True, title="5R di lantai produksi")


@pytest.fixture
def owner(session):
    person = enrol(session.cohort)[1]
    person.user.set_password(PASSWORD)
    person.user.save()
    return person.user


@pytest.fixture(params=["with a script", "without a script"])
def phone(request, visitor, chromium):
    phone = visitor(SMALL)
    if request.param == "without a script":
        phone.context.close()
        phone.context = chromium.new_context(viewport=SMALL, locale="id-ID", java_script_enabled=False)
        phone.page = phone.context.new_page()
    return phone


def scan(phone, session):
    """What a camera does: it opens the address in the QR."""
    token = qr_token(session.secret, session.code, timezone.now())
    phone.open("trainings:check_in_session", session.code, query=f"?t={token}")


def test_three_taps_from_the_home_page(phone, session, owner):
    page = phone.sign_in(owner).open("dashboard:owner_home")
    taps = 0
    page.get_by_role("link", name="Catat kehadiran").click()
    taps += 1
    page.get_by_label("Kode sesi").fill(spoken_code(session.secret, timezone.now()))
    taps += 1  # into the field
    page.get_by_role("button", name="Catat kehadiran saya").click()
    taps += 1
    page.get_by_text("Kehadiran tercatat").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Attendance.objects.get().method == "code" and taps <= 3


def test_scan_sign_in_and_back_to_the_same_session(phone, session, owner):
    scan(phone, session)
    page = phone.page
    began = timezone.now()
    page.fill('input[name="login"]', owner.email)
    page.fill('input[name="password"]', PASSWORD)
    page.press('input[name="password"]', "Enter")
    page.get_by_role("button", name="Ya, catat kehadiran saya").click()
    page.get_by_text("Kehadiran tercatat").first.wait_for()
    mark = Attendance.objects.get()
    assert mark.method == "qr" and mark.marked_at <= began  # the window is counted from the scan


def test_a_signed_in_phone_is_not_asked_again(phone, session, owner):
    phone.sign_in(owner)
    scan(phone, session)
    phone.page.get_by_role("button", name="Ya, catat kehadiran saya").click()
    phone.page.get_by_text("Kehadiran tercatat").first.wait_for()
    assert Attendance.objects.count() == 1


def test_an_early_scan_looks_again_by_itself(phone, session, owner):
    session.opens_before = 0
    session.starts_at = timezone.now() + timedelta(seconds=4)
    session.save()
    phone.sign_in(owner)
    scan(phone, session)
    phone.page.get_by_text("Presensi dibuka pukul").first.wait_for()
    phone.page.get_by_role("button", name="Ya, catat kehadiran saya").click()
    phone.page.get_by_text("Kehadiran tercatat").first.wait_for()


def test_a_press_without_a_signal_arrives_once(visitor, session, owner):
    phone = visitor(SMALL).sign_in(owner)
    scan(phone, session)
    phone.context.set_offline(True)
    page = phone.page
    page.get_by_role("button", name="Ya, catat kehadiran saya").click()
    page.get_by_text("Presensi Anda belum terkirim").wait_for()
    phone.picture("check-in-offline")
    kept = page.evaluate("localStorage.getItem('presensi:belum')")
    assert owner.email not in kept and owner.full_name not in kept and len(kept) < 1000
    assert not Attendance.objects.exists()
    phone.faults = [fault for fault in phone.faults if "INTERNET_DISCONNECTED" not in fault]
    phone.context.set_offline(False)
    page.get_by_text("Kehadiran tercatat").first.wait_for()
    phone.faults = [fault for fault in phone.faults if "INTERNET_DISCONNECTED" not in fault]
    sent = SentCheckIn.objects.get()
    assert Attendance.objects.count() == 1 and sent.pressed_on_phone < sent.sent_on_phone
    assert page.evaluate("localStorage.getItem('presensi:belum')") == "{}"


def test_the_distance_leaves_the_phone_and_the_place_does_not(visitor, session, owner):
    """Monas is about 291 km from the hall in Tegal; the phone measures that itself."""
    trainer = visitor(SMALL)
    trainer.context.grant_permissions(["geolocation"])
    trainer.context.set_geolocation({"latitude": -6.86943, "longitude": 109.12559})
    page = trainer.sign_in(session.trainer).open("trainings:session_point", session.code)
    page.get_by_role("button", name="Ambil dari HP ini").click()
    page.get_by_text("Terisi. Periksa, lalu simpan.").wait_for()
    trainer.picture("session-point-360")
    page.get_by_role("button", name="Simpan titik").click()
    page.get_by_text("tersimpan").first.wait_for()

    phone = visitor(SMALL).sign_in(owner)
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": -6.17539, "longitude": 106.82715, "accuracy": 25})
    posts = []
    phone.page.on("request", lambda request: posts.append(request.post_data or ""))
    scan(phone, session)
    phone.page.get_by_label("Sertakan jarak saya").check()
    phone.page.get_by_text("Jarak disertakan.").wait_for()
    phone.picture("check-in-distance-360")
    phone.page.get_by_role("button", name="Ya, catat kehadiran saya").click()
    phone.page.get_by_text("Kehadiran tercatat").first.wait_for()
    sent = SentCheckIn.objects.get()
    assert 260_000 < sent.distance < 270_000 and sent.accuracy == 25
    assert not any("106.8" in post or "6.175" in post for post in posts)
