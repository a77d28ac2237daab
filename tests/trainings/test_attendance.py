"""Checking in, marking, verifying, correcting, taking back."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from participants.models import Enrolment, Person
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory, PersonFactory
from tests.factories.trainings import AttendanceFactory, SessionFactory, enrol
from trainings import actions
from trainings.check_in_codes import in_groups, qr_token, spoken_code
from trainings.models import Attendance, AttendanceCorrection, TrainingSession

pytestmark = pytest.mark.django_db
Status = Attendance.Status


@pytest.fixture
def session(db):
    return SessionFactory(running=True)


@pytest.fixture
def owner(session):
    """The person of an IKM on the session's roster."""
    return enrol(session.cohort)[1]


@pytest.fixture
def trainer(session):
    return session.trainer


def come(session, person, *, now=None, code=None, **rest):
    """Check the person in with the code that is good at that moment."""
    now = now or timezone.now()
    code = code if code is not None else spoken_code(session.secret, now)
    return actions.check_in(session, person=person, code=code, by=person.user, now=now, **rest)


class TestCheckingIn:
    def test_by_code(self, session, owner):
        mark = come(session, owner, code=in_groups(spoken_code(session.secret, timezone.now())).lower())
        assert (mark.status, mark.verification, mark.method) == ("present", "recorded", "code")
        assert mark.person == owner
        event = Event.objects.get()
        assert (event.verb, event.enterprise_id) == ("attendance.checked_in", owner.enterprise_id)

    def test_by_qr(self, session, owner):
        now = timezone.now()
        assert come(session, owner, code=qr_token(session.secret, session.code, now), now=now).method == "qr"

    def test_a_second_time_returns_the_same_receipt(self, session, owner):
        first = come(session, owner)
        again = come(session, owner, now=timezone.now() + timedelta(hours=20), code="")
        assert again.receipt == first.receipt
        assert Attendance.objects.count() == Event.objects.count() == 1

    def test_a_delegate_has_a_mark_of_their_own(self, session, owner):
        mark = come(session, owner, delegate_name="  Sari   Utami ")
        assert (mark.person, mark.attendee) == (None, "Sari Utami")
        assert come(session, owner, delegate_name="Sari Utami") == mark
        assert come(session, owner) != mark

    @pytest.mark.parametrize("status", ["on_leave", "graduated", "withdrawn"])
    def test_leavers_are_refused_with_words(self, session, status):
        _enrolment, person = enrol(session.cohort, status=status)
        with pytest.raises(ValidationError, match="kehadiran tidak dicatat"):
            come(session, person)

    def test_another_cohort_is_refused_with_words(self, session):
        _enrolment, person = enrol(SessionFactory().cohort)
        with pytest.raises(ValidationError, match=f"Sesi ini untuk {session.cohort}"):
            come(session, person)

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda session, now: spoken_code("x" * 32, now),
            lambda session, now: spoken_code(session.secret, now - timedelta(minutes=5)),
            lambda session, now: qr_token(session.secret, "ABCDEF", now),
            lambda session, now: qr_token(session.secret, session.code, now - timedelta(minutes=2)),
            lambda session, now: qr_token(session.secret, session.code, now + timedelta(minutes=2)),
            lambda session, now: qr_token(session.secret, session.code, now)[:-1],
            lambda session, now: session.code,
            lambda session, now: "",
        ],
    )
    def test_what_proves_nothing_is_refused(self, session, owner, spoil):
        now = timezone.now()
        with pytest.raises(ValidationError, match="tidak dikenal"):
            come(session, owner, code=spoil(session, now), now=now)
        assert not Attendance.objects.exists()

    @pytest.mark.parametrize("status", ["draft", "scheduled", "cancelled"])
    def test_only_an_open_session_takes_marks(self, owner, session, status):
        TrainingSession.objects.update(status=status)
        with pytest.raises(ValidationError):
            come(session, owner)

    def test_lateness_is_counted_from_the_scan(self, session, owner):
        scanned_at = session.window.late_from - timedelta(seconds=1)
        token = qr_token(session.secret, session.code, scanned_at)
        signed_in = scanned_at + timedelta(minutes=4)
        mark = come(session, owner, code=token, now=signed_in, scanned_at=scanned_at)
        assert (mark.status, mark.marked_at) == ("present", scanned_at)

    def test_an_early_scan_is_good_when_the_window_opens(self, session, owner):
        opens_at = session.window.opens_at
        scanned_at = opens_at - timedelta(minutes=2)
        token = qr_token(session.secret, session.code, scanned_at)
        with pytest.raises(ValidationError, match="Presensi dibuka pukul"):
            come(session, owner, code=token, now=opens_at - timedelta(seconds=1), scanned_at=scanned_at)
        mark = come(session, owner, code=token, now=opens_at, scanned_at=scanned_at)
        assert mark.marked_at == opens_at

    @pytest.mark.parametrize("age", [timedelta(minutes=10, seconds=1), timedelta(seconds=-1)])
    def test_a_scan_does_not_last_for_ever_nor_come_from_the_future(self, session, owner, age):
        now = timezone.now()
        token = qr_token(session.secret, session.code, now - age)
        with pytest.raises(ValidationError, match="terlalu lama"):
            come(session, owner, code=token, now=now, scanned_at=now - age)


