"""No path to supply skips a rule (reliability D2): random acts by random people, through the portal's own pages,
against a model of the rules in thirty lines."""

from datetime import date, timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from assessments.models import Finding
from closedloop.accounts.roles import Role
from closedloop.dashboard import morning
from participants.models import Document, Enterprise
from partnerships.models import PurchaseOrder, Sample, SupplyClearance
from tests.client import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import FindingFactory
from tests.factories.participants import EnrolmentFactory, MentorAssignmentFactory, PersonFactory
from tests.factories.partnerships import BuyerContactFactory, agreement_between
from tests.factories.trainings import CohortCurriculumFactory, ModuleFactory, pass_module
from trainings.models import TestResult

LONG = "Pembeli meminta kirim lebih dahulu sambil dokumen diperpanjang."
PEOPLE = {
    "lead": Role.LEAD,
    "staff": Role.STAFF,
    "other staff": Role.STAFF,
    "assessor": Role.ASSESSOR,
    "mentor": Role.MENTOR,
    "owner": Role.OWNER,
    "buyer": Role.BUYER,
    "other buyer": Role.BUYER,
    "viewer": Role.VIEWER,
}
STAFF = {"staff", "other staff"}
ANYBODY = st.sampled_from(sorted(PEOPLE))


class Rules:
    """The whole of the rules about supplying one buyer, as one would tell them."""

    def __init__(self):
        self.level, self.criticals, self.passed, self.paper = None, 0, False, "missing"
        self.waiting, self.approved = 0, False
        self.trial = self.regular = self.overridden = 0

    @property
    def status(self):
        fit = (self.level or 0) >= 3 and not self.criticals and self.passed and self.approved
        if not fit or self.paper == "missing":
            return "not_ready"
        return "ready" if self.paper == "valid" else "conditional"

    def hand_over(self, who):
        self.waiting += who in STAFF | {"owner"}

    def decide(self, who, outcome, remark):
        if who in STAFF | {"buyer"} and (outcome == "approved" or remark):
            self.waiting -= 1
            self.approved |= outcome == "approved"

    def order(self, who, kind, reason):
        if who not in STAFF:
            return
        if kind == "trial":
            self.trial += 1
        elif self.status == "ready" or len(reason) >= 30:
            self.regular += 1
            self.overridden += self.status != "ready"


