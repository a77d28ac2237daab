"""A trainer's taps: each once, in order, never into a closed session, and the last one can be taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.workflow import TransitionError
from tests.factories.accounts import UserFactory
from tests.factories.trainings import AttendanceFactory, SessionFactory, enrol
from trainings import actions
from trainings.actions import Tapped
from trainings.actions.sending import Sending
from trainings.check_in_codes import qr_token
from trainings.models import Attendance, RosterTap

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def session(db):
    return SessionFactory(running=True)


@pytest.fixture
def trainer(session):
    return session.trainer


@pytest.fixture
def enrolment(session):
    return enrol(session.cohort)[0]


def mark_of(enrolment) -> str | None:
    mark = Attendance.objects.filter(enrolment=enrolment).first()
    return mark.status if mark else None


class TestOnce:
    def test_a_hundred_sendings_are_one_tap(self, session, enrolment, trainer):
        tapped = Tapped(key=uuid4(), at=timezone.now() - timedelta(minutes=20), sent=timezone.now())
        for _number in range(100):
            one = actions.tap(session, enrolment, "late", by=trainer, tapped=tapped)
        assert Attendance.objects.get().status == "late"
        assert (RosterTap.objects.count(), Event.objects.filter(verb="attendance.marked").count()) == (1, 1)
        assert one.tapped_on_phone == tapped.at < one.created_at

    def test_an_old_tap_sent_again_does_not_come_back(self, session, enrolment, trainer):
        first, second = Tapped(), Tapped()
        actions.tap(session, enrolment, "late", by=trainer, tapped=first)
        actions.tap(session, enrolment, "sick", by=trainer, tapped=second)
        actions.tap(session, enrolment, "late", by=trainer, tapped=first)
        assert mark_of(enrolment) == "sick"

    def test_everybody_once_and_who_joins_later_is_not_meant(self, session, enrolment, trainer):
        tapped = Tapped()
        actions.tap_all(session, by=trainer, tapped=tapped)
        newcomer = enrol(session.cohort)[0]
        actions.tap_all(session, by=trainer, tapped=tapped)
        assert (mark_of(enrolment), mark_of(newcomer)) == ("present", None)

    def test_another_persons_key_is_refused(self, session, enrolment, trainer):
        tapped = Tapped()
        actions.tap(session, enrolment, "late", by=trainer, tapped=tapped)
        with pytest.raises(ValidationError, match="bukan milik Anda"):
            actions.tap(session, enrolment, "sick", by=UserFactory(role=Role.STAFF), tapped=tapped)


class TestArrivingLate:
    def test_a_closed_session_keeps_the_tap_and_marks_nobody(self, session, enrolment, trainer):
        actions.close_session(session, head_count=0, by=trainer)
        tapped = Tapped()
        for _number in range(2):
            one = actions.tap(session, enrolment, "present", by=trainer, tapped=tapped)
        assert (one.outcome, mark_of(enrolment)) == ("closed", "absent")
        assert Event.objects.filter(verb="attendance.tap_late").count() == 1
        assert actions.tap_all(session, by=trainer).outcome == "closed"

    def test_staff_read_what_came_too_late(self, client, login, session, enrolment, trainer):
        actions.close_session(session, head_count=0, by=trainer)
        actions.tap(session, enrolment, "late", by=trainer)
        login(Role.STAFF)
        page = client.get(session.get_absolute_url()).content.decode()
        assert "Tiba sesudah sesi ditutup" in page
        assert f"{enrolment.enterprise}: Terlambat" in page

    def test_who_checked_in_meanwhile_is_not_marked_absent(self, session, enrolment, trainer):
        AttendanceFactory(session=session, enrolment=enrolment)
        one = actions.tap(session, enrolment, "absent", by=trainer, seen="")
        assert (one.outcome, mark_of(enrolment)) == ("changed", "present")
        assert actions.tap(session, enrolment, "absent", by=trainer, seen="present").outcome == "done"
        assert mark_of(enrolment) == "absent"

    def test_a_session_that_never_opened(self, trainer):
        session = SessionFactory(trainer=trainer)
        with pytest.raises(TransitionError):
            actions.tap(session, enrol(session.cohort)[0], "present", by=trainer)
        assert not RosterTap.objects.exists()


class TestTakingBack:
    def test_a_new_mark_is_gone(self, session, enrolment, trainer):
        one = actions.tap(session, enrolment, "late", by=trainer)
        assert actions.undo_tap(one, by=trainer) == 1
        assert actions.undo_tap(one, by=trainer) == 0
        assert mark_of(enrolment) is None

    def test_an_owners_own_mark_is_recorded_again(self, session, trainer):
        mark = AttendanceFactory(session=session)
        one = actions.tap(session, mark.enrolment, "late", by=trainer)
        actions.undo_tap(one, by=trainer)
        mark.refresh_from_db()
        assert (mark.status, mark.verification, mark.verified_by) == ("present", "recorded", None)

    def test_everybody_but_whom_somebody_changed_since(self, session, trainer):
        first, second = (enrol(session.cohort)[0] for _number in range(2))
        everybody = actions.tap_all(session, by=trainer)
        actions.tap(session, second, "sick", by=trainer)
        assert actions.undo_tap(everybody, by=trainer) == 1
        assert (mark_of(first), mark_of(second)) == (None, "sick")

    def test_the_last_one_first(self, session, enrolment, trainer):
        taps = [actions.tap(session, enrolment, status, by=trainer) for status in ("present", "late", "late")]
        assert session.taps.last_of(trainer) == taps[1]  # the third changed nothing
        actions.undo_tap(taps[1], by=trainer)
        assert (mark_of(enrolment), session.taps.last_of(trainer)) == ("present", taps[0])
        assert session.taps.last_of(UserFactory(role=Role.STAFF)) is None


class TestPages:
    def post(self, client, session, enrolment, **data):
        return client.post(
            reverse("trainings:mark", args=[session.code, enrolment.pk]), data, headers=HTMX
        ).content.decode()

    def test_a_tap_answers_with_its_row_and_the_counts(self, client, login, session, enrolment, trainer):
        other = enrol(session.cohort)[0]
        login(trainer)
        part = self.post(client, session, enrolment, status="sick", seen="", key=str(uuid4()))
        assert f'id="r-{enrolment.pk}"' in part
        assert f'id="r-{other.pk}"' not in part
        assert "0 dari 2 IKM hadir" in part
        assert f"Sakit: {enrolment.enterprise}" in part  # to take back
        assert "<html" not in part

    def test_without_a_script_it_leads_back_to_the_row(self, client, login, session, enrolment, trainer):
        login(trainer)
        address = reverse("trainings:mark", args=[session.code, enrolment.pk])
        answer = client.post(address, {"status": "late", "seen": ""})
        assert answer.url == f"{session.get_absolute_url()}#r-{enrolment.pk}"
        page = client.get(session.get_absolute_url()).content.decode()
        assert f"{enrolment.enterprise}: terlambat." in page

    def test_a_phone_with_a_wild_clock_still_marks(self, client, login, session, enrolment, trainer):
        login(trainer)
        self.post(client, session, enrolment, status="late", at="kemarin", sent="", key=str(uuid4()))
        one = RosterTap.objects.get()
        assert (one.tapped_on_phone, mark_of(enrolment)) == (None, "late")

    @pytest.mark.parametrize(
        "data, words",
        [
            ({"status": "asleep"}, "Pilih status dari daftar"),
            ({}, "Pilih status kehadiran"),
            ({"status": "late", "key": "7"}, "Muat ulang halaman"),
        ],
    )
    def test_what_is_wrong_is_said(self, client, login, session, enrolment, trainer, data, words):
        login(trainer)
        assert words in self.post(client, session, enrolment, **data)
        assert mark_of(enrolment) is None

    def test_after_closing_the_phone_is_told(self, client, login, session, enrolment, trainer):
        actions.close_session(session, head_count=0, by=trainer)
        login(trainer)
        part = self.post(client, session, enrolment, status="present", key=str(uuid4()))
        assert "tidak dicatat, sesi sudah ditutup" in part

    def test_taking_back_on_the_page(self, client, login, session, enrolment, trainer):
        login(trainer)
        self.post(client, session, enrolment, status="present")
        address = reverse("trainings:undo_tap", args=[session.code])
        part = client.post(address, {"tap": RosterTap.objects.get().pk}, headers=HTMX).content.decode()
        assert "1 belum tercatat" in part
        assert "tidak ditemukan" in client.post(address, {"tap": uuid4()}, headers=HTMX).content.decode()

    def test_a_name_is_found_without_a_script(self, client, login, session, trainer):
        people = [enrol(session.cohort)[1] for _number in range(11)]
        login(trainer)
        page = client.get(session.get_absolute_url(), {"cari": people[0].full_name}).content.decode()
        assert page.count('class="attendee"') == 1
        page = client.get(session.get_absolute_url(), {"cari": "zzz"}).content.decode()
        assert "Tidak ada yang cocok" in page

    def test_tapping_asks_the_database_as_often_for_thirty_as_for_three(
        self, client, login, session, trainer, django_assert_max_num_queries
    ):
        enrolments = [enrol(session.cohort)[0] for _number in range(30)]
        login(trainer)
        self.post(client, session, enrolments[0], status="late")
        with django_assert_max_num_queries(45):
            self.post(client, session, enrolments[1], status="late")


class TestWhoProvedItMeanwhile:
    @pytest.mark.parametrize("code, left", [("good", "qr"), ("000000", None)])
    def test_keeps_the_own_mark_and_receipt(self, session, trainer, code, left):
        _enrolment, person = enrol(session.cohort)
        everybody = actions.tap_all(session, by=trainer)
        token = qr_token(session.secret, session.code, timezone.now()) if code == "good" else code
        mark = actions.check_in(session, person=person, code=token, by=person.user, sending=Sending(uuid4()))
        actions.undo_tap(everybody, by=trainer)
        found = Attendance.objects.filter(receipt=mark.receipt).first()
        assert (found and found.method) == left
        if found:
            assert (found.verification, found.marked_by, found.verified_by) == ("recorded", person.user, None)
