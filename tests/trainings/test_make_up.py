"""A missed session is made up for at another cohort's session of the same module."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.notifications.models import Notification
from participants.models import Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.trainings import AttendanceFactory, ModuleFactory, SessionFactory, enrol
from trainings import actions
from trainings.check_in_codes import spoken_code
from trainings.counting import AttendanceShare, Why
from trainings.earned import candidates
from trainings.models import Attendance, MakeUpSeat, StatusSet
from trainings.progress import enrolment_attendance, module_progress
from trainings.roster import counts, roster
from trainings.warned import warnings_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def missed():
    return SessionFactory(held=True, module=ModuleFactory(code="5R"), lesson_hours=4, title="5R bagian satu")


@pytest.fixture
def guest(missed):
    """The enrolment that missed the session, and its person with an account."""
    enrolment, person = enrol(missed.cohort)
    AttendanceFactory(session=missed, enrolment=enrolment, person=person, status="absent")
    return enrolment, person


@pytest.fixture
def host(missed):
    """Another cohort's session of a module of the same code, open now, with an IKM of its own."""
    session = SessionFactory(running=True, module=ModuleFactory(code="5R"), lesson_hours=6)
    enrol(session.cohort)
    return session


@pytest.fixture
def seat(guest, host, missed, staff):
    return actions.invite_to_make_up(guest[0], host, missed, by=staff)


def close(session, staff):
    heads = Attendance.objects.present().filter(session=session).count()
    actions.close_session(session, head_count=heads, by=staff)


def test_presence_there_gives_the_hours_back_here_and_counts_in_neither_twice(
    guest, host, missed, seat, staff
):
    enrolment, person = guest
    assert enrolment_attendance(enrolment) == AttendanceShare(0, 1, Decimal(0), 4)
    actions.check_in(host, person=person, code=spoken_code(host.secret, timezone.now()), by=person.user)
    assert enrolment_attendance(enrolment).jp_present == 0  # not before the session is closed
    close(host, staff)
    assert enrolment_attendance(enrolment) == AttendanceShare(1, 1, Decimal(4), 4)
    (item,) = module_progress(enrolment)
    (line,) = item.lines
    assert (line.why, line.made_up_at) == (Why.MADE_UP, host)
    assert missed.attendances.get().status == "absent"
    own = Enrolment.objects.get(cohort=host.cohort)
    assert enrolment_attendance(own) == AttendanceShare(0, 1, Decimal(0), 6)


def test_who_does_not_come_is_absent_nowhere_and_may_be_invited_again(guest, host, missed, seat, staff):
    enrolment, _person = guest
    close(host, staff)
    assert not Attendance.objects.filter(session=host, enrolment=enrolment).exists()
    assert enrolment_attendance(enrolment) == AttendanceShare(0, 1, Decimal(0), 4)
    later = SessionFactory(module=ModuleFactory(code="5R"))
    assert actions.invite_to_make_up(enrolment, later, missed, by=staff).session == later
    assert MakeUpSeat.objects.count() == 1


def test_the_points_are_those_of_the_session_attended(guest, host, missed, staff):
    enrolment, person = guest
    actions.publish_status_set(by=staff, late=Decimal("0.5"))
    later = SessionFactory(running=True, module=host.module)
    actions.invite_to_make_up(enrolment, later, missed, by=staff)
    actions.mark(later, enrolment, Attendance.Status.LATE, by=staff, person=person)
    close(later, staff)
    assert StatusSet.objects.newest().late == Decimal("0.5")
    assert enrolment_attendance(enrolment) == AttendanceShare(1, 1, Decimal(2), 4)


def test_a_rejected_mark_gives_nothing_back(guest, host, seat, staff):
    enrolment, person = guest
    mark = actions.check_in(
        host, person=person, code=spoken_code(host.secret, timezone.now()), by=person.user
    )
    actions.reject(mark, "Tidak ada di ruangan", by=staff)
    close(host, staff)
    assert enrolment_attendance(enrolment).jp_present == 0


def test_a_correction_there_is_counted_here(guest, host, seat, staff):
    enrolment, person = guest
    mark = actions.mark(host, enrolment, Attendance.Status.ABSENT, by=staff, person=person)
    close(host, staff)
    assert enrolment_attendance(enrolment).jp_present == 0
    actions.correct(mark, Attendance.Status.PRESENT, "Terlewat dicatat", by=staff)
    assert enrolment_attendance(enrolment).jp_present == 4


def test_a_certificate_counts_the_hours_of_who_came(guest, host, missed, seat, staff):
    enrolment, person = guest
    actions.mark(host, enrolment, Attendance.Status.PRESENT, by=staff, person=person)
    close(host, staff)
    (candidate,) = candidates(enrolment.cohort)
    assert (candidate.person, candidate.hours.jp_present) == (person, 4)
    assert candidate.hours.first_day == host.day


def test_a_missed_row_ends_with_the_make_up(guest, host, missed, seat, staff):
    enrolment, person = guest
    second = SessionFactory(
        held=True,
        cohort=missed.cohort,
        module=missed.module,
        starts_at=missed.starts_at - timedelta(days=1),
    )
    AttendanceFactory(session=second, enrolment=enrolment, person=person, status="absent")
    assert any(one.missed for one in warnings_of([enrolment]))
    actions.mark(host, enrolment, Attendance.Status.PRESENT, by=staff, person=person)
    close(host, staff)
    assert not any(one.missed for one in warnings_of([enrolment]))


