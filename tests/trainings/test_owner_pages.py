"""The owner's phone, from the scan to the receipt."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from participants.models import Enrolment
from tests.factories.accounts import PASSWORD
from tests.factories.participants import EnrolmentFactory, PersonFactory
from tests.factories.trainings import AttendanceFactory, ModuleFactory, SessionFactory, enrol
from trainings.check_in_codes import qr_token, spoken_code
from trainings.models import Attendance, TrainingSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db):
    return SessionFactory(running=True)


@pytest.fixture
def owner(session):
    return enrol(session.cohort)[1]


def scan_of(session, moment=None):
    """The address in the QR on the wall."""
    token = qr_token(session.secret, session.code, moment or timezone.now())
    return f"{reverse('trainings:check_in_session', args=[session.code])}?{urlencode({'t': token})}"


def plain(session):
    return reverse("trainings:check_in_session", args=[session.code])


class TestByQr:
    def test_scan_press_receipt_is_two_taps(self, client, login, session, owner):
        login(owner.user)
        page = client.get(scan_of(session))
        assert "Ya, catat kehadiran saya" in page.content.decode()
        assert "Kode sesi" not in page.content.decode()
        answer = client.post(plain(session))
        mark = Attendance.objects.get()
        assert answer.url == reverse("trainings:receipt", args=[mark.receipt])
        assert (mark.method, mark.person) == ("qr", owner)
        assert "Kehadiran tercatat" in client.get(answer.url).content.decode()

    def test_scan_sign_in_and_back_to_the_same_session(self, client, session, owner):
        owner.user.set_password(PASSWORD)
        owner.user.save()
        to_door = client.get(scan_of(session))
        assert to_door.url == f"{reverse('account_login')}?next={plain(session)}"
        with time_machine.travel(timezone.now() + timedelta(minutes=5)):
            back = client.post(to_door.url, {"login": owner.user.email, "password": PASSWORD})
            assert back.url == plain(session)
            assert client.post(back.url).status_code == 302
        assert Attendance.objects.get().method == "qr"

    def test_a_forwarded_address_is_worth_nothing_two_minutes_later(self, client, login, session, owner):
        login(owner.user)
        address = scan_of(session, timezone.now() - timedelta(minutes=2))
        assert "Kode sesi" in client.get(address).content.decode()
        answer = client.post(address)
        assert "Ketik kode yang ada di layar" in answer.content.decode()
        assert not Attendance.objects.exists()

    def test_a_scan_of_another_session_is_worth_nothing(self, client, login, session, owner):
        login(owner.user)
        client.get(scan_of(SessionFactory(running=True, cohort=session.cohort)))
        client.post(plain(session))
        assert not Attendance.objects.exists()

    def test_the_cookie_of_a_scan_cannot_be_made_up(self, client, login, session, owner):
        login(owner.user)
        token = qr_token(session.secret, session.code, timezone.now())
        client.cookies["pindai"] = f"{session.code}:{token}:{timezone.now().timestamp()}"
        client.post(plain(session))
        assert not Attendance.objects.exists()

    def test_who_is_in_already_sees_the_receipt(self, client, login, session, owner):
        login(owner.user)
        mark = AttendanceFactory(session=session, enrolment=owner.enterprise.enrolments.get(), person=owner)
        assert client.get(scan_of(session)).url == reverse("trainings:receipt", args=[mark.receipt])

    def test_pressing_twice_makes_one_mark(self, client, login, session, owner):
        login(owner.user)
        client.get(scan_of(session))
        addresses = {client.post(plain(session)).url for _ in range(3)}
        assert len(addresses) == Attendance.objects.count() == 1

    def test_a_delegate_is_named(self, client, login, session, owner):
        login(owner.user)
        client.get(scan_of(session))
        unnamed = client.post(plain(session) + "?wakil=1", {"delegate_name": ""})
        assert "Isi nama orang yang hadir" in unnamed.content.decode()
        client.post(plain(session) + "?wakil=1", {"delegate_name": "Dedi"})
        assert Attendance.objects.get().attendee == "Dedi"

    def test_somebody_of_two_ikm_checks_in_for_each(self, client, login, session, owner):
        """One scan serves both; the page names the IKM, and a form marks the one it named whatever came before."""
        second = EnrolmentFactory(cohort=session.cohort)
        PersonFactory(enterprise=second.enterprise, user=owner.user)
        login(owner.user)
        page = client.get(scan_of(session)).content.decode()
        first_form = f"{plain(session)}?ikm={owner.enterprise.code}"
        assert f'action="{first_form}"' in page and f"Untuk {second.enterprise}" in page
        receipt = client.post(first_form, follow=True).content.decode()
        assert f"Catat juga untuk {second.enterprise}" in receipt
        assert client.post(first_form).url and Attendance.objects.count() == 1
        address = f"{plain(session)}?ikm={second.enterprise.code}"
        page = client.get(address).content.decode()
        assert str(second.enterprise) in page and "Ya, catat kehadiran saya" in page
        assert "Catat juga" not in client.post(address, follow=True).content.decode()
        assert {mark.enrolment.enterprise_id for mark in Attendance.objects.all()} == {
            owner.enterprise_id,
            second.enterprise_id,
        }

    def test_an_ikm_that_is_not_ones_own_is_no_choice(self, client, login, session, owner):
        stranger = enrol(session.cohort)[1]
        login(owner.user)
        client.get(scan_of(session))
        client.post(f"{plain(session)}?ikm={stranger.enterprise.code}")
        assert Attendance.objects.get().person == owner

    def test_where_the_owner_must_come_a_delegate_is_told(self, client, login):
        session = SessionFactory(running=True, module=ModuleFactory(owner_must_attend=True))
        login(enrol(session.cohort)[1].user)
        page = client.get(scan_of(session) + "&wakil=1").content.decode()
        assert "Modul ini harus diikuti pemilik sendiri" in page

    def test_another_cohort_is_told_whose_session_it_is(self, client, login, session):
        login(enrol(SessionFactory().cohort)[1].user)
        page = client.get(scan_of(session)).content.decode()
        assert f"Sesi ini untuk {session.cohort}" in page

    def test_a_leaver_is_told_in_words(self, client, login, session, owner):
        Enrolment.objects.update(status=Enrolment.Status.ON_LEAVE)
        login(owner.user)
        client.get(scan_of(session))
        assert "berstatus cuti" in client.post(plain(session)).content.decode()
        assert not Attendance.objects.exists()


class TestTooEarlyTooLate:
    def test_early_says_when_and_looks_again_by_itself(self, client, login):
        session = SessionFactory()
        login(enrol(session.cohort)[1].user)
        with time_machine.travel(session.window.opens_at - timedelta(seconds=40), tick=False):
            page = client.get(scan_of(session))
            assert "Presensi dibuka pukul" in page.content.decode()
            assert page.headers["Refresh"] == f"41; url={plain(session)}"
        TrainingSession.objects.update(status="open")
        with time_machine.travel(session.window.opens_at + timedelta(seconds=2)):
            assert "Ya, catat kehadiran saya" in client.get(plain(session)).content.decode()
            client.post(plain(session))
        assert Attendance.objects.get().marked_at == session.window.opens_at

    def test_a_session_nobody_opened_is_waited_for(self, client, login, session, owner):
        TrainingSession.objects.update(status="scheduled")
        login(owner.user)
        page = client.get(scan_of(session))
        assert "Narasumber belum membuka presensi" in page.content.decode()
        assert page.headers["Refresh"].startswith("15;")

    def test_late_comers_are_sent_to_the_trainer(self, client, login, session, owner):
        login(owner.user)
        with time_machine.travel(session.ends_at):
            assert "sudah ditutup" in client.get(plain(session)).content.decode()
            client.post(plain(session), {"code": spoken_code(session.secret, timezone.now())})
        assert not Attendance.objects.exists()


class TestByCode:
    def test_the_code_finds_the_session(self, client, login, session, owner):
        SessionFactory(running=True)
        login(owner.user)
        typed = spoken_code(session.secret, timezone.now()).lower()
        client.post(reverse("trainings:check_in"), {"code": f"{typed[:3]} {typed[3:]}"})
        assert Attendance.objects.get().session == session

    @pytest.mark.parametrize("code, words", [("", "Ketik kode"), ("AAA AAA", "AAA AAA tidak dikenal")])
    def test_a_wrong_code_is_told_and_kept(self, client, login, session, owner, code, words):
        login(owner.user)
        page = client.post(reverse("trainings:check_in"), {"code": code}).content.decode()
        assert words in page
        assert f'value="{code}"' in page or not code

    def test_the_code_of_another_cohort_names_it(self, client, login, session):
        login(enrol(SessionFactory().cohort)[1].user)
        code = spoken_code(session.secret, timezone.now())
        page = client.post(reverse("trainings:check_in"), {"code": code}).content.decode()
        assert f"Sesi ini untuk {session.cohort}" in page

    def test_two_ikm_on_one_phone_leave_the_same_mark(self, client, login, session, owner):
        for person in (owner, enrol(session.cohort)[1]):
            login(person.user)
            client.post(reverse("trainings:check_in"), {"code": spoken_code(session.secret, timezone.now())})
        devices = set(Attendance.objects.values_list("device", flat=True))
        assert len(devices) == 1 and devices != {""}


class TestReceipt:
    @pytest.fixture
    def mark(self, session, owner):
        return AttendanceFactory(
            session=session,
            enrolment=owner.enterprise.enrolments.get(),
            person=owner,
            marked_by=owner.user,
            method="code",
        )

    def test_undo_from_the_receipt(self, client, login, mark, owner):
        login(owner.user)
        assert "Batalkan" in client.get(reverse("trainings:receipt", args=[mark.receipt])).content.decode()
        client.post(reverse("trainings:undo_check_in", args=[mark.receipt]))
        assert not Attendance.objects.exists()

    def test_too_late_to_undo_is_said(self, client, login, mark, owner):
        login(owner.user)
        Attendance.objects.update(created_at=timezone.now() - timedelta(minutes=11))
        address = reverse("trainings:undo_check_in", args=[mark.receipt])
        page = client.post(address, follow=True).content.decode()
        assert "tidak dapat dibatalkan lagi" in page
        assert Attendance.objects.exists()

    def test_a_correction_is_shown_to_the_owner(self, client, login, mark, owner):
        mark.corrections.create(
            before="present", after="excused", reason="Pulang lebih awal", by=mark.session.trainer
        )
        login(owner.user)
        page = client.get(reverse("trainings:receipt", args=[mark.receipt])).content.decode()
        assert "Dikoreksi dari Hadir menjadi Izin" in page
        assert "Pulang lebih awal" in page


def test_the_schedule_asks_as_often_for_five_sessions_as_for_one(login, queries):
    first = SessionFactory()
    enrolment, person = enrol(first.cohort)
    login(person.user)
    counted = []
    for more in (1, 4):
        for _ in range(more):
            SessionFactory(cohort=first.cohort, module=first.module)
            held = SessionFactory(cohort=first.cohort, module=first.module, held=True)
            AttendanceFactory(session=held, enrolment=enrolment, person=person)
        counted.append(queries(reverse("trainings:my_schedule")))
    assert counted[0] == counted[1]


def test_an_owner_without_a_cohort_has_an_empty_schedule(client, login):
    login(Role.OWNER)
    assert "Belum ada sesi berikutnya" in client.get(reverse("trainings:my_schedule")).content.decode()
