"""Planning, moving, opening, closing and calling off sessions."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from participants.models import Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory
from tests.factories.trainings import (
    AttendanceFactory,
    CohortCurriculumFactory,
    ModuleFactory,
    SessionFactory,
    enrol,
)
from trainings import actions
from trainings.models import Attendance, TrainingSession

pytestmark = pytest.mark.django_db
Status = TrainingSession.Status
ALLOWED = {
    ("draft", "scheduled"),
    ("draft", "cancelled"),
    ("scheduled", "open"),
    ("scheduled", "cancelled"),
    ("open", "closed"),
    ("open", "cancelled"),
}


@pytest.fixture
def staff(db):
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def plan(staff):
    """What `schedule_session` asks for: a module of the cohort's own curriculum, tomorrow at nine."""
    example = SessionFactory.build()
    pin = CohortCurriculumFactory()
    return {
        "by": staff,
        "cohort": pin.cohort,
        "module": ModuleFactory(curriculum=pin.curriculum),
        "title": "Mentalitas dasar",
        "starts_at": example.starts_at,
        "ends_at": example.ends_at,
        "lesson_hours": 4,
        "place": "Balai contoh",
        "regency": example.regency,
        "trainer": UserFactory(role=Role.MENTOR),
    }


def a_series(plan, count):
    row = {name: value for name, value in plan.items() if name not in ("by", "cohort")}
    return actions.plan_sessions(plan["cohort"], actions.series(row, count=count), by=plan["by"])


def notices():
    return sorted(Notification.objects.values_list("user__full_name", "kind"))


@pytest.mark.parametrize("before, after", list(product(Status, Status)))
def test_no_move_but_the_allowed_ones(before, after, staff):
    whole = {"head_count": 0, "closed_at": timezone.now(), "closed_by": staff}
    session = SessionFactory(status=before, **(whole if before == Status.CLOSED else {}))
    move = {"closed_at": timezone.now(), "closed_by": staff, "head_count": 0} if after == "closed" else {}
    if (before, after) in ALLOWED:
        session.move_to(after, by=staff, **move)
        assert TrainingSession.objects.get().status == after
    else:
        with pytest.raises(TransitionError):
            session.move_to(after, by=staff, **move)


def test_scheduling_tells_the_owners_on_the_roster_once(plan):
    _enrolment, person = enrol(plan["cohort"])
    enrol(plan["cohort"], status=Enrolment.Status.WITHDRAWN)
    session = actions.schedule_session(**plan)
    assert session.status == Status.SCHEDULED
    assert notices() == [(person.user.full_name, "session.scheduled")]
    assert Notification.objects.get().path == f"/saya/sesi/{session.code}/"
    assert [event.verb for event in Event.objects.all()] == ["trainingsession.scheduled"]


def test_a_session_of_the_past_is_entered_without_noise(plan):
    enrol(plan["cohort"])
    shift = timedelta(days=30)
    actions.schedule_session(
        **{**plan, "starts_at": plan["starts_at"] - shift, "ends_at": plan["ends_at"] - shift}
    )
    assert notices() == []


@pytest.mark.parametrize(
    "change, field",
    [
        (lambda plan: {"module": ModuleFactory()}, "module"),
        (lambda plan: {"trainer": UserFactory(role=Role.VIEWER)}, "trainer"),
        (lambda plan: {"ends_at": plan["starts_at"]}, "__all__"),
        (lambda plan: {"lesson_hours": 0}, "__all__"),
        (lambda plan: {"place": ""}, "place"),
    ],
)
def test_an_impossible_session_is_refused_with_its_field(plan, change, field):
    with pytest.raises(ValidationError) as refusal:
        actions.schedule_session(**{**plan, **change(plan)})
    assert field in refusal.value.message_dict
    assert not TrainingSession.objects.exists()


def test_the_same_session_twice_is_one(plan):
    actions.schedule_session(**plan)
    with pytest.raises(ValidationError, match="sudah ada"):
        actions.schedule_session(**plan)
    assert TrainingSession.objects.count() == 1


def test_a_series_keeps_its_hour_and_tells_once(plan):
    _enrolment, person = enrol(plan["cohort"])
    sessions = a_series(plan, 4)
    assert [session.starts_at - plan["starts_at"] for session in sessions] == [
        timedelta(weeks=week) for week in range(4)
    ]
    assert sessions[2].title == "Mentalitas dasar, pertemuan 3"
    assert notices() == [(person.user.full_name, "session.scheduled")]


def test_a_series_is_made_whole_or_not_at_all(plan):
    third = plan["starts_at"] + timedelta(weeks=2)
    actions.schedule_session(**{**plan, "starts_at": third, "ends_at": third + timedelta(hours=1)})
    with pytest.raises(ValidationError):
        a_series(plan, 4)
    assert TrainingSession.objects.count() == 1


def test_moving_tells_everybody_once_with_the_old_and_new_time_in_the_trail(staff):
    session = SessionFactory()
    _enrolment, person = enrol(session.cohort)
    starts_at = session.starts_at + timedelta(days=1)
    moved = actions.move_session(
        session, by=staff, starts_at=starts_at, ends_at=session.ends_at + timedelta(days=1), place="Aula B"
    )
    assert (moved.starts_at, moved.place) == (starts_at, "Aula B")
    assert notices() == sorted(
        [(person.user.full_name, "session.moved"), (session.trainer.full_name, "session.moved")]
    )
    assert set(Event.objects.get().data["changes"]) == {"starts_at", "ends_at", "place"}