def test_the_guest_is_on_the_roster_without_being_waited_for(guest, host, seat, staff):
    enrolment, person = guest
    lines = roster(host, staff)
    assert [line.enrolment for line in lines if line.is_make_up] == [enrolment]
    assert (counts(lines).total, counts(lines).unmarked) == (1, 1)
    actions.mark_all_present(host, by=staff)
    assert not Attendance.objects.filter(session=host, enrolment=enrolment).exists()
    actions.mark(host, enrolment, Attendance.Status.PRESENT, by=staff, person=person)
    numbers = counts(roster(host, staff))
    assert (numbers.total, numbers.present, numbers.heads) == (1, 1, 2)


def test_owner_and_trainer_are_told_once(guest, host, missed, seat, staff):
    enrolment, person = guest
    assert actions.invite_to_make_up(enrolment, host, missed, by=staff) == seat
    kinds = Notification.objects.filter(kind__startswith="makeup").values_list("kind", "user")
    assert sorted(kinds) == [("makeup.expected", host.trainer.pk), ("makeup.invited", person.user.pk)]


@pytest.mark.parametrize(
    "case", ["attended", "given back", "own cohort", "other module", "closed", "draft", "left", "second seat"]
)
def test_what_cannot_be_made_up_for_is_refused(case, guest, host, missed, staff):
    enrolment, _person = guest
    session = host
    match case:
        case "attended":
            Attendance.objects.update(status="present")
        case "given back":
            own = SessionFactory(held=True, cohort=missed.cohort, module=missed.module, kind="make_up")
            AttendanceFactory(session=own, enrolment=enrolment)
        case "own cohort":
            session = SessionFactory(cohort=missed.cohort, module=missed.module)
        case "other module":
            session = SessionFactory(module=ModuleFactory(code="BM"))
        case "closed":
            session = SessionFactory(held=True, module=host.module)
        case "draft":
            session = SessionFactory(status="draft", module=host.module)
        case "left":
            Enrolment.objects.filter(pk=enrolment.pk).update(status="withdrawn")
        case "second seat":
            actions.invite_to_make_up(enrolment, SessionFactory(module=host.module), missed, by=staff)
    with pytest.raises(ValidationError):
        actions.invite_to_make_up(enrolment, session, missed, by=staff)


def test_without_a_seat_another_cohorts_session_stays_closed(guest, host):
    _enrolment, person = guest
    code = spoken_code(host.secret, timezone.now())
    with pytest.raises(ValidationError, match="Hubungi petugas"):
        actions.check_in(host, person=person, code=code, by=person.user)


def test_a_cancelled_session_takes_its_invitations_along(guest, host, missed, staff):
    enrolment, person = guest
    tomorrow = SessionFactory(module=host.module)
    actions.invite_to_make_up(enrolment, tomorrow, missed, by=staff)
    actions.cancel_session(tomorrow, "Banjir", by=staff)
    assert not MakeUpSeat.objects.exists()
    told = Notification.objects.get(user=person.user, kind="makeup.withdrawn")
    assert "Banjir" in told.body
    assert actions.invite_to_make_up(enrolment, host, missed, by=staff).session == host


def test_an_invitation_is_taken_back_until_somebody_came(guest, host, seat, staff):
    enrolment, person = guest
    actions.mark(host, enrolment, Attendance.Status.PRESENT, by=staff, person=person)
    with pytest.raises(ValidationError, match="sudah tercatat"):
        actions.withdraw_make_up(seat, by=staff)
    Attendance.objects.filter(session=host).delete()
    actions.withdraw_make_up(seat, by=staff)
    assert not MakeUpSeat.objects.exists()


class TestPages:
    def test_staff_invite_from_the_list_and_the_owner_sees_it(self, client, login, guest, missed, staff):
        enrolment, person = guest
        tomorrow = SessionFactory(module=ModuleFactory(code="5R"), title="5R angkatan lain")
        login(staff)
        own = reverse("trainings:enterprise", args=[enrolment.enterprise.code])
        address = reverse("trainings:invite_make_up", args=[enrolment.pk, missed.code])
        assert address in client.get(own).content.decode()
        assert "Pilih satu sesi" in client.post(address, {}).content.decode()
        page = client.post(address, {"session": tomorrow.code}, follow=True).content.decode()
        assert "Diundang ke 5R angkatan lain" in page
        login(person.user)
        assert "5R angkatan lain" in client.get(reverse("trainings:my_schedule")).content.decode()
        assert (
            "mengganti 5R bagian satu"
            in client.get(reverse("trainings:my_session", args=[tomorrow.code])).content.decode()
        )

    def test_the_list_says_where_it_was_made_up_for(self, client, login, guest, host, seat, staff):
        enrolment, person = guest
        actions.mark(host, enrolment, Attendance.Status.PRESENT, by=staff, person=person)
        close(host, staff)
        login(staff)
        page = client.get(reverse("trainings:enterprise", args=[enrolment.enterprise.code])).content.decode()
        assert f"Diganti di {host}, {host.cohort}" in page
        assert "1 dari 1 sesi (4 dari 4 JP), 100%" in page
        assert f"Susulan dari {enrolment.cohort}" in client.get(host.get_absolute_url()).content.decode()

    def test_another_cohorts_owner_sees_nothing_of_it(self, client, login, guest, host, seat):
        stranger = enrol(guest[0].cohort)[1]
        login(stranger.user)
        assert client.get(reverse("trainings:my_session", args=[host.code])).status_code == 404