@pytest.mark.parametrize(
    "boundary, seconds, expected",
    [
        ("opens_at", -1, None),
        ("opens_at", 0, "present"),
        ("opens_at", 1, "present"),
        ("late_from", -1, "present"),
        ("late_from", 0, "late"),
        ("late_from", 1, "late"),
        ("closes_at", -1, "late"),
        ("closes_at", 0, None),
        ("closes_at", 1, None),
    ],
)
def test_the_window_to_the_second(session, owner, boundary, seconds, expected):
    now = getattr(session.window, boundary) + timedelta(seconds=seconds)
    if expected is None:
        with pytest.raises(ValidationError):
            come(session, owner, now=now)
    else:
        assert come(session, owner, now=now).status == expected


class Properties(TestCase):
    """What holds for every moment and every repetition."""

    @settings(max_examples=60, deadline=None)
    @given(
        seconds=st.integers(-100_000, 100_000),
        status=st.sampled_from([state.value for state in TrainingSession.Status if state != "closed"]),
        path=st.sampled_from(["code", "qr", "trainer"]),
    )
    def test_no_path_marks_a_session_outside_its_window(self, seconds, status, path):
        session = SessionFactory(running=True)
        person = enrol(session.cohort)[1]
        now = session.starts_at + timedelta(seconds=seconds)
        if path == "trainer":
            # the trainer's path begins with opening, which the clock guards
            TrainingSession.objects.filter(pk=session.pk).update(status="scheduled")
            session.refresh_from_db()
            try:
                actions.open_session(session, by=session.trainer, now=now)
                actions.mark(session, person.enterprise.enrolments.get(), "present", by=session.trainer)
            except TransitionError:
                assert now < session.window.opens_at
        else:
            TrainingSession.objects.filter(pk=session.pk).update(status=status)
            code = (
                spoken_code(session.secret, now)
                if path == "code"
                else qr_token(session.secret, session.code, now)
            )
            try:
                come(session, person, now=now, code=code)
            except ValidationError:
                pass
            else:
                assert status == "open"
                assert session.window.opens_at <= now < session.window.closes_at
        if now < session.window.opens_at:
            assert not Attendance.objects.exists()

    @settings(max_examples=15, deadline=None)
    @given(times=st.integers(1, 20), gaps=st.lists(st.integers(0, 600), min_size=20, max_size=20))
    def test_sending_a_mark_many_times_makes_one_record(self, times, gaps):
        session = SessionFactory(running=True)
        person = enrol(session.cohort)[1]
        receipts = {
            come(session, person, now=session.starts_at + timedelta(seconds=gap)).receipt
            for gap in gaps[:times]
        }
        assert len(receipts) == Attendance.objects.filter(session=session).count() == 1


