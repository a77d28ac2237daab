"""Every decision of the past follows from what it stored, and a changed one is named (reliability D3)."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments import actions, snapshots
from assessments.models import ClassDecision, ClassRequirement, Score
from closedloop.accounts.roles import Role
from participants.models import Enterprise
from tests.factories.accounts import UserFactory
from tests.factories.assessments import (
    CohortRubricFactory,
    FindingFactory,
    ScorecardFactory,
    waiting_decision,
)
from tests.factories.frozen import past_the_guards, thawed
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db
Outcome = ClassDecision.Outcome
LONG = "Keterlambatan terjadi karena pelat terlambat datang."


@pytest.fixture
def decided():
    """One decision as recommended and one against it."""
    lead, member = UserFactory(role=Role.LEAD), UserFactory(role=Role.ASSESSOR)
    for outcome in (Outcome.PROMOTED, Outcome.RETAINED):
        enrolment = EnrolmentFactory()
        CohortRubricFactory(cohort=enrolment.cohort)
        ScorecardFactory(enterprise=enrolment.enterprise, promised_value=5)
        actions.decide(waiting_decision(enrolment), outcome, reason=LONG, members=[member], by=lead)
    return list(ClassDecision.objects.order_by("decided_at"))


def recomputed():
    said = StringIO()
    call_command("recompute_decisions", stdout=said)
    return said.getvalue()


def test_nothing_differs_whatever_became_of_the_records(decided):
    FindingFactory(enterprise=decided[0].enterprise, is_critical=True)
    with past_the_guards():
        Score.objects.update(value=0)
    Enterprise.objects.update(name="Nama Baru", class_level=1)
    assert recomputed() == "decisions=2 differences=0\n"


def with_another(name, value):
    """Return what changes an input and signs it anew, as somebody with the database in hand could."""

    def change(decision):
        decision.snapshot["inputs"][name] = value
        decision.snapshot_sha256 = snapshots.sha256_of(decision.snapshot)

    return change


def set_to(name, value):
    return lambda decision: setattr(decision, name, value)


@pytest.mark.parametrize(
    "change, named",
    [
        (lambda decision: decision.snapshot["inputs"].update(overall="99"), "snapshot"),
        (with_another("overall", "1"), "requirements"),
        (set_to("is_recommended", False), "override"),
    ],
)
def test_a_changed_decision_is_named(decided, change, named):
    change(decided[0])
    ClassDecision.objects.bulk_update([decided[0]], ["snapshot", "snapshot_sha256", "is_recommended"])
    said = StringIO()
    with pytest.raises(CommandError, match=r"^decisions=2 differences=1$"):
        call_command("recompute_decisions", stdout=said)
    assert said.getvalue().startswith(f"{decided[0].record_number} {decided[0].code}: ")
    assert named in said.getvalue()


def test_a_changed_rule_is_named(decided):
    with thawed(decided[0].scheme, "assessments_classrequirement"):
        assert ClassRequirement.objects.filter(measure="overall").update(threshold=Decimal(1)) > 0
    with pytest.raises(CommandError, match="differences=2"):
        call_command("recompute_decisions", stdout=StringIO())
