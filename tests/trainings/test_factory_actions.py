"""Factory actions: given at a session, reported with a photo, closed by the IKM's own mentor."""

from datetime import timedelta
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.photos import clean_photo
from closedloop.dashboard.tasks import tasks_for
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from participants.actions import give_consent
from participants.models import Consent
from tests.factories.accounts import UserFactory
from tests.factories.capability import jpeg
from tests.factories.participants import MentorAssignmentFactory, PersonFactory
from tests.factories.trainings import (
    AttendanceFactory,
    FactoryActionFactory,
    ModuleFactory,
    SessionFactory,
    enrol,
    pass_module,
)
from trainings import actions
from trainings.action_words import due_text
from trainings.completion import Gap, State
from trainings.models import ActionReport, FactoryAction
from trainings.progress import module_progress, passed_modules

pytestmark = pytest.mark.django_db


def picture(colour="white"):
    return SimpleUploadedFile("HP-0001.jpg", jpeg(colour), content_type="image/jpeg")


def photo(colour="white"):
    return clean_photo(picture(colour))


def soon():
    return timezone.localdate() + timedelta(days=14)


@pytest.fixture
def session():
    return SessionFactory(running=True)


@pytest.fixture
def member(session):
    """(enrolment, person) of an owner with an account, who is at the session."""
    enrolment, person = enrol(session.cohort)
    person.user, person.phone = UserFactory(role=Role.OWNER), "+6281255500001"
    person.save()
    AttendanceFactory(session=session, enrolment=enrolment, person=person)
    return enrolment, person


@pytest.fixture
def mentor(member):
    return MentorAssignmentFactory(enrolment=member[0], mentor=UserFactory(role=Role.MENTOR)).mentor


@pytest.fixture
def given(session, member, mentor):
    """An action of the member, not worked on."""
    return actions.set_actions(
        session, [member[0]], ["Pasang garis lantai"], due_on=soon(), by=session.trainer
    )[0]


@pytest.fixture
def reported(given, member):
    actions.report_action(given, photo(), "Garis kuning terpasang", by=member[1].user)
    return given


class TestGiving:
    def test_who_came_does_it_and_is_told_once(self, session, member):
        texts = ["Pasang garis lantai", "Label rak", " Label rak "]
        made = actions.set_actions(session, [member[0]], texts, due_on=soon(), by=session.trainer)
        assert [(one.order, one.text, one.owner) for one in made] == [
            (1, "Pasang garis lantai", member[1]),
            (2, "Label rak", member[1]),
        ]
        assert Notification.objects.get(user=member[1].user).title == "2 aksi pabrik baru"

    def test_the_same_press_twice_gives_one(self, session, member):
        for text in ("Pasang garis", "pasang GARIS"):
            actions.set_actions(session, [member[0]], [text], due_on=soon(), by=session.trainer)
        assert FactoryAction.objects.count() == 1

    def test_a_fourth_has_no_room(self, session, member):
        actions.set_actions(session, [member[0]], "ABC", due_on=soon(), by=session.trainer)
        with pytest.raises(ValidationError, match="tiga aksi"):
            actions.set_actions(session, [member[0]], ["D"], due_on=soon(), by=session.trainer)
        other, _person = enrol(session.cohort)
        made = actions.set_actions(session, [member[0], other], ["D"], due_on=soon(), by=session.trainer)
        assert [one.enrolment for one in made] == [other]

    @pytest.mark.parametrize(
        "change, field",
        [
            ({"texts": ["  "]}, "text"),
            ({"due_on": timezone.localdate() - timedelta(days=1)}, "due_on"),
        ],
    )
    def test_what_is_impossible_is_said_at_its_field(self, session, member, change, field):
        values = {"texts": ["Aksi"], "due_on": soon(), **change}
        with pytest.raises(ValidationError) as refused:
            actions.set_actions(session, [member[0]], by=session.trainer, **values)
        assert list(refused.value.error_dict) == [field]

    def test_not_before_the_session_nor_for_strangers(self, session, member):
        with pytest.raises(TransitionError):
            actions.set_actions(SessionFactory(), [member[0]], ["A"], due_on=soon(), by=session.trainer)
        stranger, person = enrol(SessionFactory().cohort)
        with pytest.raises(ValidationError, match="angkatan"):
            actions.set_actions(session, [stranger], ["A"], due_on=soon(), by=session.trainer)
        with pytest.raises(ValidationError, match="orang dari IKM"):
            actions.set_actions(session, [member[0]], ["A"], due_on=soon(), by=session.trainer, owner=person)

    def test_who_makes_up_for_a_session_of_another_cohort_is_given_one_too(self, session, member):
        guest, person = enrol(SessionFactory().cohort)
        AttendanceFactory(session=session, enrolment=guest, person=person)
        made = actions.set_actions(session, [member[0], guest], ["A"], due_on=soon(), by=session.trainer)
        assert {one.enrolment for one in made} == {member[0], guest}

    def test_it_is_changed_until_reported_and_taken_back_until_worked_on(self, given, member, session):
        helper = PersonFactory(enterprise=member[0].enterprise, is_primary=False)
        later = soon() + timedelta(days=7)
        actions.change_action(given, text="Garis dan label", owner=helper, due_on=later, by=session.trainer)
        given.refresh_from_db()
        assert (given.text, given.owner, given.due_on) == ("Garis dan label", helper, later)
        actions.show_before(given, photo(), by=member[1].user)
        with pytest.raises(TransitionError):
            actions.remove_action(given, by=session.trainer)
        actions.report_action(given, photo("black"), by=member[1].user)
        with pytest.raises(TransitionError):
            actions.change_action(given, text="Lain", owner=None, due_on=later, by=session.trainer)

    def test_a_reason_says_that_there_is_none_and_an_action_takes_it_back(self, session, member):
        actions.say_no_action(session, "Hanya ujian", by=session.trainer)
        actions.set_actions(session, [member[0]], ["A"], due_on=soon(), by=session.trainer)
        session.refresh_from_db()
        assert session.no_action_reason == ""
        with pytest.raises(TransitionError):
            actions.say_no_action(session, "Hanya ujian", by=session.trainer)


