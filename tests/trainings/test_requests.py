"""Excuses before a session, corrections after it, and sessions that nobody closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from tests.factories.accounts import UserFactory
from tests.factories.capability import jpeg
from tests.factories.trainings import (
    AttendanceFactory,
    CorrectionRequestFactory,
    ExcuseFactory,
    SessionFactory,
    enrol,
)
from trainings import actions
from trainings.models import Attendance, CorrectionRequest, Excuse, TrainingSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def session():
    return SessionFactory(running=True)


@pytest.fixture
def member(session):
    """(enrolment, person) of an owner with an account."""
    enrolment, person = enrol(session.cohort)
    person.user = UserFactory(role=Role.OWNER)
    person.save()
    return enrolment, person


@pytest.fixture
def excuse(session, member):
    return actions.ask_excuse(session, member[0], "sick", "Demam", by=member[1].user)


def test_a_granted_excuse_becomes_the_mark_when_the_session_closes(session, member, excuse):
    actions.answer_excuse(excuse, grant=True, by=session.trainer)
    assert not Attendance.objects.exists()
    actions.close_session(session, head_count=0, by=session.trainer)
    assert Attendance.objects.get().status == "sick"


def test_who_comes_after_all_is_present(session, member, excuse):
    actions.answer_excuse(excuse, grant=True, by=session.trainer)
    actions.mark(session, member[0], "present", by=session.trainer)
    actions.close_session(session, head_count=1, by=session.trainer)
    assert Attendance.objects.get().status == "present"


def test_everybody_present_in_one_tap_leaves_the_excused_out(session, member, excuse):
    enrol(session.cohort)
    actions.answer_excuse(excuse, grant=True, by=session.trainer)
    assert len(actions.mark_all_present(session, by=session.trainer)) == 1


def test_a_refused_one_stays_absent_and_may_be_asked_again(session, member, excuse):
    with pytest.raises(ValidationError, match="alasan penolakan"):
        actions.answer_excuse(excuse, grant=False, by=session.trainer)
    actions.answer_excuse(excuse, grant=False, answer="Kirim wakil", by=session.trainer)
    again = actions.ask_excuse(session, member[0], "excused", "Kunjungan pelanggan", by=member[1].user)
    assert again.pk != excuse.pk
    actions.close_session(session, head_count=0, by=session.trainer)
    assert Attendance.objects.get().status == "absent"


def test_asking_twice_makes_one_and_answering_twice_says_so(session, member, excuse):
    assert actions.ask_excuse(session, member[0], "sick", "Demam lagi", by=member[1].user) == excuse
    actions.answer_excuse(excuse, grant=True, by=session.trainer)
    with pytest.raises(TransitionError):
        actions.answer_excuse(excuse, grant=False, answer="Ternyata tidak", by=session.trainer)


def test_nobody_answers_their_own_request(session, member, excuse):
    with pytest.raises(ValidationError, match="orang lain"):
        actions.answer_excuse(excuse, grant=True, by=member[1].user)


def test_a_closed_session_takes_no_excuse(member, session):
    actions.close_session(session, head_count=0, by=session.trainer)
    with pytest.raises(TransitionError, match="koreksi"):
        actions.ask_excuse(session, member[0], "sick", "Demam", by=member[1].user)
    assert not Excuse.objects.exists()


def test_nobody_is_absent_from_a_make_up_session(member):
    session = SessionFactory(running=True, cohort=member[0].cohort, kind=TrainingSession.Kind.MAKE_UP)
    actions.close_session(session, head_count=0, by=session.trainer)
    assert not Attendance.objects.filter(session=session).exists()


def test_the_asker_is_told(session, member, excuse):
    assert Notification.objects.filter(user=session.trainer, kind="excuse.asked").exists()
    actions.answer_excuse(excuse, grant=True, by=session.trainer)
    assert Notification.objects.filter(user=member[1].user, kind="excuse.granted").exists()


def test_an_approved_correction_changes_the_mark_and_keeps_what_it_was(staff):
    asked = CorrectionRequestFactory()
    actions.answer_correction(asked, grant=True, by=staff)
    mark = Attendance.objects.get(pk=asked.attendance_id)
    correction = mark.corrections.get()
    assert mark.status == "present"
    assert (correction.before, correction.after, correction.by) == ("absent", "present", staff)
    assert Event.objects.filter(verb="attendance.corrected", target_id=str(mark.pk)).exists()


def test_a_refused_correction_changes_nothing(staff):
    asked = CorrectionRequestFactory()
    actions.answer_correction(asked, grant=False, answer="Foto menunjukkan lain", by=staff)
    asked.attendance.refresh_from_db()
    assert asked.attendance.status == "absent"
    assert not asked.attendance.corrections.exists()


def test_a_correction_is_asked_only_of_a_closed_session_and_of_another_status(member, session):
    running = AttendanceFactory(session=session, enrolment=member[0])
    with pytest.raises(TransitionError, match="belum ditutup"):
        actions.ask_correction(running, "late", "Saya terlambat", by=member[1].user)
    closed = AttendanceFactory()
    with pytest.raises(ValidationError, match="status yang berbeda"):
        actions.ask_correction(closed, "present", "Saya hadir", by=member[1].user)
    one = actions.ask_correction(closed, "late", "Saya terlambat", by=member[1].user)
    assert actions.ask_correction(closed, "late", "Sekali lagi", by=member[1].user) == one
    assert CorrectionRequest.objects.count() == 1


@pytest.mark.parametrize(("hours", "is_closed"), [(47.9, False), (48.1, True)])
def test_48_hours_after_its_end_a_session_closes_itself(member, session, hours, is_closed):
    other = enrol(session.cohort)[0]
    mark = AttendanceFactory(session=session, enrolment=other)
    actions.close_forgotten(now=session.ends_at + timedelta(hours=hours))
    session.refresh_from_db()
    assert (session.status == TrainingSession.Status.CLOSED) == is_closed
    if is_closed:
        absent = Attendance.objects.get(enrolment=member[0])
        mark.refresh_from_db()
        assert (session.closed_by, session.head_count) == (None, None)
        assert (absent.status, absent.marked_by, absent.verification) == ("absent", None, "recorded")
        assert mark.verification == "recorded"
        assert actions.close_forgotten(now=session.ends_at + timedelta(hours=hours)) == []


def test_before_it_is_closed_nobody_is_absent(member, session):
    assert not Attendance.objects.exists()
    actions.close_session(session, head_count=0, by=session.trainer)
    assert Attendance.objects.get(enrolment=member[0]).status == "absent"


def test_an_owner_asks_with_a_photo_and_the_trainer_answers(client, session, member):
    owner = member[1].user
    client.force_login(owner)
    page = client.get(reverse("trainings:my_session", args=[session.code])).content.decode()
    address = reverse("trainings:ask_excuse", args=[session.code])
    assert address in page
    response = client.post(address, {"kind": "sick", "reason": ""})
    assert "Isi alasannya" in response.content.decode()
    photo = SimpleUploadedFile("surat.jpg", jpeg(), "image/jpeg")
    client.post(address, {"kind": "sick", "reason": "Demam sejak kemarin", "photo": photo})
    excuse = Excuse.objects.get()
    assert excuse.photo
    assert address not in client.get(reverse("trainings:my_session", args=[session.code])).content.decode()
    client.force_login(session.trainer)
    page = client.get(reverse("trainings:requests")).content.decode()
    answer = reverse("trainings:answer_excuse", args=[excuse.pk])
    assert answer in page
    assert client.get(excuse.photo_url).headers["Content-Type"] == "image/jpeg"
    response = client.post(answer, {"grant": "no", "answer": ""})
    assert "Tulis alasan penolakan" in response.content.decode()
    client.post(answer, {"grant": "yes"})
    client.force_login(owner)
    assert "Disetujui" in client.get(reverse("trainings:my_session", args=[session.code])).content.decode()


def test_a_photo_is_nobody_elses_business(client, session):
    excuse = ExcuseFactory(session=session)
    excuse.photo.save("surat.jpg", SimpleUploadedFile("surat.jpg", jpeg()))
    client.force_login(UserFactory(role=Role.LEAD))
    assert client.get(excuse.photo_url).status_code == 403


def test_an_owner_finds_the_way_to_a_correction_on_the_receipt(client, member):
    mark = AttendanceFactory(
        session=SessionFactory(held=True, cohort=member[0].cohort, ends_at=timezone.now()),
        enrolment=member[0],
        status="absent",
    )
    client.force_login(member[1].user)
    page = client.get(reverse("trainings:receipt", args=[mark.receipt])).content.decode()
    address = reverse("trainings:ask_correction", args=[mark.receipt])
    assert address in page
    client.post(address, {"wanted": "present", "reason": "Saya hadir sejak pagi"})
    page = client.get(reverse("trainings:receipt", args=[mark.receipt])).content.decode()
    assert "Permintaan koreksi menjadi Hadir: diajukan." in page
