"""Walk-ins and delegates: heads that count, in no share, and whose they were."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.models import new_id
from closedloop.workflow import TransitionError
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory, PersonFactory
from tests.factories.trainings import AttendanceFactory, GuestFactory, SessionFactory, enrol
from trainings import actions
from trainings.models import Attendance, Guest
from trainings.roster import counts, roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db):
    return SessionFactory(running=True)


@pytest.fixture
def trainer(session):
    return session.trainer


@pytest.fixture
def staff(db):
    return UserFactory(role=Role.STAFF)


def numbers(session):
    return counts(roster(session, session.trainer), session.guests.heads().count())


class TestDelegates:
    def test_instead_of_the_one_who_was_marked_with_everybody(self, session, trainer):
        enrolment, _person = enrol(session.cohort)
        actions.mark_all_present(session, by=trainer)
        actions.name_delegate(session, enrolment, "  Sari   Dewi ", by=trainer)
        mark = Attendance.objects.get()
        assert (mark.attendee, mark.person, mark.verification) == ("Sari Dewi", None, "verified")
        assert (numbers(session).present, numbers(session).heads) == (1, 1)

    def test_beside_the_one_who_checked_in(self, session, trainer):
        own = AttendanceFactory(session=session)
        actions.name_delegate(session, own.enrolment, "Sari", by=trainer)
        actions.name_delegate(session, own.enrolment, "Sari", by=trainer)
        assert (numbers(session).present, numbers(session).heads) == (1, 2)
        assert Event.objects.filter(verb="attendance.delegated").count() == 1

    def test_the_name_of_ones_own_person_is_that_person(self, session, trainer):
        enrolment, _owner = enrol(session.cohort)
        helper = PersonFactory(enterprise=enrolment.enterprise, full_name="Rudi Hartono", is_primary=False)
        mark = actions.name_delegate(session, enrolment, "rudi hartono", by=trainer)
        assert (mark.person, mark.delegate_name) == (helper, "")

    def test_not_without_a_name_and_not_when_closed(self, session, trainer):
        enrolment, _person = enrol(session.cohort)
        with pytest.raises(ValidationError, match="Isi nama"):
            actions.name_delegate(session, enrolment, "  ", by=trainer)
        actions.close_session(session, head_count=0, by=trainer)
        with pytest.raises(TransitionError):
            actions.name_delegate(session, enrolment, "Sari", by=trainer)

    def test_two_presses_from_the_roster(self, client, login, session, trainer):
        enrolment, owner = enrol(session.cohort)
        login(trainer)
        address = reverse("trainings:delegate", args=[session.code, enrolment.pk])
        assert address in client.get(session.get_absolute_url()).content.decode()
        assert f'value="{owner.full_name}"' in client.get(address).content.decode()
        answer = client.post(address, {"name": owner.full_name})
        assert answer.url == f"{session.get_absolute_url()}#r-{enrolment.pk}"
        assert "Isi nama yang hadir" in client.post(address, {"name": ""}).content.decode()


class TestGuests:
    def test_a_head_in_no_share(self, session, trainer):
        enrol(session.cohort)
        actions.mark_all_present(session, by=trainer)
        actions.add_guest(session, "Bayu", "Dinas Perindustrian", by=trainer)
        assert (numbers(session).total, numbers(session).heads, numbers(session).guests) == (1, 2, 1)
        with pytest.raises(ValidationError, match="1 hadir dan 1 tamu"):
            actions.close_session(session, head_count=1, by=trainer)
        actions.close_session(session, head_count=2, by=trainer)

    def test_the_same_form_and_the_same_name_are_one_guest(self, session, trainer):
        key = new_id()
        first = actions.add_guest(session, "Bayu", "Dinas", by=trainer, id=key)
        assert actions.add_guest(session, "Bayu", "Dinas", by=trainer, id=key) == first
        assert actions.add_guest(session, " bayu ", "DINAS", by=trainer, id=new_id()) == first
        assert Event.objects.filter(verb="guest.added").count() == 1

    def test_taken_off_while_the_session_runs(self, session, trainer):
        guest = GuestFactory(session=session)
        actions.remove_guest(guest, by=trainer)
        with pytest.raises(TransitionError, match="sudah dihapus"):
            actions.remove_guest(guest, by=trainer)
        actions.close_session(session, head_count=0, by=trainer)
        with pytest.raises(TransitionError):
            actions.add_guest(session, "Bayu", "Dinas", by=trainer)


class TestLinking:
    def test_while_open_it_is_the_ikms_mark(self, session, staff):
        enrolment, _person = enrol(session.cohort)
        guest = GuestFactory(session=session, name="Sari")
        mark = actions.link_guest(guest, enrolment, by=staff)
        assert (mark.attendee, mark.status, numbers(session).heads) == ("Sari", "present", 1)
        assert Event.objects.get(verb="guest.linked").enterprise_id == enrolment.enterprise_id

    def test_after_closing_the_absent_one_is_corrected_and_heads_stay(self, session, trainer, staff):
        enrolment, _person = enrol(session.cohort)
        guest = GuestFactory(session=session, name="Sari")
        actions.close_session(session, head_count=1, by=trainer)
        mark = actions.link_guest(guest, enrolment, by=staff)
        correction = mark.corrections.get()
        assert (correction.before, correction.after) == ("absent", "present")
        assert "Sari" in correction.reason
        assert (numbers(session).heads, numbers(session).present) == (1, 1)

    def test_beside_one_who_was_there(self, session, staff):
        own = AttendanceFactory(session=session)
        actions.link_guest(GuestFactory(session=session), own.enrolment, by=staff)
        assert (numbers(session).present, numbers(session).heads) == (1, 2)

    @pytest.mark.parametrize("verification", ["recorded", "rejected"])
    def test_the_same_name_again_is_told_and_changes_nothing(self, session, trainer, staff, verification):
        enrolment, _person = enrol(session.cohort)
        mark = actions.name_delegate(session, enrolment, "Sari", by=trainer)
        if verification == "rejected":
            actions.reject(mark, "Tidak terlihat", by=trainer)
        guest = GuestFactory(session=session, name="sari")
        with pytest.raises(ValidationError, match=r"sudah tercatat|ditolak"):
            actions.link_guest(guest, enrolment, by=staff)
        guest.refresh_from_db()
        assert (guest.status, Attendance.objects.count()) == ("open", 1)

    def test_a_rejected_mark_of_a_closed_session_stays(self, session, trainer, staff):
        own = AttendanceFactory(session=session)
        actions.reject(own, "Tidak terlihat", by=trainer)
        guest = GuestFactory(session=session, name="Sari")
        actions.close_session(session, head_count=1, by=trainer)
        done = actions.link_guest(guest, own.enrolment, by=staff)
        own.refresh_from_db()
        assert (own.verification, done == own, done.attendee) == ("rejected", False, "Sari")

    def test_decided_once(self, session, staff):
        enrolment, _person = enrol(session.cohort)
        guest = GuestFactory(session=session)
        actions.leave_guest(guest, by=staff)
        for act in (
            lambda: actions.leave_guest(guest, by=staff),
            lambda: actions.link_guest(guest, enrolment, by=staff),
            lambda: actions.remove_guest(guest, by=staff),
        ):
            with pytest.raises(TransitionError, match="sudah ditinjau"):
                act()
        assert numbers(session).heads == 1

    def test_not_to_another_cohort(self, session, staff):
        with pytest.raises(ValidationError):
            actions.link_guest(GuestFactory(session=session), EnrolmentFactory(), by=staff)


class TestPages:
    def test_written_down_and_reviewed(self, client, login, session, trainer):
        enrolment, _person = enrol(session.cohort)
        login(trainer)
        form = {"key": new_id(), "name": "Bayu", "organisation": "Dinas", "phone": "0812 3456 7890"}
        for _number in range(2):
            client.post(reverse("trainings:guest_add", args=[session.code]), form)
        guest = Guest.objects.get()
        page = client.get(session.get_absolute_url()).content.decode()
        assert "1 tamu" in page
        login(Role.STAFF)
        assert "Tamu sesi yang belum ditinjau" in client.get(reverse("dashboard:tasks")).content.decode()
        assert "0812-3456-7890" in client.get(reverse("trainings:guests")).content.decode()
        address = guest.get_absolute_url()
        assert "Pilih IKM" in client.post(address, {"enrolment": ""}).content.decode()
        client.post(address, {"enrolment": str(enrolment.pk)})
        assert "Dikaitkan dengan IKM" in client.get(address).content.decode()
        assert "Tidak ada tamu yang menunggu" in client.get(reverse("trainings:guests")).content.decode()

    @pytest.mark.parametrize(
        "field, value, words",
        [
            ("name", "", "Isi nama tamu"),
            ("organisation", " ", "Isi asal tamu"),
            ("phone", "12", "Nomor ini tidak dikenali"),
        ],
    )
    def test_what_is_wrong_is_said_and_kept(self, client, login, session, trainer, field, value, words):
        login(trainer)
        form = {"key": new_id(), "name": "Bayu", "organisation": "Dinas", "phone": "", field: value}
        page = client.post(reverse("trainings:guest_add", args=[session.code]), form).content.decode()
        assert words in page
        assert not Guest.objects.exists()
        assert ("Bayu" in page) == (field != "name")

    def test_closing_names_who_is_only_recorded_or_not_marked(self, client, login, session, trainer):
        own = AttendanceFactory(session=session)
        other, _person = enrol(session.cohort)
        login(trainer)
        page = client.get(reverse("trainings:session_close", args=[session.code])).content.decode()
        assert "1 masih berstatus Tercatat" in page
        assert str(own.enrolment.enterprise) in page
        assert str(other.enterprise) in page