class TestReporting:
    def test_the_mentor_is_told_and_closes(self, reported, member, mentor):
        assert Notification.objects.get(user=mentor).path == reported.get_absolute_url()
        actions.close_action(reported, by=mentor)
        assert reported.status == "closed"
        assert Notification.objects.filter(user=member[1].user, kind="factoryaction.closed").exists()

    def test_a_returned_one_says_what_is_missing_and_keeps_both_reports(self, reported, member, mentor):
        with pytest.raises(ValidationError, match="masih kurang"):
            actions.return_action(reported, " ", by=mentor)
        actions.return_action(reported, "Label belum ada", by=mentor)
        told = Notification.objects.get(user=member[1].user, kind="factoryaction.returned")
        assert told.body == "Label belum ada"
        actions.report_action(reported, photo("black"), by=member[1].user)
        newest, first = reported.reports.all()
        assert (newest.return_reason, first.return_reason) == ("", "Label belum ada")
        assert newest.photo_sha256 != first.photo_sha256
        actions.close_action(reported, by=mentor)

    def test_sent_twice_is_one_report(self, given, member):
        key = uuid4()
        for _press in range(2):
            actions.report_action(given, photo(), by=member[1].user, id=key)
        assert ActionReport.objects.count() == 1
        with pytest.raises(TransitionError):
            actions.report_action(given, photo(), by=member[1].user, id=uuid4())

    def test_without_a_photo_nothing_is_reported(self, given, member):
        with pytest.raises(ValidationError):
            actions.report_action(given, None, "Sudah", by=member[1].user)
        given.refresh_from_db()
        assert given.status == "open"

    @pytest.mark.parametrize("role", [Role.MENTOR, Role.STAFF, Role.LEAD])
    def test_only_the_ikms_own_mentor_checks(self, reported, role):
        with pytest.raises(ValidationError, match="Hanya mentor"):
            actions.close_action(reported, by=UserFactory(role=role))

    def test_a_former_mentor_checks_no_more(self, reported, mentor):
        reported.enrolment.mentor_assignments.update(ends_on=timezone.localdate())
        with pytest.raises(ValidationError, match="Hanya mentor"):
            actions.return_action(reported, "Kurang", by=mentor)

    def test_everything_is_on_the_timeline(self, reported, member, mentor):
        actions.return_action(reported, "Label belum ada", by=mentor)
        verbs = set(
            Event.objects.filter(enterprise_id=member[0].enterprise_id).values_list("verb", flat=True)
        )
        assert {
            f"factoryaction.{what}" for what in ("set", "reported", "evidence_added", "returned")
        } <= verbs


class TestCompletion:
    @pytest.fixture
    def passed(self, request):
        """(enrolment, session) of somebody who has attended and has the mark; the module asks for an action."""
        module = ModuleFactory(code="5R", action_required=getattr(request, "param", True))
        enrolment, _person = enrol(SessionFactory(module=module).cohort)
        enrolment.cohort.sessions.all().delete()
        pass_module(enrolment, module)
        return enrolment, enrolment.cohort.sessions.get()

    @pytest.mark.parametrize("passed", [False], indirect=True)
    def test_a_version_that_does_not_ask_keeps_its_verdict(self, passed):
        enrolment, session = passed
        FactoryActionFactory(session=session, enrolment=enrolment)
        assert passed_modules(enrolment.enterprise) == {"5R"}

    def test_a_version_that_asks_waits_for_the_mentor(self, passed):
        enrolment, session = passed
        (item,) = module_progress(enrolment)
        assert (item.completion.state, item.completion.missing) == (State.RUNNING, (Gap.NO_ACTION,))
        action = FactoryActionFactory(session=session, enrolment=enrolment)
        (item,) = module_progress(enrolment)
        assert item.completion.missing == (Gap.ACTIONS_OPEN,)
        assert item.missing == ["1 dari 1 aksi pabrik belum diperiksa mentor"]
        FactoryAction.objects.filter(pk=action.pk).update(
            status="closed", closed_at=timezone.now(), closed_by=session.trainer
        )
        assert passed_modules(enrolment.enterprise) == {"5R"}

    @pytest.mark.parametrize(("passed", "queries"), [(False, 5), (True, 6)], indirect=["passed"])
    def test_it_costs_one_query_more(self, passed, queries, django_assert_num_queries):
        with django_assert_num_queries(queries):
            module_progress(passed[0])


