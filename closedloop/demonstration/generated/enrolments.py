"""How far each generated enterprise came: applicant, on the way, graduated, gone; and who accompanies it."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from django.db import models

from closedloop.demonstration.generated.people import Stage
from participants.models import Cohort, Enrolment, EnrolmentMove, Enterprise, MentorAssignment

Status = Enrolment.Status
# how an enrolment came to where it is
WAYS = {
    Status.APPLICANT: (Status.APPLICANT,),
    Status.REGISTERED: (Status.APPLICANT, Status.REGISTERED),
    Status.ACTIVE: (Status.APPLICANT, Status.REGISTERED, Status.ACTIVE),
    Status.ON_LEAVE: (Status.APPLICANT, Status.REGISTERED, Status.ACTIVE, Status.ON_LEAVE),
    Status.GRADUATED: (Status.APPLICANT, Status.REGISTERED, Status.ACTIVE, Status.GRADUATED),
    Status.WITHDRAWN: (Status.APPLICANT, Status.REGISTERED, Status.ACTIVE, Status.WITHDRAWN),
}
ENDS = {
    Cohort.Status.OPEN: ((Status.APPLICANT, Status.REGISTERED), (7, 3)),
    Cohort.Status.RUNNING: (
        (Status.APPLICANT, Status.REGISTERED, Status.ACTIVE, Status.ON_LEAVE, Status.WITHDRAWN),
        (2, 12, 76, 4, 6),
    ),
    Cohort.Status.CLOSED: ((Status.GRADUATED, Status.WITHDRAWN), (85, 15)),
}
REASONS = ("Pesanan sedang penuh", "Pindah tempat usaha", "Pemilik sakit", "Tidak dapat dihubungi")


def way_of(dice: Random, stage: Stage, enterprise: Enterprise) -> Iterator[models.Model]:
    """Yield its enrolment with every move and its mentors, unsaved; one in eight never took part."""
    if dice.random() < 0.12:
        return
    cohort = dice.choice(stage.cohorts)
    ends, weights = ENDS[Cohort.Status(cohort.status)]
    status = dice.choices(ends, weights)[0]
    days = days_of(dice, stage, cohort, len(WAYS[status]))
    enrolment = Enrolment(enterprise=enterprise, cohort=cohort, status=status, status_since=days[-1])
    yield enrolment
    before = ""
    for after, on in zip(WAYS[status], days, strict=True):
        needs_reason = after in (Status.ON_LEAVE, Status.WITHDRAWN)
        yield EnrolmentMove(
            enrolment=enrolment,
            before=before,
            after=after,
            on=on,
            by=stage.staff,
            reason=dice.choice(REASONS) if needs_reason else "",
        )
        before = after
    if status not in (Status.APPLICANT, Status.REGISTERED) and dice.random() < 0.85:
        yield MentorAssignment(
            enrolment=enrolment,
            mentor=dice.choice(stage.mentors),
            assigned_by=stage.staff,
            starts_on=days[1],
            ends_on=days[-1] if status == Status.WITHDRAWN else None,
        )


def days_of(dice: Random, stage: Stage, cohort: Cohort, count: int) -> list[date]:
    """Return the days of the moves, in order, none after today and the last one before the cohort's end."""
    last = min(cohort.ends_on, stage.today)
    first = min(cohort.starts_on - timedelta(days=40), last - timedelta(days=count))
    span = (last - first).days
    return sorted(first + timedelta(days=dice.randrange(span)) for _ in range(count))
