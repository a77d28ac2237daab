"""A scan is worth something to the person who made it, on the phone that made it, while it is young: 0 of 400."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.client import PortalClient
from tests.factories.trainings import SessionFactory, enrol
from trainings.check_in_codes import qr_token, spoken_code
from trainings.models import Attendance

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STALE = "bukan QR sesi ini, atau sudah berganti"
NOT_YOURS = "dipindai orang lain"
WRONG_CODE = "tidak dikenal atau sudah berganti"


@pytest.fixture
def session(db):
    return SessionFactory(running=True)


@pytest.fixture
def owners(session):
    return [enrol(session.cohort)[1] for _number in range(2)]


def plain(session):
    return reverse("trainings:check_in_session", args=[session.code])


def scanned(session, moment=None, token=""):
    token = token or qr_token(session.secret, session.code, moment or timezone.now())
    return f"{plain(session)}?{urlencode({'t': token})}"


def phone_of(person=None) -> PortalClient:
    phone = PortalClient()
    if person:
        phone.force_login(person.user, backend=BACKEND)
    return phone


def pressed(phone, address, session, **answers) -> str:
    """Open the address, press the button, and return what both pages say."""
    opened = phone.get(address, follow=True).content.decode()
    return opened + phone.post(plain(session), answers, follow=True).content.decode()


def replayed(session, owners, number):
    """The address of a QR, and the code, five minutes to two hours later."""
    later = timezone.now() + timedelta(minutes=5 + number)
    address, code = scanned(session), spoken_code(session.secret, timezone.now())
    with time_machine.travel(later, tick=False):
        answers = {"code": code} if number % 2 else {}
        return pressed(phone_of(owners[1]), address, session, **answers), WRONG_CODE if answers else STALE


def forwarded(session, owners, number):
    """Scanned by one, sent to another, opened there before signing in, after the QR was replaced."""
    address = scanned(session, timezone.now() - timedelta(seconds=61 + number))
    phone = phone_of()
    to_door = phone.get(address)
    phone.force_login(owners[1].user, backend=BACKEND)
    return pressed(
        phone, to_door.url.partition("next=")[2].replace("%3F", "?").replace("%3D", "="), session
    ), STALE


def of_another_session(session, owners, number):
    other = SessionFactory(running=True, cohort=session.cohort, module=session.module)
    return pressed(
        phone_of(owners[1]), scanned(session, token=scanned(other).partition("t=")[2]), session
    ), STALE


def of_another_person(session, owners, number):
    """The cookie copied to another phone, or the next person on the same phone; once both cookies copied."""
    made_by = phone_of(owners[0])
    made_by.get(scanned(session))
    phone = phone_of(owners[1])
    phone.cookies["pindai"] = made_by.cookies["pindai"].value
    if number % 2:
        phone.cookies["perangkat"] = made_by.cookies["perangkat"].value
    return pressed(phone, plain(session), session), NOT_YOURS


def tampered(session, owners, number):
    token = qr_token(session.secret, session.code, timezone.now())
    at = number % len(token)
    token = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
    return pressed(phone_of(owners[1]), scanned(session, token=token), session), STALE


@pytest.mark.timeout(300)
@pytest.mark.parametrize("tries", [8, pytest.param(80, marks=pytest.mark.long)])
def test_not_one_of_these_is_accepted_and_each_is_told(session, owners, count, tries):
    """400 of them with `--long`, 40 in every run: a fault in one kind shows in its first try or its last letter."""
    kinds = (replayed, forwarded, of_another_session, of_another_person, tampered)
    untold = []
    for kind in kinds:
        for number in range(tries):
            said, wanted = kind(session, owners, number)
            if wanted not in said:
                untold.append((kind.__name__, number))
    assert (Attendance.objects.count(), untold) == (0, [])
    count("scans that are not the reader's own", tried=tries * len(kinds), accepted=0)


class TestBeforeSigningIn:
    """Nobody is signed in: the scan is the phone's, until somebody signs in there."""

    @pytest.fixture
    def phone(self, session):
        phone = phone_of()
        phone.get(scanned(session))
        return phone

    def press(self, phone, person, session):
        phone.force_login(person.user, backend=BACKEND)
        return pressed(phone, plain(session), session)

    def test_who_signs_in_on_the_phone_uses_it(self, phone, session, owners):
        self.press(phone, owners[0], session)
        assert Attendance.objects.get().method == "qr"

    def test_the_next_person_on_the_phone_scans_themselves(self, phone, session, owners):
        self.press(phone, owners[0], session)
        assert NOT_YOURS in self.press(phone, owners[1], session)
        assert Attendance.objects.get().person == owners[0]

    def test_another_phone_has_no_use_for_the_cookie(self, phone, session, owners):
        other = phone_of()
        other.cookies["pindai"] = phone.cookies["pindai"].value
        assert NOT_YOURS in self.press(other, owners[1], session)

    def test_even_with_both_cookies_copied_one_person_uses_it(self, phone, session, owners):
        other = phone_of()
        for name in ("pindai", "perangkat"):
            other.cookies[name] = phone.cookies[name].value
        self.press(phone, owners[0], session)
        assert NOT_YOURS in self.press(other, owners[1], session)
        assert Attendance.objects.get().person == owners[0]


def test_ones_own_scan_is_not_sent_again_with_every_page(session, owners):
    phone = phone_of(owners[0])
    assert "pindai" in phone.get(scanned(session)).cookies
    assert "pindai" not in phone.get(plain(session)).cookies
