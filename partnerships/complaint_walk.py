"""Where the links of one complaint lead its reader: the asked line, the check item, who scored it, the training."""

from dataclasses import dataclass

from django.urls import reverse

from assessments.models import Assessment, Score
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from partnerships.models import Complaint, Requirement
from trainings.models import Attendance, TrainingSession


@dataclass(frozen=True)
class Walk:
    """Addresses are empty, and records None, where there is nothing or the reader may not open it."""

    asked: str = ""  # the page of the requirement, at the line
    item: str = ""  # what became of the check item in this IKM
    score: Score | None = None  # its newest official score, with who gave it
    attended: Attendance | None = None  # the last meeting on the subject before the complaint
    attended_path: str = ""
    answered: Attendance | None = None  # the mark at the training that answers the complaint
    answer_path: str = ""


def walk_of(one: Complaint, user: User) -> Walk:
    """Return the ways on from the complaint for this reader; at most four queries."""
    attended = last_attended(one) if user.may(Permission.TRAINING_VIEW) else None
    session = one.closing_session
    return Walk(
        asked=asked_path(one, user),
        item=item_path(one.enterprise.code, one.criterion.code, user) if one.criterion else "",
        score=newest_score(one, user),
        attended=attended,
        attended_path=session_path(attended.session, user) if attended else "",
        answered=mark_at(one, session) if session and user.may(Permission.TRAINING_VIEW) else None,
        answer_path=session_path(session, user) if session else "",
    )


def asked_path(one: Complaint, user: User) -> str:
    """Return the line of the buyer's requirement; owners read it line by line with what they still lack."""
    if not (line := one.requirement_line) or not may_read(line.requirement, user):
        return ""
    if user.role == Role.OWNER:
        path = reverse("partnerships:my_requirement", args=[line.requirement.code])
        return f"{path}?ikm={one.enterprise.code}"
    return f"{line.requirement.get_absolute_url()}#baris-{line.pk}"


def may_read(requirement: Requirement, user: User) -> bool:
    return Requirement.objects.visible_to(user).filter(pk=requirement.pk).exists()


def item_path(enterprise_code: str, criterion_code: str, user: User) -> str:
    """Return what became of one check item in one IKM; owners find it among their assessments."""
    if user.may(Permission.RUBRIC_VIEW):
        return reverse("dashboard:item", args=[enterprise_code, criterion_code])
    if user.may(Permission.ASSESSMENT_VIEW):
        return reverse("assessments:enterprise", args=[enterprise_code])
    return ""


def session_path(session: TrainingSession, user: User) -> str:
    """Return the page of a session as this person knows it; a draft is the programme's alone."""
    if user.role == Role.OWNER:
        is_told = session.status != TrainingSession.Status.DRAFT
        return reverse("trainings:my_session", args=[session.code]) if is_told else ""
    return session.get_absolute_url() if user.may(Permission.COHORT_VIEW) else ""


def newest_score(one: Complaint, user: User) -> Score | None:
    """Return the newest official score of the item, the lowest of its areas."""
    if not one.criterion or not user.may(Permission.ASSESSMENT_VIEW):
        return None
    known = Assessment.objects.visible_to(user).official().filter(enterprise=one.enterprise_id)
    rows = Score.objects.filter(assessment__in=known, criterion__code=one.criterion.code)
    return (
        rows.select_related("assessment__assessor").order_by("-assessment__visited_on", "value", "pk").first()
    )


def last_attended(one: Complaint) -> Attendance | None:
    """Return the last presence of the IKM at a closed session on the subject, up to the day of the complaint."""
    subjects = {
        code
        for code in (
            one.criterion and one.criterion.dimension.code,
            one.closing_module and one.closing_module.code,
        )
        if code
    }
    rows = Attendance.objects.present().filter(
        enrolment__enterprise=one.enterprise_id,
        session__status=TrainingSession.Status.CLOSED,
        session__module__code__in=subjects,
        session__starts_at__date__lte=one.raised_on,
    )
    return rows.select_related("session").order_by("-session__starts_at").first() if subjects else None


def mark_at(one: Complaint, session: TrainingSession) -> Attendance | None:
    """Return how the IKM is marked at the session: present where any of its people were."""
    rows = Attendance.objects.filter(session=session, enrolment__enterprise=one.enterprise_id)
    return rows.present().first() or rows.first()