class Portal(RuleBasedStateMachine):
    """The portal and the rules side by side."""

    steps = ordered = overridden = 0

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.rules, self.numbers = Rules(), count()
        self.users = {name: UserFactory(role=role) for name, role in PEOPLE.items()}
        self.clients = {name: signed_in(user) for name, user in self.users.items()}
        self.enrolment = EnrolmentFactory(enterprise__class_level=None, enterprise__npwp="0123456789012345")
        self.enterprise = self.enrolment.enterprise
        curriculum = CohortCurriculumFactory(cohort=self.enrolment.cohort).curriculum
        self.module = ModuleFactory(curriculum=curriculum, code="5R", needed_for_supply=True)
        PersonFactory(enterprise=self.enterprise, user=self.users["owner"])
        MentorAssignmentFactory(enrolment=self.enrolment, mentor=self.users["mentor"])
        self.buyer = BuyerContactFactory(user=self.users["buyer"]).buyer
        BuyerContactFactory(user=self.users["other buyer"])
        self.agreement = agreement_between([self.enterprise], [self.buyer], status="active")
        Document.objects.create(enterprise=self.enterprise, kind="environment")

    def teardown(self):
        type(self).ordered += self.rules.regular
        type(self).overridden += self.rules.overridden
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # --- What becomes true elsewhere in the portal -----------------------------------------------------
    @rule(level=st.sampled_from([None, 2, 3, 4]))
    def classify(self, level):
        since = date(2026, 6, 1) if level else None
        Enterprise.objects.filter(pk=self.enterprise.pk).update(class_level=level, class_since=since)
        self.rules.level = level

    @rule()
    def find(self):
        FindingFactory(enterprise=self.enterprise, is_critical=True)
        self.rules.criticals += 1

    @precondition(lambda self: self.rules.criticals)
    @rule()
    def mend(self):
        Finding.objects.filter(enterprise=self.enterprise).delete()
        self.rules.criticals = 0

    @rule(wanted=st.booleans())
    def pass_or_not(self, wanted):
        if wanted and not self.rules.passed:
            pass_module(self.enrolment, self.module)
        if not wanted:
            TestResult.objects.filter(enrolment=self.enrolment).delete()
        self.rules.passed = wanted

    @rule(ends_in=st.sampled_from([None, -1, 0, 30]))
    def keep_paper(self, ends_in):
        """A paper holds through its last day."""
        Document.objects.filter(enterprise=self.enterprise, kind="bpjs").delete()
        self.rules.paper = "missing" if ends_in is None else "expired" if ends_in < 0 else "valid"
        if ends_in is not None:
            last = timezone.localdate() + timedelta(days=ends_in)
            Document.objects.create(enterprise=self.enterprise, kind="bpjs", expires_on=last)

    @rule()
    def become_fit(self):
        """So that the steps come to cleared orders."""
        self.classify(3)
        self.mend()
        self.pass_or_not(True)
        self.keep_paper(30)

    @rule()
    def supply(self):
        """All of it as it should be, so that the steps come to orders that nobody has to excuse."""
        self.become_fit()
        self.hand_over("owner")
        self.decide("buyer", "approved", "")
        self.order("staff", "regular", "")

    # --- What people do --------------------------------------------------------------------------------
    @rule(who=ANYBODY | st.just("owner"))
    def hand_over(self, who):
        pair = [self.enterprise.code, self.buyer.code]
        today = timezone.localdate().isoformat()
        answers = {"key": str(uuid4()), "part_name": "Braket", "quantity": "5", "submitted_on": today}
        self.post(who, "add_sample", pair, **answers)
        self.rules.hand_over(who)

    @precondition(lambda self: self.rules.waiting)
    @rule(
        who=ANYBODY | st.just("buyer"),
        outcome=st.sampled_from(["approved", "approved", "rejected"]),
        remark=st.sampled_from(["", "Lubang miring"]),
    )
    def decide(self, who, outcome, remark):
        sample = Sample.objects.waiting().filter(enterprise=self.enterprise).first()
        today = timezone.localdate().isoformat()
        self.post(who, "decide_sample", [sample.pk], outcome=outcome, remark=remark, decided_on=today)
        self.rules.decide(who, outcome, remark)

    @rule(
        who=ANYBODY | st.just("staff"),
        kind=st.sampled_from(["trial", "regular", "regular"]),
        reason=st.sampled_from(["", "Mendesak", LONG]),
    )
    def order(self, who, kind, reason):
        answers = {
            "key": str(uuid4()), "number": f"PO-{next(self.numbers)}", "kind": kind, "override_reason": reason,
            "ordered_on": timezone.localdate().isoformat(), "baris-TOTAL_FORMS": "1", "baris-INITIAL_FORMS": "0",
            "baris-0-line": str(self.agreement.lines.get().pk), "baris-0-quantity": "100",
            "baris-0-due_on": (timezone.localdate() + timedelta(days=20)).isoformat(),
        }  # fmt: skip
        self.post(who, "add_order", [self.agreement.code], **answers)
        self.rules.order(who, kind, reason)

    @invariant()
    def they_agree(self):
        type(self).steps += 1
        morning.judge_clearances()
        stored = SupplyClearance.objects.filter(enterprise=self.enterprise, buyer=self.buyer).first()
        assert (stored.status if stored else "not_ready") == self.rules.status
        orders = PurchaseOrder.objects.filter(enterprise=self.enterprise)
        overridden = orders.exclude(override_reason="")
        found = [orders.filter(kind=kind).count() for kind in ("trial", "regular")] + [overridden.count()]
        assert found == [self.rules.trial, self.rules.regular, self.rules.overridden]
        assert all(order.clearance != "ready" and len(order.override_reason) >= 30 for order in overridden)

    def post(self, who, name, args, **answers):
        response = self.clients[who].post(reverse(f"partnerships:{name}", args=args), answers)
        assert response.status_code in {200, 302, 403, 404}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    "examples, length", [(6, 30), pytest.param(220, 50, marks=[pytest.mark.long, pytest.mark.timeout(1500)])]
)
def test_no_path_to_supply_skips_a_rule(examples, length):
    Portal.steps = Portal.ordered = Portal.overridden = 0
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
    print(f"\n{Portal.steps} steps, {Portal.ordered} regular orders, {Portal.overridden} against the gate")
    assert Portal.steps >= examples * length // 2
    assert Portal.ordered > Portal.overridden > 0  # the steps reach what they are about
