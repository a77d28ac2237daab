"""What became of one check item in one IKM: who scored it, what was found, who complained, what taught it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from assessments.models import Assessment, Criterion, Finding, PlanItem, Score
from closedloop.accounts.models import User
from participants.models import Enterprise
from partnerships.complaint_page import criteria_of
from partnerships.models import Buyer, Complaint, RequirementLine
from trainings.models import Attendance, TrainingSession


@dataclass(frozen=True)
class Taught:
    """One meeting on the subject; `mark` is the IKM's best there, None where nobody wrote one down."""

    session: TrainingSession
    mark: Attendance | None


def item_of(enterprise: Enterprise, code: str) -> Criterion | None:
    """Return the item as the IKM is assessed by it now, else as it was last scored or complained of."""
    rows = Criterion.objects.select_related("dimension__rubric")
    known = Q(scores__assessment__enterprise=enterprise) | Q(complaints__enterprise=enterprise)
    now = criteria_of(enterprise).select_related("dimension__rubric").filter(code=code).first()
    return now or rows.filter(known, code=code).order_by("-dimension__rubric__version").first()


def scores_of(enterprise: Enterprise, code: str, user: User) -> QuerySet[Score]:
    """Return its official scores, newest first, with who gave them; one for each area."""
    known = Assessment.objects.visible_to(user).official().filter(enterprise=enterprise)
    rows = Score.objects.filter(assessment__in=known, criterion__code=code)
    return rows.select_related("assessment__assessor", "area").order_by("-assessment__visited_on", "pk")


def story_of(enterprise: Enterprise, item: Criterion, user: User) -> dict:
    """Return what this reader may know of the item in this IKM; a fixed number of queries."""
    of_item = {"enterprise": enterprise, "criterion__code": item.code}
    complaints = list(
        Complaint.objects.visible_to(user).filter(**of_item).select_related("buyer", "closing_module")
    )
    findings = list(Finding.objects.visible_to(user).filter(**of_item).select_related("closing_module"))
    subjects = {one.closing_module.code for one in [*complaints, *findings] if one.closing_module}
    return {
        "scores": scores_of(enterprise, item.code, user),
        "complaints": complaints,
        "findings": findings,
        "plans": PlanItem.objects.visible_to(user).filter(**of_item).order_by("-created_at"),
        "taught": taught(enterprise, {item.dimension.code, *subjects}, complaints, user),
        "asked": asked_of(enterprise, item.code, user),
    }


def asked_of(enterprise: Enterprise, code: str, user: User) -> QuerySet[RequirementLine]:
    """Return the lines in force that ask the item of this IKM: addressed to it, or of a buyer it deals with."""
    dealt = Buyer.objects.filter(Q(scope_lines__enterprise=enterprise) | Q(orders__enterprise=enterprise))
    ours = Q(requirement__addressees=enterprise) | Q(requirement__buyer__in=dealt)
    rows = RequirementLine.objects.visible_to(user).current().filter(ours, kind="criterion", subject=code)
    return rows.select_related("requirement__buyer").distinct()


def taught(
    enterprise: Enterprise, subjects: set[str], complaints: list[Complaint], user: User
) -> list[Taught]:
    """Return the meetings on these modules that the IKM was or is expected at, newest first."""
    own = Q(cohort__in=enterprise.enrolments.not_left().values("cohort"))
    there = Q(pk__in=Attendance.objects.filter(enrolment__enterprise=enterprise).values("session"))
    answers = Q(pk__in=[one.closing_session_id for one in complaints if one.closing_session_id])
    sessions = TrainingSession.objects.visible_to(user).live().with_place()
    sessions = sessions.filter((own | there) & Q(module__code__in=subjects) | answers).order_by("-starts_at")
    marks: dict = {}
    rows = Attendance.objects.filter(enrolment__enterprise=enterprise, session__in=sessions)
    for mark in rows.order_by("marked_at"):
        held = marks.get(mark.session_id)
        if held is None or (mark.counts_as_present and not held.counts_as_present):
            marks[mark.session_id] = mark
    return [Taught(one, marks.get(one.pk)) for one in sessions]
