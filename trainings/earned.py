"""Who of a cohort has earned which certificate: read in a fixed number of queries, whatever its size."""

from dataclasses import dataclass
from uuid import UUID

from participants.models import Cohort, Enrolment, Person
from trainings.certification import Hours, Obstacle, obstacles
from trainings.counting import Mark, count, share_of
from trainings.models import Certificate, Module
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
    people = Person.objects.in_bulk(
        {mark.person for items in progress.values() for item in items for mark in _marks(item)}
    )
    valid = {
        (one.enrolment_id, one.person_id, one.module.code): one
        for one in Certificate.objects.valid().filter(enrolment__in=enrolments).select_related("module")
    }
    found = []
    for enrolment_id, items in progress.items():
        for item in items:
            for person in sorted({mark.person for mark in _marks(item)}):
                hours = _hours(item, person)
                found.append(
                    Candidate(
                        enrolment=enrolments[enrolment_id],
                        person=people[person],
                        module=item.module,
                        hours=hours,
                        obstacles=obstacles(
                            hours, module_is_passed=item.is_passed, min_attendance=item.module.min_attendance
                        ),
                        certificate=valid.get((enrolment_id, person, item.module.code)),
                    )
                )
    return sorted(
        found, key=lambda one: (one.module.order, one.enrolment.enterprise.name, one.person.full_name)
    )


def _marks(item: ModuleProgress) -> list[Mark]:
    """Return the marks of the people who were there; delegates have no name of their own to certify."""
    marks = (mark for line in item.lines for mark in line.meeting.marks)
    return [mark for mark in marks if mark.is_present and mark.person]


def _hours(item: ModuleProgress, person: UUID) -> Hours:
    """Return what one person attended, of what was held for the IKM, counted like the IKM's own share."""
    meetings = [line.meeting for line in item.lines]
    share = share_of(count(meetings, of=lambda mark: mark.person == person))
    days = [mark.day for mark in _marks(item) if mark.person == person]
    return Hours(
        jp_present=share.jp_present,
        jp_held=share.jp_held,
        sessions_present=share.sessions_present,
        sessions_held=share.sessions_held,
        first_day=min(days),
        last_day=max(days),
    )
