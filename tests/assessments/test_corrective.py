"""PICA: why, what is planned, shown before and after, closed, and seen to hold, or not."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import CorrectiveAction, EffectivenessCheck, Finding
from closedloop.accounts.roles import Role
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, FindingFactory, criteria_of
from tests.factories.participants import EnrolmentFactory, PersonFactory
from tests.factories.trainings import SessionFactory

pytestmark = pytest.mark.django_db
BEFORE, AFTER, LATER = (
    CleanPhoto(content=name.encode(), sha256=name[0] * 64, width=4, height=3) for name in ("a", "b", "c")
)
WHYS = ["Sensor rusak", "Tidak ada jadwal rawat"]


@pytest.fixture
def mentor():
    return UserFactory(role=Role.MENTOR)


@pytest.fixture
def owner(finding):
    return finding.enterprise.people.get().user


@pytest.fixture
def finding():
    person = PersonFactory(enterprise=EnrolmentFactory().enterprise)
    return FindingFactory(enterprise=person.enterprise, is_critical=True)


@pytest.fixture
def closed(finding, owner, mentor):
    actions.write_causes(finding, WHYS, "Perawatan tidak dijadwalkan", by=owner)
    actions.propose_closing(finding, "Sensor diganti", AFTER, before=BEFORE, by=owner)
    actions.close_finding(finding, by=mentor)
    return finding


def test_causes_are_kept_in_order_without_what_is_empty_at_the_end(finding, owner):
    actions.write_causes(finding, [*WHYS, "", " "], " Jadwal ", by=owner)
    finding.refresh_from_db()
    assert (finding.whys, finding.root_cause) == (WHYS, "Jadwal")


@pytest.mark.parametrize(
    "whys, field", [(["x", "", "y"], "why_2"), (["x", "y" * 201], "why_2"), (["x"] * 6, "__all__")]
)
def test_wrong_answers_are_refused_at_their_place(finding, owner, whys, field):
    with pytest.raises(ValidationError) as refusal:
        actions.write_causes(finding, whys, "Jadwal", by=owner)
    assert field in (getattr(refusal.value, "error_dict", None) or {"__all__": 1})


def test_a_critical_one_is_closed_only_with_its_cause(finding, owner, mentor):
    actions.propose_closing(finding, "Sensor diganti", AFTER, before=BEFORE, by=owner)
    actions.write_causes(finding, WHYS[:1], "Jadwal", by=mentor)
    with pytest.raises(ValidationError, match="dua jawaban mengapa"):
        actions.close_finding(finding, by=mentor)
    actions.write_causes(finding, WHYS, "Jadwal", by=mentor)
    actions.close_finding(finding, by=mentor)
    with pytest.raises(TransitionError):
        actions.write_causes(finding, WHYS, "Lain", by=mentor)


def test_before_is_asked_for_unless_the_assessment_shows_it(owner, mentor):
    assessment = AssessmentFactory(assessor=mentor)
    criterion = criteria_of(assessment).get(code="KS7")
    day = assessment.visited_on
    actions.add_evidence(assessment, criterion, photo=BEFORE, taken_on=day, by=mentor)
    facts = {"enterprise": assessment.enterprise, "criterion": criterion, "is_critical": True}
    seen, unseen = FindingFactory(assessment=assessment, **facts), FindingFactory(**facts)
    with pytest.raises(ValidationError, match="sudut yang sama"):
        actions.propose_closing(unseen, "Jalur dibuka", AFTER, by=owner)
    assert not unseen.actions.exists() and unseen.status == Finding.Status.OPEN
    actions.propose_closing(seen, "Jalur dibuka", AFTER, by=owner)
    with pytest.raises(TransitionError, match="sedang diperiksa"):
        actions.show_before(seen, LATER, by=owner)


def test_what_was_planned_counts_as_done_with_the_proposal(finding, owner):
    today = timezone.localdate()
    one = actions.plan_action(finding, "Pesan sensor", responsible="Kepala produksi", due_on=today, by=owner)
    again = actions.plan_action(finding, "Pesan", responsible="X", due_on=today, by=owner, id=one.pk)
    assert again == one
    actions.propose_closing(finding, "Sensor diganti", AFTER, before=BEFORE, by=owner)
    assert list(CorrectiveAction.objects.values_list("done_on", flat=True)) == [today, today]
    with pytest.raises(ValidationError) as refusal:
        actions.plan_action(finding, " ", responsible="", due_on=today - timedelta(days=1), by=owner)
    assert set(refusal.value.error_dict) == {"description", "responsible", "due_on"}


def test_the_day_proposed_for_an_action_is_one_that_may_be_planned(finding, owner, client, login):
    today = timezone.localdate()
    login(owner)
    for due_on, proposed in ((today - timedelta(days=1), today), (today + timedelta(days=5),) * 2):
        Finding.objects.update(due_on=due_on, found_on=today - timedelta(days=9))
        page = client.get(reverse("assessments:plan_action", args=[finding.code])).content.decode()
        assert f'value="{proposed.isoformat()}"' in page


def test_closing_plans_a_look_thirty_days_later_or_on_the_day_said(finding, closed, mentor):
    assert closed.effectiveness.due_on == timezone.localdate() + timedelta(days=30)
    other = FindingFactory()
    with pytest.raises(ValidationError, match="sesudah hari ini"):
        actions.close_finding(other, by=mentor, check_on=timezone.localdate())
    actions.close_finding(other, by=mentor, check_on=timezone.localdate() + timedelta(days=1))
    assert set(Finding.objects.awaiting_check()) == {closed, other}


def test_neither_who_closed_nor_who_mended_says_that_it_holds(closed, owner, mentor):
    for person in (owner, mentor):
        with pytest.raises(ValidationError, match="orang lain"):
            actions.check_effect(closed.effectiveness, "effective", "Bekerja", LATER, by=person)
    assert EffectivenessCheck.objects.waiting().exists()


@pytest.mark.parametrize(
    "verdict, note, photo, field",
    [("", "x", LATER, "verdict"), ("effective", " ", LATER, "note"), ("effective", "x", None, "photo")],
)
def test_a_check_has_a_verdict_words_and_a_photo(closed, verdict, note, photo, field):
    with pytest.raises(ValidationError) as refusal:
        actions.check_effect(closed.effectiveness, verdict, note, photo, by=UserFactory(role=Role.ASSESSOR))
    assert list(refusal.value.error_dict) == [field]


def test_what_holds_is_said_once(closed):
    assessor = UserFactory(role=Role.ASSESSOR)
    assert actions.check_effect(closed.effectiveness, "effective", "Bekerja", LATER, by=assessor) is None
    with pytest.raises(TransitionError, match="sudah dicek"):
        actions.check_effect(closed.effectiveness, "not_effective", "Mati lagi", LATER, by=assessor)
    assert Finding.objects.count() == 1


def test_what_does_not_hold_comes_back_as_a_new_one_and_the_old_stays_closed(closed, owner):
    assessor = UserFactory(role=Role.ASSESSOR)
    Notification.objects.all().delete()
    again = actions.check_effect(closed.effectiveness, "not_effective", "Mati lagi", LATER, by=assessor)
    closed.refresh_from_db()
    assert closed.status == Finding.Status.CLOSED
    assert (again.repeat_of, again.repeats, again.is_critical) == (closed, 1, True)
    assert (again.whys, again.root_cause, again.before_sha256) == ([], "", LATER.sha256)
    assert "berulang" in Notification.objects.get(user=owner).title
    actions.write_causes(again, WHYS, "Suku cadang", by=owner)
    actions.propose_closing(again, "Diganti lagi", AFTER, by=owner)
    actions.close_finding(again, by=assessor)
    third = actions.check_effect(
        again.effectiveness, "not_effective", "Mati", LATER, by=UserFactory(role=Role.STAFF)
    )
    assert third.repeats == 2


def test_another_day_has_a_reason_that_the_owner_reads(finding, owner, mentor):
    today = timezone.localdate()
    for day, reason, field in (
        (today + timedelta(days=9), " ", "reason"),
        (today - timedelta(days=1), "x", "due_on"),
    ):
        with pytest.raises(ValidationError) as refusal:
            actions.move_due(finding, day, reason, by=mentor)
        assert field in refusal.value.error_dict
        finding.refresh_from_db()
    actions.move_due(finding, today + timedelta(days=9), "Suku cadang datang Senin", by=mentor)
    assert Notification.objects.get(user=owner).body == "Suku cadang datang Senin"


def test_the_session_that_closes_it_names_its_module(finding, mentor):
    session = SessionFactory()
    actions.close_by(finding, None, session, by=mentor)
    assert (finding.closing_module, finding.closing_session) == (session.module, session)
    actions.close_by(finding, None, by=mentor)
    assert finding.closing_module is None
