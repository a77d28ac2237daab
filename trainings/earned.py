"""Who of a cohort has earned which certificate: read in a fixed number of queries, whatever its size."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from participants.models import Cohort, Enrolment, Person
from trainings.certification import Hours, Obstacle, obstacles
from trainings.models import Attendance, Certificate, Module, TrainingSession
from trainings.progress import ModuleProgress, progress_of


@dataclass(frozen=True)
class Candidate:
    """One person who attended sessions of one module, and what they have or lack."""

    enrolment: Enrolment
    person: Person
    module: Module
    hours: Hours
    obstacles: tuple[Obstacle, ...]
    certificate: Certificate | None

    @property
    def is_ready(self) -> bool:
        """Whether a certificate can be issued now."""
        return not self.obstacles and self.certificate is None


def candidates(cohort: Cohort, *, only: Enrolment | None = None) -> list[Candidate]:
    """Return everybody of the cohort who attended anything, by module, IKM and name; applicants have not."""
    enrolments = cohort.enrolments.exclude(status=Enrolment.Status.APPLICANT)
    if only:
        enrolments = enrolments.filter(pk=only.pk)
    enrolments = {one.pk: one for one in enrolments.select_related("enterprise", "cohort")}
    progress = progress_of(enrolments.values())
    attended = _attended(enrolments)
    valid = {
        (one.enrolment_id, one.person_id, one.module.code): one
        for one in Certificate.objects.valid().filter(enrolment__in=enrolments).select_related("module")
    }
    found = []
    for key, sessions in attended.items():
        enrolment_id, person, code = key
        item = next((one for one in progress[enrolment_id] if one.module.code == code), None)
        if item is None:
            continue  # a session of a module that the cohort's curriculum no longer has
        hours = _hours(sessions, item)
        found.append(
            Candidate(
                enrolment=enrolments[enrolment_id],
                person=person,
                module=item.module,
                hours=hours,
                obstacles=obstacles(
                    hours, module_is_passed=item.is_passed, min_attendance=item.module.min_attendance
                ),
                certificate=valid.get((enrolment_id, person.pk, code)),
            )
        )
    return sorted(
        found, key=lambda one: (one.module.order, one.enrolment.enterprise.name, one.person.full_name)
    )


def _attended(enrolments: dict[UUID, Enrolment]) -> dict[tuple[UUID, Person, str], list[TrainingSession]]:
    """Return, by enrolment, person and module's code, the closed sessions the person was present at."""
    marks = (
        Attendance.objects.present()
        .filter(enrolment__in=enrolments, person__isnull=False, session__status=TrainingSession.Status.CLOSED)
        .select_related("person", "session__module", "session__regency__province")
    )
    found = defaultdict(list)
    for mark in marks:
        found[mark.enrolment_id, mark.person, mark.session.module.code].append(mark.session)
    return found


def _hours(sessions: list[TrainingSession], item: ModuleProgress) -> Hours:
    """Return the person's hours; a make-up session never lifts anybody above what was held."""
    days = sorted(_day_of(session) for session in sessions)
    held = item.attendance
    return Hours(
        jp_present=min(sum(session.lesson_hours for session in sessions), held.jp_held),
        jp_held=held.jp_held,
        sessions_present=min(len(sessions), held.sessions_held),
        sessions_held=held.sessions_held,
        first_day=days[0],
        last_day=days[-1],
    )


def _day_of(session: TrainingSession) -> date:
    """Return the session's day on the clock of its place."""
    return session.starts_at.astimezone(ZoneInfo(session.time_zone)).date()
