"""A whole generated programme, from its cohorts to the last telephone number."""

from collections import Counter
from datetime import date
from random import Random

from django.db import connection, transaction

from closedloop.core.collecting import no_cycle_collection
from closedloop.demonstration.generated.copying import Copier
from closedloop.demonstration.generated.enrolments import way_of
from closedloop.demonstration.generated.enterprises import Maker
from closedloop.demonstration.generated.people import set_the_stage
from closedloop.demonstration.generated.words import CENTRES, families
from closedloop.regions.models import Regency
from participants.actions import kbli_of, load_reference
from participants.models import (
    AnnualFigure,
    Cohort,
    Consent,
    Document,
    Enrolment,
    EnrolmentMove,
    Enterprise,
    EnterpriseKbli,
    MentorAssignment,
    Person,
    Process,
    Product,
)

# parents before their children
TABLES = (
    Enterprise,
    Person,
    Product,
    EnterpriseKbli,
    Enterprise.processes.through,
    AnnualFigure,
    Document,
    Consent,
    Enrolment,
    EnrolmentMove,
    MentorAssignment,
)


def is_generated(seed: int) -> bool:
    """Whether a programme was generated from this seed already; its numbers would clash."""
    return Cohort.objects.filter(code__startswith=f"buatan-{seed}-").exists()


@transaction.atomic
def generate(enterprises: int, *, seed: int, today: date) -> Counter:
    """Write so many enterprises with all that hangs on them and return {table: rows}. All of it, or nothing.

    Nothing of it is anybody's act, so the trail has no event of it. The same seed and day give the same
    programme, but for the ids.
    """
    load_reference()
    dice = Random(seed)  # noqa: S311 nothing secret is drawn from it
    stage = set_the_stage(dice, seed=seed, size=enterprises, today=today)
    maker = Maker(
        dice,
        stage,
        seed=seed,
        kblis={family.kbli: kbli_of(family.kbli).pk for family in families()},
        processes=dict(Process.objects.values_list("code", "pk")),
        regencies=[(code, CENTRES.get(code, 1)) for code in Regency.objects.values_list("code", flat=True)],
    )
    maker.codes.update(Enterprise.with_merged.values_list("code", flat=True))
    copier = Copier(*TABLES)
    with no_cycle_collection():
        for number in range(enterprises):
            one, family = maker.enterprise(number)
            copier.add(one, *maker.parts(one, number, family), *way_of(dice, stage, one))
            copier.flush()
    copier.flush(least=1)
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')
    return Counter({str(model._meta.verbose_name): rows for model, rows in copier.copied.items()})