class TestPages:
    def test_the_trainer_gives_one_to_everybody_present(self, client, login, session, member):
        enrol(session.cohort)  # not there
        login(session.trainer)
        url = reverse("trainings:session_actions", args=[session.code])
        data = {"text": "Pasang garis lantai", "due_on": soon().isoformat()}
        page = client.post(url, data, follow=True)
        assert FactoryAction.objects.get().enrolment == member[0]
        assert "1 dari 1 IKM yang hadir sudah punya aksi" in page.content.decode()

    def test_the_trainer_gives_one_to_a_single_ikm(self, client, login, session, member):
        absent, _person = enrol(session.cohort)
        login(session.trainer)
        url = reverse("trainings:give_action", args=[session.code, absent.pk])
        client.post(url, {"text": "Pasang garis lantai", "due_on": soon().isoformat()})
        assert FactoryAction.objects.get().enrolment == absent
        stranger, _person = enrol(SessionFactory().cohort)
        url = reverse("trainings:give_action", args=[session.code, stranger.pk])
        assert client.post(url, {"text": "A", "due_on": soon().isoformat()}).status_code == 404

    def test_a_bad_day_is_said_and_what_was_typed_stays(self, client, login, session, member):
        login(session.trainer)
        url = reverse("trainings:session_actions", args=[session.code])
        page = client.post(url, {"text": "Pasang garis", "due_on": "2020-01-01"}).content.decode()
        assert "Tenggat tidak boleh sebelum hari ini." in page and 'value="Pasang garis"' in page
        assert not FactoryAction.objects.exists()

    def test_after_closing_the_trainer_is_asked_for_actions(self, client, login, session):
        login(session.trainer)
        page = client.post(reverse("trainings:session_close", args=[session.code]), {"head_count": "0"})
        assert page.url == reverse("trainings:session_actions", args=[session.code])
        assert [task.text for task in tasks_for(session.trainer)] == ["Sesi ini belum punya aksi"]
        assert "belum punya aksi" in client.get(session.get_absolute_url()).content.decode()
        client.post(reverse("trainings:no_action", args=[session.code]), {"reason": "Hanya ujian"})
        assert tasks_for(session.trainer) == []

    def test_photo_and_send(self, client, login, given, member, mentor):
        login(member[1].user)
        assert "Pasang garis lantai" in client.get(reverse("trainings:my_actions")).content.decode()
        assert [task.title for task in tasks_for(member[1].user)] == ["Pasang garis lantai"]
        url = reverse("trainings:report_action", args=[given.code])
        refused = client.post(url, {"key": str(uuid4()), "note": "Sudah rapi"}).content.decode()
        assert "Tambah foto sesudah dikerjakan." in refused and "Sudah rapi" in refused
        client.post(url, {"key": str(uuid4()), "photo": picture()})
        assert [task.count for task in tasks_for(mentor)] == [1]
        login(mentor)
        client.post(reverse("trainings:return_action", args=[given.code]), {"reason": "Label belum ada"})
        login(member[1].user)
        assert "Label belum ada" in client.get(given.get_absolute_url()).content.decode()

    def test_what_is_late_is_said_in_words(self, client, login, given, member):
        FactoryAction.objects.update(due_on=timezone.localdate() - timedelta(days=3))
        login(member[1].user)
        assert "Lewat 3 hari" in client.get(reverse("trainings:my_actions")).content.decode()

    def test_a_reminder_only_with_consent(self, client, login, given, member, mentor):
        login(mentor)
        assert "wa.me" not in client.get(given.get_absolute_url()).content.decode()
        give_consent(
            member[0].enterprise, by=member[1].user, purpose=Consent.Purpose.WHATSAPP, channel="Portal"
        )
        page = unquote(client.get(given.get_absolute_url()).content.decode())
        assert "wa.me" in page and 'Mengingatkan aksi "Pasang garis lantai"' in page

    def test_staff_read_and_do_not_close(self, client, login, reported):
        login(UserFactory(role=Role.STAFF))
        page = client.get(reverse("trainings:actions") + "?status=reported").content.decode()
        assert "Pasang garis lantai" in page
        page = client.get(reported.get_absolute_url()).content.decode()
        assert "Nyatakan selesai" not in page


@pytest.mark.parametrize(
    "days, text",
    [(-3, "Lewat 3 hari"), (0, "Tenggat hari ini"), (1, "Tenggat besok"), (2, "2 hari lagi")],
)
def test_a_day_in_words(days, text):
    today = timezone.localdate()
    assert due_text(today + timedelta(days=days), today) == text
