"""A withdrawn consent stops its use at once: one test for every use of each of the four purposes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from assessments.actions import add_finding, start_assessment
from closedloop.accounts.roles import Role
from closedloop.dashboard.slow_tasks import warnings_to_answer
from closedloop.dashboard.tasks import tasks_for
from closedloop.notifications.actions import send_outbox
from closedloop.notifications.models import Notification
from participants import actions
from participants.consents import has_consent
from participants.models import Consent, Enrolment
from participants.withdrawal import effects_of
from tests.factories.accounts import UserFactory
from tests.factories.capability import PhotoFactory
from tests.factories.participants import (
    CohortFactory,
    ConsentFactory,
    EnrolmentFactory,
    MentorAssignmentFactory,
    PersonFactory,
)
from tests.factories.partnerships import BuyerContactFactory, OrderFactory
from tests.factories.trainings import AttendanceFactory, CalendarFeedFactory, SessionFactory
from trainings.actions import cancel_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def enrolment():
    """An active member whose owner has an account."""
    enrolment = EnrolmentFactory()
    PersonFactory(enterprise=enrolment.enterprise)
    return enrolment


@pytest.fixture
def consent(enrolment):
    return ConsentFactory(enterprise=enrolment.enterprise, purpose="training")


@pytest.fixture
def owner(enrolment):
    return enrolment.enterprise.people.get().user


def missed_in_a_row(enrolment):
    """Two sessions held one after the other, both missed without a word."""
    for days in (6, 3):
        starts_at = timezone.now() - timedelta(days=days)
        session = SessionFactory(
            cohort=enrolment.cohort, held=True, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3)
        )
        AttendanceFactory(session=session, enrolment=enrolment, status="absent")


def told(user, kind: str) -> int:
    return Notification.objects.filter(user=user, kind__startswith=kind).count()


class TestTraining:
    def test_no_invitation_and_no_change_of_a_session_reaches_the_owner(
        self, enrolment, owner, consent, staff
    ):
        first, second = SessionFactory(cohort=enrolment.cohort), SessionFactory(cohort=enrolment.cohort)
        cancel_session(first, "Hujan", by=staff)
        assert told(owner, "session.") == 1
        actions.withdraw_consent(consent, by=owner)
        cancel_session(second, "Hujan", by=staff)
        assert told(owner, "session.") == 1

    def test_who_never_had_one_on_record_is_still_invited(self, enrolment, owner, staff):
        cancel_session(SessionFactory(cohort=enrolment.cohort), "Hujan", by=staff)
        assert told(owner, "session.") == 1

    def test_an_invitation_that_waits_in_the_outbox_is_not_mailed(self, enrolment, owner, consent, staff):
        cancel_session(SessionFactory(cohort=enrolment.cohort), "Hujan", by=staff)
        actions.withdraw_consent(consent, by=owner)
        send_outbox()
        assert all(owner.email not in message.to for message in mail.outbox)
        assert told(owner, "session.") == 1  # the portal still has it

    def test_its_calendar_gets_no_coming_session(self, client, enrolment, owner, consent):
        coming = SessionFactory(cohort=enrolment.cohort, title="Sesi nanti")
        held = SessionFactory(cohort=enrolment.cohort, held=True, title="Sesi dulu")
        feed = CalendarFeedFactory(user=owner)
        assert coming.title in client.get(feed.path).content.decode()
        actions.withdraw_consent(consent, by=owner)
        calendar = client.get(feed.path).content.decode()
        assert coming.title not in calendar and held.title in calendar

    def test_nobody_is_asked_to_remind_it(self, client, enrolment, owner, consent, staff):
        missed_in_a_row(enrolment)
        assert list(warnings_to_answer(staff))
        actions.withdraw_consent(consent, by=owner)
        assert not list(warnings_to_answer(staff))
        client.force_login(staff)
        assert str(enrolment.enterprise) not in client.get(reverse("trainings:warnings")).content.decode()

    def test_no_finding_and_no_assessment_is_begun(self, enrolment, owner, consent, staff):
        actions.withdraw_consent(consent, by=owner)
        due_on = timezone.localdate() + timedelta(days=9)
        add_finding(enrolment.enterprise, problem="Tidak ada pengaman", due_on=due_on, by=staff)
        assert told(owner, "finding.") == 0
        with pytest.raises(ValidationError, match="menarik persetujuan"):
            start_assessment(enrolment, "self", timezone.localdate(), by=owner)

    def test_it_is_neither_enrolled_nor_taken_back_onto_the_roster(self, enrolment, owner, consent, staff):
        actions.move_enrolment(enrolment, "on_leave", by=staff, reason="Sakit")
        actions.withdraw_consent(consent, by=owner)
        with pytest.raises(ValidationError, match="menarik persetujuan"):
            actions.move_enrolment(enrolment, "active", by=staff)
        actions.move_enrolment(enrolment, "withdrawn", by=staff, reason="Persetujuan ditarik")
        with pytest.raises(ValidationError, match="menarik persetujuan"):
            actions.enrol(enrolment.enterprise, CohortFactory(), by=staff)
        actions.give_consent(enrolment.enterprise, by=staff, channel="Kertas")
        actions.enrol(enrolment.enterprise, CohortFactory(), by=staff)

    def test_staff_and_the_mentor_are_told_once_with_the_way_out(self, enrolment, owner, consent, staff):
        mentor = MentorAssignmentFactory(enrolment=enrolment).mentor
        for _press in range(2):
            actions.withdraw_consent(consent, by=owner)
        for person in (staff, mentor):
            assert told(person, "consent.withdrawn") == 1
        path = Notification.objects.get(user=staff, kind="consent.withdrawn").path
        assert path == reverse("participants:move_enrolment", args=[enrolment.pk])

    def test_it_is_marked_wherever_staff_meet_it_until_they_decide(
        self, client, enrolment, owner, consent, staff
    ):
        actions.withdraw_consent(consent, by=owner)
        client.force_login(staff)
        code, cohort = enrolment.enterprise.code, enrolment.cohort.code
        move = reverse("participants:move_enrolment", args=[enrolment.pk])
        assert (
            "Persetujuan ditarik"
            in client.get(reverse("participants:cohort", args=[cohort])).content.decode()
        )
        for page in (
            reverse("participants:detail", args=[code]),
            reverse("dashboard:profile", args=[code]),
            enrolment.get_absolute_url(),
        ):
            content = client.get(page).content.decode()
            assert "Persetujuan pelatihan ditarik" in content and f'href="{move}"' in content, page
        assert move in [task.url for task in tasks_for(staff)]
        form = client.get(move).context["form"]
        assert "ditarik" in form["reason"].value()
        data = {"status": "on_leave", "on": timezone.localdate(), "reason": form["reason"].value()}
        assert client.post(move, data).status_code == 302
        assert enrolment.moves.get(after="on_leave").reason == form["reason"].value()

    def test_a_new_consent_takes_the_marks_away(self, client, enrolment, owner, consent, staff):
        actions.withdraw_consent(consent, by=owner)
        assert Enrolment.objects.without_consent().exists()
        actions.give_consent(enrolment.enterprise, by=staff, channel="Kertas")
        assert not Enrolment.objects.without_consent().exists()
        assert list(Enrolment.objects.invited()) == [enrolment]
        client.force_login(staff)
        page = client.get(enrolment.get_absolute_url()).content.decode()
        assert "Persetujuan pelatihan ditarik" not in page


def test_whatsapp_has_no_button_on_any_page(client, enrolment, owner, staff):
    consent = actions.give_consent(enrolment.enterprise, by=None, purpose="whatsapp", channel="Kertas")
    enrolment.enterprise.people.update(phone="+6281234567890")
    missed_in_a_row(enrolment)
    pages = [
        reverse("participants:detail", args=[enrolment.enterprise.code]),
        reverse("trainings:warnings"),
    ]
    client.force_login(staff)
    assert all("wa.me/6281234567890" in client.get(page).content.decode() for page in pages)
    actions.withdraw_consent(consent, by=owner)
    assert not any("wa.me/6281234567890" in client.get(page).content.decode() for page in pages)


def test_a_partner_reads_the_name_and_nothing_of_the_profile(client, staff):
    order = OrderFactory()
    contact = BuyerContactFactory(buyer=order.buyer, user=UserFactory(role=Role.BUYER))
    consent = actions.give_consent(order.enterprise, by=None, purpose="sharing", channel="Kertas")
    client.force_login(contact.user)
    page = reverse("partnerships:suppliers")
    rows = client.get(page).context["rows"]
    assert [(row["is_shared"], len(row["clearances"])) for row in rows] == [(True, 1)]
    actions.withdraw_consent(consent, by=staff)
    answer = client.get(page)
    assert [(row["is_shared"], row["clearances"]) for row in answer.context["rows"]] == [(False, [])]
    content = answer.content.decode()
    assert str(order.enterprise) in content and order.enterprise.regency.name not in content


def test_photos_say_whether_they_may_be_published(client, enrolment, owner, staff):
    PhotoFactory(enterprise=enrolment.enterprise)
    consent = actions.give_consent(enrolment.enterprise, by=None, purpose="publicity", channel="Kertas")
    client.force_login(staff)
    page = reverse("participants:capability", args=[enrolment.enterprise.code])
    assert "Boleh dipublikasikan" in client.get(page).content.decode()
    actions.withdraw_consent(consent, by=owner)
    content = client.get(page).content.decode()
    assert "Jangan dipakai di luar program" in content and "Boleh dipublikasikan" not in content


@pytest.mark.parametrize("purpose", Consent.Purpose.values)
def test_before_and_after_it_is_said_what_stops_and_what_stays(client, enrolment, owner, purpose):
    consent = actions.give_consent(enrolment.enterprise, by=None, purpose=purpose, channel="Kertas")
    client.force_login(owner)
    page = reverse("participants:withdraw_own_consent", args=[purpose])
    effects = effects_of(purpose)
    asked = client.get(page).content.decode()
    assert all(line in asked for line in effects.lines())
    proof = client.post(page, follow=True).content.decode()
    assert all(line[1:] in proof for line in (*effects.stops, *effects.stays))
    assert not has_consent(consent.enterprise, purpose)
