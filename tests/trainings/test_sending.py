"""What phones send: the same form once, with both clocks; what arrives too late waits for the trainer."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.factories.trainings import SessionFactory, enrol
from trainings import actions
from trainings.check_in_codes import qr_token, spoken_code
from trainings.models import Attendance, CorrectionRequest, SentCheckIn

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
REVIEWED = "Narasumber meninjaunya"


@pytest.fixture
def session(db):
    return SessionFactory(running=True)


@pytest.fixture
def owner(session, login):
    person = enrol(session.cohort)[1]
    login(person.user)
    return person


@pytest.fixture
def address(session):
    return reverse("trainings:check_in_session", args=[session.code])


@pytest.fixture
def form(client, session, owner, address):
    """The fields of a form that was opened by a scan, as the phone keeps them."""
    page = client.get(address, {"t": qr_token(session.secret, session.code, timezone.now())})
    return {name: value for name, value in HIDDEN.findall(page.content.decode()) if name in ("key", "scan")}


def by_code(session, *, minutes: int) -> dict:
    """A typed code as a phone keeps it that was without a signal for so long."""
    pressed = timezone.now()
    sent = pressed + timedelta(minutes=minutes)
    return {
        "code": spoken_code(session.secret, pressed),
        "key": str(uuid4()),
        "pressed": pressed.isoformat(),
        "sent": sent.isoformat(),
    }


class TestOnce:
    def test_a_hundred_sendings_are_one_mark(self, client, address, form):
        answers = {client.post(address, form).url for _number in range(100)}
        assert (len(answers), Attendance.objects.count(), SentCheckIn.objects.count()) == (1, 1, 1)

    def test_the_second_is_told(self, client, address, form):
        assert "sudah tercatat sebelumnya" not in client.post(address, form, follow=True).content.decode()
        assert "sudah tercatat sebelumnya" in client.post(address, form, follow=True).content.decode()

    def test_both_clocks_are_kept(self, client, session, owner):
        sent = by_code(session, minutes=0) | {"sent": (timezone.now() + timedelta(minutes=20)).isoformat()}
        client.post(reverse("trainings:check_in"), sent)
        kept = SentCheckIn.objects.get()
        assert str(kept.pk) == sent["key"]
        assert kept.pressed_on_phone.isoformat() == sent["pressed"]
        assert timedelta(minutes=19) < kept.sent_on_phone - kept.created_at < timedelta(minutes=21)

    @pytest.mark.parametrize("said", ["", "yesterday", "9" * 60])
    def test_a_clock_or_key_that_cannot_be_read_loses_no_mark(self, client, session, owner, said):
        sent = by_code(session, minutes=0) | {"key": said, "pressed": said, "sent": said}
        client.post(reverse("trainings:check_in"), sent)
        assert Attendance.objects.count() == 1

    def test_what_was_taken_back_does_not_come_back(self, client, address, form):
        client.post(address, form)
        client.post(reverse("trainings:undo_check_in", args=[Attendance.objects.get().receipt]))
        page = client.post(address, form).content.decode()
        assert "sudah Anda batalkan" in page and not Attendance.objects.exists()
        assert SentCheckIn.objects.get().outcome == "undone"

    def test_another_persons_key_is_refused(self, client, login, session, address, form):
        client.post(address, form)
        login(enrol(session.cohort)[1].user)
        answer = by_code(session, minutes=0) | {"key": form["key"]}
        assert "kedaluwarsa" in client.post(address, answer).content.decode()
        assert Attendance.objects.count() == 1

    def test_a_script_is_told_where_to_go(self, client, address, form):
        answer = client.post(address, form, headers={"X-Send": "1"})
        receipt = reverse("trainings:receipt", args=[Attendance.objects.get().receipt])
        assert (answer.status_code, answer.headers["X-Location"]) == (204, receipt)


class TestTooLate:
    def test_a_scan_that_arrives_after_the_window_is_asked_about(self, client, session, address, form):
        with time_machine.travel(session.ends_at + timedelta(hours=40)):
            for _number in range(3):
                assert REVIEWED in client.post(address, form, follow=True).content.decode()
        kept = SentCheckIn.objects.get()
        assert (kept.outcome, kept.proof) == ("late", "qr") and not Attendance.objects.exists()

    def test_after_48_hours_it_is_refused_in_words(self, client, session, address, form):
        with time_machine.travel(session.ends_at + timedelta(hours=49)):
            assert "Presensi sesi ini sudah ditutup" in client.post(address, form).content.decode()
        assert not SentCheckIn.objects.exists()

    def test_a_typed_code_is_found_by_the_phones_clock(self, client, session, owner):
        sent = by_code(session, minutes=300)
        with time_machine.travel(session.ends_at + timedelta(hours=1)):
            answer = client.post(reverse("trainings:check_in"), sent, follow=True)
        assert REVIEWED in answer.content.decode()
        assert SentCheckIn.objects.get().proof == "code" and not Attendance.objects.exists()

    def test_a_code_that_was_not_good_then_proves_nothing(self, client, session, owner):
        sent = by_code(session, minutes=300)
        sent["pressed"] = (timezone.now() - timedelta(minutes=9)).isoformat()
        with time_machine.travel(session.ends_at + timedelta(hours=1)):
            page = client.post(reverse("trainings:check_in"), sent).content.decode()
        assert "tidak dikenal atau sudah berganti" in page and not SentCheckIn.objects.exists()

    def test_within_the_window_but_after_the_code_it_is_asked_about_too(self, client, session, owner):
        sent = by_code(session, minutes=20)
        with time_machine.travel(timezone.now() + timedelta(minutes=20)):
            page = client.post(reverse("trainings:check_in"), sent, follow=True).content.decode()
        assert "pindai lagi" in page and not Attendance.objects.exists()

    def test_a_closed_session_is_entered_by_no_upload_but_asked_about(
        self, client, session, address, form, owner
    ):
        with time_machine.travel(session.ends_at + timedelta(hours=1)):
            actions.close_session(session, head_count=0, by=session.trainer)
            answer = client.post(address, form)
            mark = Attendance.objects.get()
            assert mark.status == "absent"
            assert answer.url.startswith(reverse("trainings:ask_correction", args=[mark.receipt]))
            page = client.get(answer.url).content.decode()
            assert "baru sampai" in page
            reason = re.search(r"<textarea[^>]*>\s*([^<]+)</textarea>", page).group(1)
            client.post(answer.url, {"wanted": "present", "reason": reason})
        assert CorrectionRequest.objects.get().attendance == mark
        mark.refresh_from_db()
        assert mark.status == "absent"

    def test_the_form_of_another_account_proves_nothing(self, client, login, session, address, form):
        login(enrol(session.cohort)[1].user)
        with time_machine.travel(session.ends_at + timedelta(hours=1)):
            client.post(address, form)
        assert not SentCheckIn.objects.exists()

    def test_the_key_of_a_mark_is_not_kept_late(self, client, login, session, address, form):
        client.post(address, form)
        login(enrol(session.cohort)[1].user)
        sent = by_code(session, minutes=300) | {"key": form["key"]}
        with time_machine.travel(session.ends_at + timedelta(hours=1)):
            client.post(address, sent)
        assert SentCheckIn.objects.count() == 1
