"""Cohorts and mentors of a generated programme: few rows, made before the enterprises."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from closedloop.accounts.models import Organisation, User
from closedloop.accounts.roles import Role
from closedloop.demonstration.generated.pins import pin_shipped
from closedloop.demonstration.generated.words import person_name
from participants.models import Cohort

# one cohort for so many enterprises, one mentor for so many
COHORT_SHARE, MENTOR_SHARE = 500, 400
MOST_COHORTS, MOST_MENTORS = 40, 200


@dataclass(frozen=True)
class Stage:
    """What the enterprises are put into: cohorts with the oldest first, and those who accompany them."""

    today: date
    cohorts: list[Cohort]
    mentors: list[User]
    staff: User


def set_the_stage(dice: Random, *, seed: int, size: int, today: date) -> Stage:
    """Make cohorts that ended, run and are to come, the mentors, and the member of staff who wrote it all down."""
    body, _created = Organisation.objects.get_or_create(
        name="Lembaga Pembina Buatan",
        defaults={"short_name": "Buatan", "kind": Organisation.Kind.MENTOR_BODY},
    )
    count = max(3, min(MOST_COHORTS, size // COHORT_SHARE))
    mentors = max(4, min(MOST_MENTORS, size // MENTOR_SHARE))
    people = [
        User(
            email=f"{role}-{seed}-{number}@contoh.id",
            full_name=person_name(dice),
            role=role,
            organisation=body,
            password="!",  # noqa: S106 an unusable one: nobody signs in as these
        )
        for role, number in [(Role.STAFF, 0), *((Role.MENTOR, number) for number in range(mentors))]
    ]
    User.objects.bulk_create(people)
    cohorts = [
        a_cohort(seed, number, quota=size // count + 20, starts_on=day)
        for number, day in enumerate(first_days(today, count))
    ]
    for cohort in cohorts:
        ended = cohort.ends_on < today
        cohort.status = Cohort.Status.CLOSED if ended else Cohort.Status.RUNNING
    cohorts[-1].status = Cohort.Status.OPEN
    Cohort.objects.bulk_create(cohorts)
    pin_shipped(cohorts)
    return Stage(today, cohorts, people[1:], people[0])


def first_days(today: date, count: int) -> list[date]:
    """Return when the cohorts start, the last one a month from now; few lie far apart, so that some are over."""
    apart = max(61, 1000 // count)
    return [today + timedelta(days=30 - apart * (count - 1 - number)) for number in range(count)]


def a_cohort(seed: int, number: int, *, quota: int, starts_on: date) -> Cohort:
    return Cohort(
        code=f"buatan-{seed}-{number + 1}",
        name=f"Angkatan Buatan {seed}.{number + 1}",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=330),
        quota=quota,
    )
