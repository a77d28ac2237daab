"""Load the demonstration programme: gather all stories, play them up to today, tidy up."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.utils.translation import override

from assessments.models import ClassScheme, Rubric
from closedloop.demonstration import (
    after_boards,
    agreements,
    answers,
    applications,
    assessments,
    buyers,
    certificates,
    cohorts,
    complaints,
    consequences,
    curricula,
    decisions,
    enterprises,
    factory_actions,
    findings,
    import_mishaps,
    imports,
    ledger_rows,
    mending,
    months,
    partnering,
    people,
    plans,
    programme,
    records,
    requests,
    requirements,
    rubrics,
    tables,
    trainings,
    upkeep,
    visits,
)
from closedloop.demonstration.clock import clock_at
from closedloop.demonstration.show import Show
from closedloop.notifications.models import Notification
from participants.models import Cohort, IndicatorSet, Process
from trainings.models import Curriculum

COHORT = "angkatan-5"
UNREAD_DAYS = 9


def is_loaded() -> bool:
    """Whether the demonstration is in the database."""
    return Cohort.objects.filter(code=COHORT).exists()


@transaction.atomic
def load(now: datetime) -> Show:
    """Play two years of the programme that end at `now`; all of it or nothing is stored.

    Photos of a load that failed stay behind as files that nothing points to.
    """
    show = Show(now)
    with override("id"):
        with clock_at(show.at(725)):
            call_command("load_reference", verbosity=0)
        meet(show)
        tell(show)
        with no_garbage_collection():
            show.play()
        settle_messages(now)
    return show


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Save a tenth of the time: a million short-lived rows leave no cycles worth looking for."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def meet(show: Show) -> None:
    """Put the shipped reference data before the stories."""
    cast = show.cast
    cast.processes = {process.code: process for process in Process.objects.all()}
    older, newer = Curriculum.objects.published().order_by("version")
    cast.curricula = {"angkatan-4": older} | dict.fromkeys(("angkatan-5", "angkatan-6", "angkatan-7"), newer)
    cast.modules = {
        (curriculum, module.code): module
        for curriculum in (older, newer)
        for module in curriculum.modules.all()
    }
    whole, by_area, newest = (
        Rubric.objects.published().prefetch_related("dimensions__criteria__dimension").order_by("version")
    )
    cast.rubrics = {"angkatan-4": whole, "angkatan-5": by_area, "angkatan-6": newest, "angkatan-7": newest}
    cast.scheme = ClassScheme.objects.newest()
    cast.indicator_set = IndicatorSet.objects.get(version=1)


def tell(show: Show) -> None:
    """Begin every story. Their order matters only where two go on at the very same moment."""
    show.tell(people.programme_people(show))
    rounds = (
        (4, {"created": 710, "opened": 700, "begins": 665, "ends": 330, "quota": 20,
             "sector": "Komponen kendaraan", "region": "Jawa"}),
        (5, {"created": 350, "opened": 343, "begins": 303, "ends": -50, "quota": 24,
             "sector": "Komponen kendaraan dan alat angkut", "region": "Jawa, Sulawesi, Maluku"}),
        (6, {"created": 40, "opened": 15, "begins": -66, "ends": -430, "quota": 26,
             "sector": "Komponen kendaraan listrik", "region": "Jawa dan Sulawesi"}),
        (7, {"created": 8, "opened": -120, "begins": -210, "ends": -560, "quota": 20,
             "sector": "Alat angkut laut", "region": "Indonesia timur"}),
    )  # fmt: skip
    for number, plan in rounds:
        show.tell(cohorts.cohort(show, number, **plan))
    for row in tables.enterprises():
        if not row.is_imported:
            show.tell(enterprises.registered_by_hand(show, row))
        show.tell(cohorts.taking_part(show, row))
        show.tell(enterprises.life_of(show, row))
        show.tell(records.told_by_ikm(show, row))
        if row.diligence:
            show.tell(trainings.tests_of(show, row))
    show.tell(imports.registrations_of_the_fifth(show))
    show.tell(imports.registrations_of_the_sixth(show))
    show.tell(import_mishaps.taken_back(show))
    show.tell(import_mishaps.unknown_columns(show))
    applications.applications(show)
    for plan in (*programme.PREVIOUS, *programme.PRESENT):
        show.tell(trainings.meeting(show, plan))
    show.tell(trainings.session_today(show))
    certificates.certificates(show)
    requests.requests(show)
    factory_actions.factory_actions(show)
    visits.visits(show)
    show.tell(curricula.next_version(show))
    show.tell(rubrics.next_versions(show))
    show.tell(answers.answered(show))
    for story in (upkeep.calls, upkeep.views, upkeep.written_twice, upkeep.not_the_same):
        show.tell(story(show))
    assessments.visits(show)
    findings.ordinary_findings(show)
    show.tell(mending.said_by_itself(show))
    plans.plans(show)
    show.tell(mending.said_by_itself(show))
    for row in tables.buyers():
        show.tell(buyers.registered(show, row))
    show.tell(requirements.later(show))
    agreements.contracts(show)
    complaints.complaints(show)
    show.tell(months.closed_months(show))
    partnering.begin(show)
    ledger_rows.begin(show)
    consequences.begin(show)
    decisions.boards(show)
    after_boards.after_boards(show)
    show.tell(months.last_night(show))


def settle_messages(now: datetime) -> None:
    """Mark what was told as mailed, since nobody is to get two years of mail, and what is old as read."""
    unsent = Notification.objects.filter(mailed_at=None, by_mail=True)
    unsent.update(mailed_at=F("created_at") + timedelta(minutes=2))
    old = Notification.objects.filter(read_at=None, created_at__lt=now - timedelta(days=UNREAD_DAYS))
    old.update(read_at=F("created_at") + timedelta(hours=5))
