"""No path to a class skips a rule (reliability D2): random acts by random people, through the portal's own pages,
against a model of the rules in thirty lines."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from assessments.models import Assessment, ClassDecision, Finding
from closedloop.accounts.roles import Role
from participants.models import Enterprise
from tests.client import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, CohortRubricFactory, FindingFactory, requirement
from tests.factories.participants import EnrolmentFactory, MentorAssignmentFactory, PersonFactory

LONG = "Keterlambatan terjadi karena pelat terlambat datang."
FLOORS = {2: 55, 3: 70, 4: 80}
PEOPLE = {
    "lead": Role.LEAD,
    "other lead": Role.LEAD,
    "staff": Role.STAFF,
    "other staff": Role.STAFF,
    "assessor": Role.ASSESSOR,
    "other assessor": Role.ASSESSOR,
    "mentor": Role.MENTOR,
    "owner": Role.OWNER,
    "buyer": Role.BUYER,
    "viewer": Role.VIEWER,
}
ANYBODY = st.sampled_from(sorted(PEOPLE))


class Rules:
    """The whole of the rules about one IKM's class, as one would tell them."""

    def __init__(self):
        self.level, self.overall, self.criticals = 1, None, 0
        self.waiting, self.decided = None, 0  # the overall on which a proposal waits
        self.proposer = ""

    def propose(self, who):
        if who in {"staff", "other staff"} and self.overall is not None and self.waiting is None:
            self.waiting, self.proposer = self.overall, who

    def withdraw(self, who, reason):
        if who in {"staff", "other staff"} and reason:
            self.waiting = None

    def decide(self, who, outcome, members, reason, conditions, declared):
        if self.waiting is None or who not in {"lead", "other lead"}:
            return
        free = {"lead", "other lead", "staff", "other staff", "other assessor"} - {self.proposer}
        if not members or members - free or who in members or not declared:
            return  # neither assessor, mentor, proposer nor anybody from outside, never alone, each declared
        steps = {"retained": 0, "promoted": 1, "conditional": 1, "demoted": -1}
        after = self.level + steps[outcome]
        if not 1 <= after <= 4:
            return
        climbs = self.level < 4 and self.waiting >= FLOORS[self.level + 1] and not self.criticals
        if outcome != ("promoted" if climbs else "retained") and not reason:
            return
        if outcome == "conditional" and not conditions:
            return
        self.level, self.waiting, self.decided = after, None, self.decided + 1


class Portal(RuleBasedStateMachine):
    """The portal and the rules side by side."""

    steps = decided = 0

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.rules, self.days = Rules(), count()
        self.users = {name: UserFactory(role=role) for name, role in PEOPLE.items()}
        self.clients = {name: signed_in(user) for name, user in self.users.items()}
        self.enrolment = EnrolmentFactory(enterprise__class_level=None)
        self.enterprise = self.enrolment.enterprise
        PersonFactory(enterprise=self.enterprise, user=self.users["owner"])
        MentorAssignmentFactory(enrolment=self.enrolment, mentor=self.users["mentor"])
        scheme = CohortRubricFactory(cohort=self.enrolment.cohort).scheme
        for level in FLOORS:
            requirement(scheme, level, "critical_findings")

    def teardown(self):
        type(self).decided += self.rules.decided
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.assess(3, 3)
        self.propose("staff")

    @rule(score=st.sampled_from([2, 3]), safety=st.sampled_from([2, 3, 4]))
    def assess(self, score, safety):
        made = AssessmentFactory(
            enrolment=self.enrolment,
            assessor=self.users["assessor"],
            kind=Assessment.Kind.MIDYEAR,
            visited_on=date(2026, 2, 1) + timedelta(days=next(self.days)),
            filled=score,
            filled__KS7=safety,
            submitted=True,
            approved=True,
        )
        self.rules.overall = Assessment.objects.get(pk=made.pk).overall

    @rule()
    def find(self):
        FindingFactory(enterprise=self.enterprise, is_critical=True)
        self.rules.criticals += 1

    @precondition(lambda self: self.rules.criticals)
    @rule()
    def mend(self):
        Finding.objects.filter(enterprise=self.enterprise).delete()
        self.rules.criticals = 0

    @rule(who=ANYBODY | st.just("staff"))
    def propose(self, who):
        self.post(who, "propose_decision", self.enterprise.code)
        self.rules.propose(who)

    @precondition(lambda self: self.rules.waiting is not None)
    @rule(who=ANYBODY, reason=st.sampled_from(["", "keliru"]))
    def withdraw(self, who, reason):
        self.post(who, "withdraw_decision", self.latest().code, reason=reason)
        self.rules.withdraw(who, reason)

    @precondition(lambda self: self.latest())
    @rule(
        who=ANYBODY | st.just("lead"),
        outcome=st.sampled_from(ClassDecision.Outcome.values),
        members=st.sets(ANYBODY, max_size=2) | st.just({"other lead"}),
        reason=st.sampled_from(["", LONG]),
        conditions=st.sampled_from(["", "APAR diisi ulang"]),
        declared=st.booleans(),
    )
    def board(self, who, outcome, members, reason, conditions, declared):
        self.decide(who, outcome, members, reason, conditions, declared)

    def decide(self, who, outcome, members, reason, conditions, declared):
        answers = {"outcome": outcome, "reason": reason, "condition_1": conditions, "confirm": "1"}
        if conditions:
            answers["due_1"] = (timezone.localdate() + timedelta(days=30)).isoformat()
        answers["members"] = [self.users[name].pk for name in members]
        answers["declared"] = [self.users[name].pk for name in {who, *members}] if declared else []
        self.post(who, "check_decision", self.latest().code, **answers)
        self.rules.decide(who, outcome, members, reason, conditions, declared)

    @precondition(lambda self: self.rules.waiting is not None)
    @rule(
        who=st.sampled_from(["lead", "other lead"]),
        outcome=st.sampled_from(ClassDecision.Outcome.values),
        reason=st.sampled_from(["", LONG]),
    )
    def sit(self, who, outcome, reason):
        """A board as it should be, so that the steps come to decisions."""
        beside = "staff" if self.rules.proposer == "other staff" else "other staff"
        self.decide(who, outcome, {"other assessor", beside}, reason, "APAR diisi ulang", declared=True)

    @invariant()
    def they_agree(self):
        type(self).steps += 1
        decisions = ClassDecision.objects.filter(enterprise=self.enterprise)
        level = Enterprise.objects.get(pk=self.enterprise.pk).class_level or 1
        found = level, decisions.waiting().count(), decisions.decided().count()
        assert found == (self.rules.level, int(self.rules.waiting is not None), self.rules.decided)

    def post(self, who, name, code, **answers):
        response = self.clients[who].post(reverse(f"assessments:{name}", args=[code]), answers)
        assert response.status_code in {200, 302, 403, 404}

    def latest(self):
        return ClassDecision.objects.filter(enterprise=self.enterprise).order_by("created_at").last()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    "examples, length", [(8, 30), pytest.param(220, 50, marks=[pytest.mark.long, pytest.mark.timeout(1500)])]
)
def test_no_path_to_a_class_skips_a_rule(examples, length):
    Portal.steps = Portal.decided = 0
    run_state_machine_as_test(
        Portal,
        settings=settings(
            max_examples=examples,
            stateful_step_count=length,
            deadline=None,
            database=None,
            derandomize=length < 50,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"\n{Portal.steps} steps, {Portal.decided} decisions")
    assert Portal.steps >= examples * length // 2
    assert Portal.decided >= examples // 2  # the steps reach what they are about
