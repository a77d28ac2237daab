"""What looks odd is a question to the trainer: never a refusal, and closing waits for the answer."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from closedloop.audit.models import Event
from closedloop.workflow import TransitionError
from tests.factories.trainings import AttendanceFactory, SentCheckInFactory, SessionFactory, enrol
from trainings import actions
from trainings.models import Attendance, SignalAnswer
from trainings.reviewed import signals_of, unanswered
from trainings.signals import clock_error

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db):
    return SessionFactory(running=True)


def check_in(session, phone="", **fields):
    enrolment, person = enrol(session.cohort)
    return AttendanceFactory(
        session=session,
        enrolment=enrolment,
        person=person,
        marked_by=person.user,
        method="qr",
        device=phone,
        **fields,
    )


@pytest.fixture
def shared(session):
    """Two IKM on one phone: (the first, the second)."""
    return check_in(session, "satu-hp"), check_in(session, "satu-hp")


@pytest.fixture
def late(session):
    enrolment, person = enrol(session.cohort)
    return SentCheckInFactory(
        session=session,
        enrolment=enrolment,
        sender=person.user,
        outcome="late",
        receipt="",
        proved_for=session.window.opens_at + timedelta(minutes=1),
    )


def answer(session, signal, verdict):
    return actions.answer_signal(session, signal.kind, signal.key, verdict, by=session.trainer)


class TestWhatIsAsked:
    def test_a_shared_phone_is_asked_of_the_second(self, session, shared):
        (signal,) = signals_of(session)
        assert (signal.kind, signal.mark, signal.others) == ("shared_phone", shared[1], [shared[0]])

    def test_two_people_of_one_ikm_may_share(self, session):
        first = check_in(session, "satu-hp")
        AttendanceFactory(
            session=session,
            enrolment=first.enrolment,
            person=None,
            delegate_name="Dedi",
            method="qr",
            device="satu-hp",
        )
        assert signals_of(session) == []

    @pytest.mark.parametrize("minutes, is_odd", [(4, False), (-4, False), (20, True), (-20, True)])
    def test_a_clock_more_than_five_minutes_wrong_is_flagged(self, session, minutes, is_odd):
        mark = check_in(session)
        SentCheckInFactory(
            session=session,
            enrolment=mark.enrolment,
            sender=mark.marked_by,
            receipt=mark.receipt,
            sent_on_phone=timezone.now() + timedelta(minutes=minutes),
        )
        assert [signal.kind for signal in signals_of(session)] == ["wrong_clock"] * is_odd

    def test_an_unknown_clock_is_not_wrong(self):
        assert clock_error(timezone.now(), None) is None

    def test_the_page_asks_with_the_facts(self, client, login, session, shared, late):
        login(session.trainer)
        page = client.get(reverse("trainings:session_review", args=[session.code])).content.decode()
        assert "HP yang sama mencatat" in page and "memindai QR di layar" in page
        roster = client.get(reverse("trainings:session", args=[session.code])).content.decode()
        assert "2 kehadiran perlu ditinjau" in roster

    def test_it_takes_three_queries_for_any_number(self, session, shared, late, django_assert_num_queries):
        with django_assert_num_queries(3):
            signals_of(session)


class TestAnswers:
    def test_fair_keeps_the_mark(self, session, shared):
        answer(session, signals_of(session)[0], "fair")
        shared[1].refresh_from_db()
        assert shared[1].verification == "recorded" and unanswered(session) == []

    def test_refused_rejects_it(self, session, shared):
        answer(session, signals_of(session)[0], "refused")
        shared[1].refresh_from_db()
        assert shared[1].verification == "rejected"

    def test_a_fair_late_upload_becomes_the_trainers_own_mark(self, session, late):
        answer(session, signals_of(session)[0], "fair")
        mark = Attendance.objects.get()
        assert (mark.enrolment, mark.status, mark.marked_by) == (late.enrolment, "present", session.trainer)

    def test_a_fair_late_upload_never_downgrades_who_was_there(self, session, late):
        late.proved_for = session.window.closes_at - timedelta(seconds=1)
        late.save()
        person = late.enrolment.enterprise.people.get(user=late.sender)
        mark = AttendanceFactory(session=session, enrolment=late.enrolment, person=person, status="present")
        answer(session, signals_of(session)[0], "fair")
        mark.refresh_from_db()
        assert (mark.status, mark.verification) == ("present", "recorded")

    def test_a_refused_late_upload_marks_nobody(self, session, late):
        answer(session, signals_of(session)[0], "refused")
        assert not Attendance.objects.exists()

    def test_a_double_press_is_one_answer(self, session, late):
        (signal,) = signals_of(session)
        assert answer(session, signal, "refused") == answer(session, signal, "fair")
        assert Event.objects.filter(verb="signal.answered").count() == 1
        assert not Attendance.objects.exists()

    def test_a_signal_that_is_no_more_is_told(self, session):
        with pytest.raises(ValidationError, match="tidak ada lagi"):
            actions.answer_signal(session, "shared_phone", "X", "fair", by=session.trainer)


class TestClosing:
    def close(self, session, **fields):
        heads = Attendance.objects.present().filter(session=session).count()
        actions.close_session(session, head_count=heads, by=session.trainer, **fields)

    def test_it_waits_for_the_answers(self, session, shared):
        with pytest.raises(ValidationError, match="1 kehadiran perlu ditinjau"):
            self.close(session)
        answer(session, signals_of(session)[0], "fair")
        self.close(session)

    def test_or_for_a_reason(self, session, shared, late):
        self.close(session, unreviewed="Sinyal hilang seharian")
        answers = SignalAnswer.objects.values_list("verdict", "note")
        assert set(answers) == {("left", "Sinyal hilang seharian")}
        assert not Attendance.objects.filter(enrolment=late.enrolment).get().counts_as_present

    def test_a_closed_session_takes_no_answer(self, session, late):
        self.close(session, unreviewed="Hujan")
        (signal,) = signals_of(session)
        with pytest.raises(TransitionError, match="sudah ditutup"):
            answer(session, signal, "fair")

    def test_the_form_asks_why_at_its_field(self, client, login, session, shared):
        login(session.trainer)
        address = reverse("trainings:session_close", args=[session.code])
        page = client.post(address, {"head_count": "2", "note": ""}).content.decode()
        assert "tulis alasan menutup tanpa meninjau" in page and 'value="2"' in page
        client.post(address, {"head_count": "2", "note": "", "unreviewed": "Sinyal hilang"})
        session.refresh_from_db()
        assert session.status == "closed"
