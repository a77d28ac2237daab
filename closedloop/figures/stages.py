"""Read what the stage rule needs, for one IKM or for all of them in the same number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncDate

from assessments.models import Assessment, ClassDecision, Finding
from closedloop.figures.scope import Scope
from closedloop.figures.stage import Facts, Standing, standing
from participants.models import Enrolment, Enterprise, MentorAssignment
from partnerships.models import AgreementParty, Delivery
from trainings.models import Attendance, TestResult, TrainingSession
from trainings.progress import progress_of

# how far an agreement is; the most advanced one of an IKM counts
AGREEMENT_ORDER = ("active", "signed", "in_review", "draft", "suspended", "extended", "completed", "expired")


def stage(enterprise: Enterprise) -> Standing:
    """Return where one IKM stands."""
    return stages([enterprise])[enterprise.pk]


def stages(enterprises: Iterable[Enterprise]) -> dict[UUID, Standing]:
    """Return where each IKM stands, by its id; the number of queries does not depend on how many there are."""
    return {key: standing(facts) for key, facts in facts_of(enterprises).items()}


def standings_in(scope: Scope) -> dict[UUID, Standing]:
    """Read where every IKM of the scope stands: the read behind the pipeline figures."""
    return stages(scope.without_leavers().only("pk", "code"))


def facts_of(enterprises: Iterable[Enterprise]) -> dict[UUID, Facts]:
    """Return the facts of the rule by the id of the enterprise."""
    codes = {enterprise.pk: enterprise.code for enterprise in enterprises}
    current = current_enrolments(codes)
    facts: dict[UUID, dict] = {key: {"code": code} for key, code in codes.items()}
    for read in (enrolment_facts, training_facts, assessment_facts, decision_facts):
        for key, found in read(current).items():
            facts[key].update(found)
    for read_all in (finding_facts, agreement_facts, delivery_facts):
        for key, found in read_all(codes).items():
            facts[key].update(found)
    return {key: Facts(**found) for key, found in facts.items()}


def current_enrolments(enterprises: Iterable[UUID]) -> dict[UUID, Enrolment]:
    """Return the enrolment that counts for each enterprise: the open one, else the latest."""
    found: dict[UUID, Enrolment] = {}
    rows = Enrolment.objects.filter(enterprise__in=list(enterprises)).select_related("cohort")
    for enrolment in rows.order_by("cohort__starts_on", "created_at"):
        held = found.get(enrolment.enterprise_id)
        if held is None or held.status not in Enrolment.OPEN or enrolment.status in Enrolment.OPEN:
            found[enrolment.enterprise_id] = enrolment
    return found


def enrolment_facts(current: dict[UUID, Enrolment]) -> dict[UUID, dict]:
    registered = dict(
        Enrolment.objects.filter(pk__in=[one.pk for one in current.values()])
        .annotate(on=Min("moves__on", filter=Q(moves__after=Enrolment.Status.REGISTERED)))
        .values_list("pk", "on")
    )
    mentored = set(
        MentorAssignment.objects.filter(
            enrolment__in=[one.pk for one in current.values()], ends_on=None
        ).values_list("enrolment", flat=True)
    )
    return {
        key: {
            "enrolment": enrolment.status,
            "enrolled_on": enrolment.status_since,
            "registered_on": registered.get(enrolment.pk) or enrolment.status_since,
            "has_mentor": enrolment.pk in mentored,
        }
        for key, enrolment in current.items()
    }


def training_facts(current: dict[UUID, Enrolment]) -> dict[UUID, dict]:
    enrolments = list(current.values())
    progress = progress_of(enrolments)
    last = last_training_days(enrolments)
    return {
        key: {
            "modules": len(progress[enrolment.pk]),
            "modules_passed": sum(item.is_passed for item in progress[enrolment.pk]),
            "has_session_to_come": any(item.sessions_to_come for item in progress[enrolment.pk]),
            "trained_on": last.get(enrolment.pk),
        }
        for key, enrolment in current.items()
    }


def last_training_days(enrolments: list[Enrolment]) -> dict[UUID, date]:
    """Return the day of the last attended session or test mark of each enrolment."""
    days = dict(
        Attendance.objects.present()
        .filter(enrolment__in=enrolments, session__status=TrainingSession.Status.CLOSED)
        .order_by()
        .values("enrolment")
        .annotate(on=Max(TruncDate("session__starts_at")))
        .values_list("enrolment", "on")
    )
    tests = TestResult.objects.filter(enrolment__in=enrolments, kind=TestResult.Kind.POST).order_by()
    for enrolment, on in (
        tests.values("enrolment").annotate(on=Max("taken_on")).values_list("enrolment", "on")
    ):
        days[enrolment] = max(on, days.get(enrolment, on))
    return days


def assessment_facts(current: dict[UUID, Enrolment]) -> dict[UUID, dict]:
    """Read the latest assessment after the baseline; an approved one counts before any later draft."""
    found: dict[UUID, dict] = defaultdict(dict)
    rows = Assessment.objects.filter(
        enrolment__in=[one.pk for one in current.values()],
        kind__in=[Assessment.Kind.MIDYEAR, Assessment.Kind.FINAL],
    ).order_by("visited_on", "created_at")
    for row in rows.values("enterprise", "code", "status", "submitted_at", "approved_at"):
        facts = found[row["enterprise"]]
        if row["submitted_at"]:
            facts.setdefault("submitted_on", row["submitted_at"].date())
        if row["approved_at"]:
            facts["approved_on"] = row["approved_at"].date()
        if facts.get("assessment") != Assessment.Status.APPROVED or row["approved_at"]:
            facts.update(assessment=row["status"], assessment_code=row["code"])
    return found


def decision_facts(current: dict[UUID, Enrolment]) -> dict[UUID, dict]:
    rows = (
        ClassDecision.objects.filter(enrolment__in=[one.pk for one in current.values()])
        .exclude(status=ClassDecision.Status.WITHDRAWN)
        .order_by("created_at")
    )
    return {
        row["enterprise"]: {
            "decision": row["status"],
            "decision_code": row["code"],
            "proposed_on": row["created_at"].date(),
            "decided_on": row["decided_at"].date() if row["decided_at"] else None,
        }
        for row in rows.values("enterprise", "code", "status", "created_at", "decided_at")
    }


def finding_facts(enterprises: Iterable[UUID]) -> dict[UUID, dict]:
    rows = Finding.objects.open().critical().filter(enterprise__in=list(enterprises)).order_by()
    counted = rows.values("enterprise").annotate(count=Count("pk"))
    return {row["enterprise"]: {"open_critical_findings": row["count"]} for row in counted}


def agreement_facts(enterprises: Iterable[UUID]) -> dict[UUID, dict]:
    found: dict[UUID, dict] = {}
    rows = AgreementParty.objects.filter(
        enterprise__in=list(enterprises), agreement__status__in=AGREEMENT_ORDER
    ).order_by("agreement__starts_on")
    for enterprise, code, status in rows.values_list("enterprise", "agreement__code", "agreement__status"):
        held = found.get(enterprise)
        if held is None or AGREEMENT_ORDER.index(status) <= AGREEMENT_ORDER.index(held["agreement"]):
            found[enterprise] = {"agreement": status, "agreement_code": code}
    return found


def delivery_facts(enterprises: Iterable[UUID]) -> dict[UUID, dict]:
    confirmed = [Delivery.Status.CONFIRMED, Delivery.Status.VERIFIED]
    rows = Delivery.objects.filter(line__order__enterprise__in=list(enterprises)).order_by()
    counted = rows.values("line__order__enterprise").annotate(
        delivered_on=Min("received_on", filter=Q(status__in=confirmed)),
        deliveries_waiting=Count("pk", filter=Q(status=Delivery.Status.SUBMITTED)),
    )
    return {
        row["line__order__enterprise"]: {
            "delivered_on": row["delivered_on"],
            "deliveries_waiting": row["deliveries_waiting"],
        }
        for row in counted
    }
