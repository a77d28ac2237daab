"""Class decisions: the rules recommend, people decide, the evidence is frozen."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessments import actions, snapshots
from assessments.actions.board import Condition
from assessments.class_rules import requirements
from assessments.inputs import class_inputs, rules_of
from assessments.models import ClassDecision, Score
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from participants.models import Document, Enterprise
from tests.factories.accounts import UserFactory
from tests.factories.assessments import (
    AssessmentFactory,
    CohortRubricFactory,
    FindingFactory,
    ScorecardFactory,
    waiting_decision,
)
from tests.factories.frozen import past_the_guards
from tests.factories.participants import EnrolmentFactory, MentorAssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
Status, Outcome = ClassDecision.Status, ClassDecision.Outcome
SOON = timezone.localdate() + timedelta(days=60)
LONG = "Keterlambatan terjadi karena pelat terlambat datang."  # over thirty letters


@pytest.fixture
def enrolment():
    enrolment = EnrolmentFactory()
    MentorAssignmentFactory(enrolment=enrolment)
    PersonFactory(enterprise=enrolment.enterprise)
    CohortRubricFactory(cohort=enrolment.cohort)
    return enrolment


@pytest.fixture
def decision(enrolment):
    return waiting_decision(enrolment)


@pytest.fixture
def lead():
    return UserFactory(role=Role.LEAD)


@pytest.fixture
def member():
    return UserFactory(role=Role.ASSESSOR)


class TestProposing:
    def test_needs_an_official_assessment(self, enrolment):
        AssessmentFactory(enrolment=enrolment, filled=3, submitted=True)
        with pytest.raises(ValidationError, match="belum punya penilaian resmi"):
            actions.propose_decision(enrolment, by=UserFactory())

    def test_on_the_latest_official_assessment_one_class_up(self, enrolment, lead):
        AssessmentFactory(enrolment=enrolment, approved=True, visited_on=date(2026, 2, 1))
        latest = AssessmentFactory(
            enrolment=enrolment, approved=True, visited_on=date(2026, 8, 1), kind="midyear"
        )
        decision = actions.propose_decision(enrolment, by=UserFactory())
        assert (decision.assessment, decision.level_before, decision.level_proposed) == (latest, 1, 2)
        assert decision.assessor == latest.assessor
        assert Notification.objects.filter(kind="decision.proposed", user=lead).count() == 1

    def test_one_waits_at_a_time(self, decision, enrolment):
        with pytest.raises(ValidationError, match="sudah menunggu"):
            actions.propose_decision(enrolment, by=UserFactory())

    def test_withdrawn_with_a_reason_it_may_be_proposed_again(self, decision, enrolment):
        with pytest.raises(ValidationError, match="alasan"):
            actions.withdraw_decision(decision, "", by=UserFactory())
        actions.withdraw_decision(decision, "Data belum lengkap", by=UserFactory())
        assert actions.propose_decision(enrolment, by=UserFactory()) != decision


class TestDeciding:
    def test_what_the_rules_recommend_needs_no_reason(self, decision, lead, member):
        actions.decide(decision, Outcome.PROMOTED, members=[member], by=lead)
        decision.refresh_from_db()
        today = timezone.localdate()
        assert (decision.status, decision.level_after, decision.is_recommended) == (Status.DECIDED, 2, True)
        assert decision.decided_by == lead
        assert [row.user for row in decision.board.all()] == [member]
        assert decision.valid_until.year == today.year + 1
        assert decision.record_number.startswith("001/SK/IKM-CL/")
        enterprise = Enterprise.objects.get()
        assert (enterprise.class_level, enterprise.class_since) == (2, today)

    def test_owner_and_mentor_are_told(self, decision, enrolment, lead, member):
        actions.decide(decision, Outcome.PROMOTED, members=[member], by=lead)
        told = {note.user for note in Notification.objects.filter(kind="decision.decided")}
        assert told == {
            enrolment.enterprise.people.get().user,
            enrolment.mentor_assignments.get().mentor,
        }
        assert Event.objects.filter(verb="classdecision.decided", actor_id=lead.pk).count() == 1
        assert Event.objects.get(verb="enterprise.class_changed").data["after"] == 2

    @pytest.mark.parametrize("length, allowed", [(29, False), (30, True), (31, True)])
    def test_another_outcome_needs_thirty_letters(self, decision, lead, member, length, allowed):
        if allowed:
            actions.decide(decision, Outcome.RETAINED, reason="x" * length, members=[member], by=lead)
            assert (decision.is_recommended, decision.level_after) == (False, 1)
            assert decision.reason == "x" * length
        else:
            with pytest.raises(ValidationError) as error:
                actions.decide(
                    decision, Outcome.RETAINED, reason=" " * 9 + "x" * length, members=[member], by=lead
                )
            assert list(error.value.message_dict) == ["reason"]

    def test_a_condition_is_written(self, decision, lead, member):
        with pytest.raises(ValidationError) as error:
            actions.decide(decision, Outcome.CONDITIONAL, reason=LONG, members=[member], by=lead)
        assert list(error.value.message_dict) == ["conditions"]
        actions.decide(
            decision,
            Outcome.CONDITIONAL,
            reason=LONG,
            conditions=[Condition("Tepat kirim 95% ", SOON)],
            members=[member],
            by=lead,
        )
        assert (decision.level_after, decision.conditions) == (2, "Tepat kirim 95%")
        assert [(one.text, one.due_on, one.is_met) for one in decision.terms.all()] == [
            ("Tepat kirim 95%", SOON, None)
        ]

    @pytest.mark.parametrize(
        "days, allowed", [(None, False), (0, False), (1, True), (365, True), (367, False)]
    )
    def test_a_condition_falls_due_while_the_class_is_valid(self, decision, lead, member, days, allowed):
        due_on = None if days is None else timezone.localdate() + timedelta(days=days)
        act = dict(reason=LONG, conditions=[Condition("APAR", due_on)], members=[member], by=lead)
        if allowed:
            actions.decide(decision, Outcome.CONDITIONAL, **act)
        else:
            with pytest.raises(ValidationError, match="tenggat"):
                actions.decide(decision, Outcome.CONDITIONAL, **act)

    def test_conditions_of_another_outcome_are_not_kept(self, decision, lead, member):
        actions.decide(
            decision, Outcome.PROMOTED, conditions=[Condition("x", SOON)], members=[member], by=lead
        )
        assert (decision.conditions, decision.terms.count()) == ("", 0)

    def test_no_step_below_the_lowest_class(self, decision, lead, member):
        with pytest.raises(ValidationError) as error:
            actions.decide(decision, Outcome.DEMOTED, reason=LONG, members=[member], by=lead)
        assert list(error.value.message_dict) == ["outcome"]

    def test_demotion_is_one_step(self, enrolment, lead, member):
        Enterprise.objects.update(class_level=3, class_since=date(2026, 1, 1))
        enrolment.refresh_from_db()
        decision = waiting_decision(enrolment)
        actions.decide(decision, Outcome.DEMOTED, reason=LONG, members=[member], by=lead)
        assert Enterprise.objects.get().class_level == 2

    def test_at_the_highest_class_only_staying_or_stepping_down(self, enrolment, lead, member):
        Enterprise.objects.update(class_level=4, class_since=date(2026, 1, 1))
        enrolment.refresh_from_db()
        decision = waiting_decision(enrolment)
        with pytest.raises(ValidationError):
            actions.decide(decision, Outcome.PROMOTED, reason=LONG, members=[member], by=lead)
        actions.decide(decision, Outcome.RETAINED, members=[member], by=lead)
        enterprise = Enterprise.objects.get()
        assert (enterprise.class_level, enterprise.class_since) == (4, date(2026, 1, 1))


class TestBoard:
    def refused(self, decision, *, by, members):
        with pytest.raises(ValidationError) as error:
            actions.decide(decision, Outcome.PROMOTED, members=members, by=by)
        assert list(error.value.message_dict) == ["members"]

    def test_at_least_one_beside_the_signer(self, decision, lead):
        self.refused(decision, by=lead, members=[])
        self.refused(decision, by=lead, members=[lead])

    def test_neither_assessor_nor_mentor_sits(self, decision, enrolment, lead, member):
        self.refused(decision, by=lead, members=[decision.assessor])
        self.refused(decision, by=lead, members=[member, enrolment.mentor_assignments.get().mentor])

    def test_neither_assessor_nor_proposer_signs(self, enrolment, member):
        lead = UserFactory(role=Role.LEAD)
        decision = waiting_decision(enrolment, by=lead)
        self.refused(decision, by=lead, members=[member])

    def test_the_assessor_does_not_sign(self, decision, member):
        decision.assessor.role = Role.LEAD
        decision.assessor.save()
        self.refused(decision, by=decision.assessor, members=[member])

    @pytest.mark.parametrize("role", [role for role in Role.values if role != Role.LEAD])
    def test_only_a_lead_signs(self, decision, member, role):
        self.refused(decision, by=UserFactory(role=role), members=[member])

    @pytest.mark.parametrize("field", ["assessor", "proposed_by"])
    def test_database_refuses_both(self, decision, lead, member, field):
        actions.decide(decision, Outcome.PROMOTED, members=[member], by=lead)
        with pytest.raises(IntegrityError, match="class_decider_is_neither"), transaction.atomic():
            ClassDecision.objects.update(decided_by=getattr(decision, field))


class TestSnapshot:
    def test_its_hash_survives_the_database(self, decision, lead, member):
        actions.decide(decision, Outcome.PROMOTED, members=[member], by=lead)
        stored = ClassDecision.objects.get()
        assert snapshots.sha256_of(stored.snapshot) == stored.snapshot_sha256

    def test_the_rules_give_the_same_over_the_stored_inputs(self, decision, lead, member):
        ScorecardFactory(enterprise=decision.enterprise, promised_value=5)
        FindingFactory(enterprise=decision.enterprise, is_critical=True)
        Document.objects.create(enterprise=decision.enterprise, kind="iso9001")
        actions.decide(decision, Outcome.PROMOTED, members=[member], by=lead)
        stored = ClassDecision.objects.get()
        inputs = snapshots.inputs_from(stored.snapshot)
        assert inputs == class_inputs(stored.enterprise, stored.assessment)
        again = requirements(stored.level_proposed, rules_of(stored.scheme), inputs)
        assert again == snapshots.requirements_from(stored.snapshot)

    def test_later_changes_do_not_reach_it(self, decision, lead, member):
        actions.decide(decision, Outcome.PROMOTED, members=[member], by=lead)
        before = ClassDecision.objects.get().snapshot
        with past_the_guards():
            Score.objects.update(value=0)
        Enterprise.objects.update(name="Nama Baru")
        assert ClassDecision.objects.get().snapshot == before
        assert before["enterprise"]["name"] != "CV Nama Baru"
        assert [row["name"] for row in before["board"]] == [str(lead), str(member)]
        assert before["rubric"]["version"] == decision.assessment.rubric.version


def test_record_numbers_count_up_within_a_year(lead, member):
    numbers = []
    for _ in range(3):
        enrolment = EnrolmentFactory()
        CohortRubricFactory(cohort=enrolment.cohort)
        decision = waiting_decision(enrolment)
        actions.decide(decision, Outcome.PROMOTED, members=[member], by=lead)
        numbers.append(decision.record_number)
    today = timezone.localdate()
    assert [number[:3] for number in numbers] == ["001", "002", "003"]
    assert all(number.endswith(f"/{today.year}") for number in numbers)


ALLOWED = {("proposed", "decided"), ("proposed", "withdrawn")}


@pytest.mark.parametrize("before", Status.values)
@pytest.mark.parametrize("after", Status)
def test_no_move_but_the_allowed_ones(enrolment, lead, member, before, after):
    decision = waiting_decision(enrolment)
    if before == "decided":
        actions.decide(decision, Outcome.PROMOTED, members=[member], by=lead)
    elif before == "withdrawn":
        actions.withdraw_decision(decision, "salah", by=lead)
    assert decision.can_become(after) is ((before, after) in ALLOWED)
    if (before, after) not in ALLOWED:
        with pytest.raises(TransitionError):
            decision.move_to(after, by=lead)


def test_a_decided_one_says_who_decided_and_when(decision, lead, member):
    actions.decide(decision, Outcome.PROMOTED, members=[member], by=lead)
    with pytest.raises(TransitionError, match=f"Sudah diputuskan oleh {lead} pada .*WIB"):
        actions.decide(
            decision, Outcome.RETAINED, reason=LONG, members=[member], by=UserFactory(role=Role.LEAD)
        )


@pytest.mark.django_db(transaction=True)
def test_two_leads_at_once_make_one_decision_and_one_plain_refusal():
    enrolment = EnrolmentFactory()
    CohortRubricFactory(cohort=enrolment.cohort)
    decision = waiting_decision(enrolment)
    member = UserFactory(role=Role.ASSESSOR)
    leads = [UserFactory(role=Role.LEAD) for _ in range(2)]
    barrier, outcomes = threading.Barrier(2), []

    def attempt(by, outcome):
        mine = ClassDecision.objects.get(pk=decision.pk)
        barrier.wait()
        try:
            actions.decide(mine, outcome, reason=LONG, members=[member], by=by)
            outcomes.append("decided")
        except TransitionError as error:
            outcomes.append(error.message)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=attempt, args=pair)
        for pair in zip(leads, (Outcome.PROMOTED, Outcome.RETAINED), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome[:16] for outcome in outcomes) == ["Sudah diputuskan", "decided"]
    assert ClassDecision.objects.decided().count() == 1


def test_inputs_gather_from_every_app(enrolment):
    assessment = AssessmentFactory(enrolment=enrolment, approved=True)
    today = date(2026, 11, 24)
    FindingFactory(enterprise=enrolment.enterprise, is_critical=True, found_on=date(2026, 10, 25))
    FindingFactory(enterprise=enrolment.enterprise)
    Document.objects.create(enterprise=enrolment.enterprise, kind="bpjs", expires_on=date(2026, 11, 24))
    Document.objects.create(enterprise=enrolment.enterprise, kind="iso9001", expires_on=date(2026, 11, 23))
    ScorecardFactory(enterprise=enrolment.enterprise)
    inputs = class_inputs(enrolment.enterprise, assessment, today=today)
    assert inputs.critical_ages == (30,)
    assert inputs.documents == {"nib", "bpjs"}
    assert inputs.modules == frozenset()
    assert inputs.criteria["KS7"] == 3
    assert inputs.dimensions["LEG"] == Decimal(100)
    assert [month.month for month in inputs.months] == [date(2026, 10, 1)]