@pytest.mark.usefixtures("regions_survive")
@pytest.mark.django_db(transaction=True)
def test_two_check_ins_at_the_same_moment_make_one_mark(transactional_db):
    session = SessionFactory(running=True)
    owner = enrol(session.cohort)[1]
    together, receipts = Barrier(2), []

    def press():
        try:
            together.wait(timeout=10)
            receipts.append(come(session, owner).receipt)
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(receipts) == 2
    assert len(set(receipts)) == Attendance.objects.count() == 1


@pytest.mark.usefixtures("regions_survive")
@pytest.mark.django_db(transaction=True)
def test_a_check_in_beside_the_closing_is_either_counted_or_refused(transactional_db):
    session = SessionFactory(running=True)
    owner = enrol(session.cohort)[1]
    together, outcome = Barrier(2), {}

    def press():
        try:
            together.wait(timeout=10)
            outcome["receipt"] = come(session, owner).receipt
        except ValidationError:
            outcome["receipt"] = None
        finally:
            connection.close()

    def close():
        try:
            together.wait(timeout=10)
            actions.close_session(session, head_count=1, note="Satu orang", by=session.trainer)
        finally:
            connection.close()

    threads = [Thread(target=press), Thread(target=close)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    mark = Attendance.objects.get()
    assert mark.verification == "verified"
    assert (mark.status == "present") == (mark.receipt == outcome["receipt"])


class TestUndo:
    @pytest.mark.parametrize("seconds, possible", [(599, True), (600, True), (601, False)])
    def test_within_ten_minutes(self, session, owner, seconds, possible):
        mark = come(session, owner)
        now = mark.created_at + timedelta(seconds=seconds)
        if possible:
            actions.undo_check_in(mark, by=owner.user, now=now)
            assert not Attendance.objects.exists()
            assert Event.objects.first().verb == "attendance.undone"
        else:
            with pytest.raises(TransitionError):
                actions.undo_check_in(mark, by=owner.user, now=now)

    def test_not_once_verified_nor_by_somebody_else_nor_a_trainers_mark(self, session, owner, trainer):
        mark = come(session, owner)
        with pytest.raises(TransitionError):
            actions.undo_check_in(mark, by=trainer)
        actions.verify(session, by=trainer)
        with pytest.raises(TransitionError):
            actions.undo_check_in(mark, by=owner.user)


class TestRoster:
    def test_a_trainers_mark_is_verified_and_means_the_owner(self, session, owner, trainer):
        PersonFactory(
            enterprise=owner.enterprise, position=Person.Position.FINANCE, is_primary=False, full_name="A"
        )
        mark = actions.mark(session, owner.enterprise.enrolments.get(), Status.PRESENT, by=trainer)
        assert (mark.person, mark.verification, mark.method) == (owner, "verified", "trainer")

    def test_marking_again_changes_the_mark_that_is_there(self, session, owner, trainer):
        first = come(session, owner)
        mark = actions.mark(session, owner.enterprise.enrolments.get(), Status.LATE, by=trainer)
        assert (mark.pk, mark.status, mark.verification) == (first.pk, "late", "verified")
        assert Event.objects.first().data["before"] == "present"

    def test_the_same_mark_again_leaves_no_trace(self, session, owner, trainer):
        enrolment = owner.enterprise.enrolments.get()
        actions.mark(session, enrolment, Status.SICK, by=trainer)
        actions.mark(session, enrolment, Status.SICK, by=trainer)
        assert Event.objects.count() == Attendance.objects.count() == 1

    @pytest.mark.parametrize("status", ["scheduled", "closed", "cancelled"])
    def test_only_an_open_session_is_marked(self, session, owner, trainer, status):
        enrolment = owner.enterprise.enrolments.get()
        if status == "closed":
            actions.close_session(session, head_count=0, by=trainer)
        else:
            TrainingSession.objects.update(status=status)
        for act in (
            lambda: actions.mark(session, enrolment, Status.PRESENT, by=trainer),
            lambda: actions.mark_all_present(session, by=trainer),
        ):
            with pytest.raises(TransitionError):
                act()

    def test_everybody_else_present_in_one_go(self, session, owner, trainer):
        others = [EnrolmentFactory(cohort=session.cohort) for _ in range(2)]
        EnrolmentFactory(cohort=session.cohort, status=Enrolment.Status.WITHDRAWN)
        actions.mark(session, others[0], Status.EXCUSED, by=trainer)
        assert len(actions.mark_all_present(session, by=trainer)) == 2
        assert actions.mark_all_present(session, by=trainer) == []
        assert sorted(Attendance.objects.values_list("status", flat=True)) == [
            "excused",
            "present",
            "present",
        ]

    def test_those_of_another_cohort_are_not_marked(self, session, trainer):
        with pytest.raises(ValidationError):
            actions.mark(session, EnrolmentFactory(), Status.PRESENT, by=trainer)

    def test_verifying_all_or_one(self, session, owner, trainer):
        mark = come(session, owner)
        other = AttendanceFactory(session=session)
        assert actions.verify(session, by=trainer, attendance=mark) == 1
        assert actions.verify(session, by=trainer) == 1
        other.refresh_from_db()
        assert (other.verification, other.verified_by) == ("verified", trainer)
        assert actions.verify(session, by=trainer) == 0

    def test_rejecting_needs_a_reason_counts_for_nothing_and_tells_the_owner(self, session, owner, trainer):
        mark = come(session, owner)
        with pytest.raises(ValidationError):
            actions.reject(mark, "", by=trainer)
        actions.reject(mark, "Tidak ada di ruangan", by=trainer)
        assert not Attendance.objects.present().exists()
        notice = Notification.objects.get()
        assert (notice.user, notice.path) == (owner.user, f"/presensi/{mark.receipt}/")
        assert Event.objects.first().data["reason"] == "Tidak ada di ruangan"


class TestCorrecting:
    @pytest.fixture
    def closed(self, session, owner, trainer):
        come(session, owner)
        actions.close_session(session, head_count=1, by=trainer)
        return Attendance.objects.get()

    def test_the_old_value_who_and_why_stay(self, closed, owner):
        staff = UserFactory(role=Role.STAFF)
        actions.correct(closed, Status.EXCUSED, "Surat izin menyusul", by=staff)
        correction = AttendanceCorrection.objects.get()
        assert (correction.before, correction.after, correction.reason, correction.by) == (
            "present",
            "excused",
            "Surat izin menyusul",
            staff,
        )
        assert Attendance.objects.get().status == "excused"
        assert Notification.objects.get().user == owner.user

    @pytest.mark.parametrize("status, reason", [(Status.EXCUSED, " "), (Status.PRESENT, "Tetap hadir")])
    def test_a_reason_and_a_difference_are_needed(self, closed, status, reason):
        with pytest.raises(ValidationError):
            actions.correct(closed, status, reason, by=UserFactory())
        assert not AttendanceCorrection.objects.exists()

    def test_a_rejected_mark_may_become_present_again(self, session, owner, trainer):
        mark = come(session, owner)
        actions.reject(mark, "Tidak terlihat", by=trainer)
        actions.close_session(session, head_count=0, by=trainer)
        actions.correct(mark, Status.PRESENT, "Ada di foto", by=UserFactory(role=Role.STAFF))
        mark.refresh_from_db()
        correction = mark.corrections.get()
        assert (correction.before_label, correction.after, mark.verification) == (
            "Ditolak",
            "present",
            "verified",
        )

    def test_an_open_session_needs_no_correction(self, session, owner):
        with pytest.raises(TransitionError):
            actions.correct(come(session, owner), Status.SICK, "Sakit", by=UserFactory())