def test_moving_to_where_it_is_does_nothing(staff):
    session = SessionFactory()
    enrol(session.cohort)
    actions.move_session(session, by=staff, starts_at=session.starts_at, ends_at=session.ends_at)
    assert notices() == []
    assert not Event.objects.exists()


def test_a_new_title_is_not_worth_a_message(staff):
    session = SessionFactory()
    enrol(session.cohort)
    actions.move_session(
        session, by=staff, starts_at=session.starts_at, ends_at=session.ends_at, title="Judul baru"
    )
    assert notices() == []
    assert Event.objects.count() == 1


def test_an_open_session_is_not_moved(staff):
    session = SessionFactory(running=True)
    with pytest.raises(TransitionError):
        actions.move_session(session, by=staff, starts_at=session.starts_at, ends_at=session.ends_at)


def test_calling_off_needs_a_reason_and_tells(staff):
    session = SessionFactory()
    _enrolment, person = enrol(session.cohort)
    with pytest.raises(ValidationError):
        actions.cancel_session(session, " ", by=staff)
    actions.cancel_session(session, "Banjir di lokasi", by=staff)
    assert notices() == sorted(
        [(person.user.full_name, "session.cancelled"), (session.trainer.full_name, "session.cancelled")]
    )
    assert "Banjir" in Notification.objects.first().body


@pytest.mark.parametrize("seconds, opens", [(-1, False), (0, True), (1, True)])
def test_a_session_opens_no_second_before_its_window(seconds, opens, staff):
    session = SessionFactory()
    now = session.window.opens_at + timedelta(seconds=seconds)
    if opens:
        actions.open_session(session, by=staff, now=now)
        assert session.status == Status.OPEN
    else:
        with pytest.raises(TransitionError, match="Presensi baru dapat dibuka"):
            actions.open_session(session, by=staff, now=now)


class TestClosing:
    @pytest.fixture
    def session(self):
        return SessionFactory(running=True)

    def test_who_has_no_mark_becomes_absent_and_recorded_marks_are_verified(self, session, staff):
        came, away = EnrolmentFactory(cohort=session.cohort), EnrolmentFactory(cohort=session.cohort)
        EnrolmentFactory(cohort=session.cohort, status=Enrolment.Status.ON_LEAVE)
        AttendanceFactory(session=session, enrolment=came)
        actions.close_session(session, head_count=1, by=staff)
        assert session.status == Status.CLOSED
        assert {
            (mark.enrolment_id, mark.status, mark.verification, mark.method)
            for mark in Attendance.objects.all()
        } == {
            (came.pk, "present", "verified", "qr"),
            (away.pk, "absent", "verified", "closing"),
        }

    @pytest.mark.parametrize("counted", [0, 2])
    def test_a_differing_head_count_must_be_explained(self, session, staff, counted):
        AttendanceFactory(session=session)
        with pytest.raises(ValidationError, match="jelaskan selisihnya"):
            actions.close_session(session, head_count=counted, by=staff)
        assert TrainingSession.objects.get().status == Status.OPEN
        assert Attendance.objects.get().verification == "recorded"
        actions.close_session(session, head_count=counted, note="Satu tamu dari dinas", by=staff)
        assert TrainingSession.objects.get().head_count_note == "Satu tamu dari dinas"

    def test_a_rejected_mark_is_nobody_in_the_room(self, session, staff):
        actions.reject(AttendanceFactory(session=session), "Tidak ada di ruangan", by=staff)
        actions.close_session(session, head_count=0, by=staff)
        assert TrainingSession.objects.get().status == Status.CLOSED

    def test_two_people_of_one_ikm_are_two_heads(self, session, staff):
        enrolment, person = enrol(session.cohort)
        AttendanceFactory(session=session, enrolment=enrolment, person=person)
        AttendanceFactory(session=session, enrolment=enrolment, person=None, delegate_name="Sari")
        actions.close_session(session, head_count=2, by=staff)
        assert Attendance.objects.count() == 2

    def test_only_an_open_session_closes_and_only_once(self, session, staff):
        with pytest.raises(TransitionError):
            actions.close_session(SessionFactory(), head_count=0, by=staff)
        actions.close_session(session, head_count=0, by=staff)
        with pytest.raises(TransitionError):
            actions.close_session(session, head_count=0, by=staff)


def test_drafts_are_published_together_and_told_once(cohort_of_drafts):
    staff, cohort, owner = cohort_of_drafts
    assert actions.publish_drafts(cohort, by=staff) == 2
    assert actions.publish_drafts(cohort, by=staff) == 0
    assert set(cohort.sessions.values_list("status", flat=True)) == {"scheduled"}
    told = Notification.objects.filter(user=owner, kind="session.scheduled")
    assert told.count() == 1


@pytest.fixture
def cohort_of_drafts(db):
    """Two drafts of tomorrow and an owner on the roster who has not heard of them."""
    session = SessionFactory(status="draft")
    SessionFactory(status="draft", cohort=session.cohort, module=session.module)
    _enrolment, person = enrol(session.cohort)
    return UserFactory(role=Role.STAFF), session.cohort, person.user
