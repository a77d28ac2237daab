"""What the loop needs to know of IKM whoever buys from them: assessments, modules, presence. Read for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Min
from django.db.models.functions import TruncDate
from django.utils import timezone

from assessments.models import Assessment
from participants.models import Enterprise
from partnerships.clearance import NEEDED_MODULES
from partnerships.readiness import needed_modules_of
from trainings.models import Attendance, TestResult, TrainingSession
from trainings.progress import passed_modules_of

LATER = (Assessment.Kind.MIDYEAR, Assessment.Kind.FINAL)


@dataclass
class Learnt:
    """One IKM. Days are None where nothing is on record."""

    first_assessed_on: date | None = None  # approved, of any kind: from then the gap can be read
    later_assessed_on: date | None = None  # the first approved after the baseline
    visited_on: date | None = None  # the visit of the newest official one
    assessment: str = ""  # code of the newest official one
    under_way: str = ""  # code of the one that is not approved yet, and its state
    state: str = ""
    is_trained: bool = False  # every module that supply needs is passed
    trained_on: date | None = None  # the last of their final tests was passed; None where one has no day
    has_session_to_come: bool = False


def learnt_of(enterprises: Collection[Enterprise]) -> dict[UUID, Learnt]:
    """Return what is known of each IKM, by its id; the number of queries is fixed."""
    found = {one.pk: Learnt() for one in enterprises}
    read_assessments(found)
    passed, needed = passed_modules_of(enterprises), needed_modules_of(list(enterprises))
    tested = tests_passed(found)
    for pk, one in found.items():
        modules = needed[pk] or NEEDED_MODULES
        one.is_trained = set(modules) <= passed[pk]
        days = [tested[pk].get(code) for code in modules]
        one.trained_on = max((day for day in days if day), default=None) if all(days) else None
    for pk in coming(found):
        found[pk].has_session_to_come = True
    return found


def read_assessments(found: dict[UUID, Learnt]) -> None:
    official = Assessment.objects.official().filter(enterprise__in=found).order_by("approved_at")
    for pk, code, kind, visited, approved in official.values_list(
        "enterprise", "code", "kind", "visited_on", "approved_at"
    ):
        one, day = found[pk], timezone.localdate(approved)
        one.first_assessed_on = one.first_assessed_on or day
        if kind in LATER:
            one.later_assessed_on = one.later_assessed_on or day
        if one.visited_on is None or visited >= one.visited_on:
            one.visited_on, one.assessment = visited, code
    open_ones = Assessment.objects.unfinished().exclude(kind=Assessment.Kind.SELF)
    rows = open_ones.filter(enterprise__in=found).order_by("created_at")
    for pk, code, status in rows.values_list("enterprise", "code", "status"):
        found[pk].under_way, found[pk].state = code, status


def tests_passed(enterprises: Iterable[UUID]) -> dict[UUID, dict[str, date]]:
    """Return the first day on which each IKM passed the final test of each module."""
    days: dict[UUID, dict[str, date]] = defaultdict(dict)
    rows = TestResult.objects.filter(
        enrolment__enterprise__in=list(enterprises),
        kind=TestResult.Kind.POST,
        mark__gte=F("module__pass_mark"),
    )
    grouped = rows.order_by().values_list("enrolment__enterprise", "module__code")
    for enterprise, code, day in grouped.annotate(on=Min("taken_on")):
        days[enterprise][code] = day
    return days


def coming(enterprises: Iterable[UUID]) -> set[UUID]:
    """Return the IKM that a scheduled session waits for."""
    sessions = TrainingSession.objects.filter(
        status=TrainingSession.Status.SCHEDULED, starts_at__gte=timezone.now()
    )
    rows = Enterprise.objects.filter(pk__in=list(enterprises), enrolments__cohort__sessions__in=sessions)
    return set(rows.order_by().values_list("pk", flat=True).distinct())


def presence_of(enterprises: Collection[UUID]) -> dict[tuple[UUID, str], list[date]]:
    """Return, by IKM and code of the module, the days on which anybody of it was at a closed session, in order."""
    rows = Attendance.objects.present().filter(
        enrolment__enterprise__in=enterprises, session__status=TrainingSession.Status.CLOSED
    )
    rows = rows.annotate(on=TruncDate("session__starts_at")).order_by("on")
    days: dict[tuple[UUID, str], list[date]] = defaultdict(list)
    for enterprise, code, day in rows.values_list("enrolment__enterprise", "session__module__code", "on"):
        days[enterprise, code].append(day)
    return days
