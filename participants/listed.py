"""What the list shows of an enterprise beside its own columns: what it makes, its present enrolment, its mentor.

Two queries of plain values for the rows of a page. The same as objects, see Enterprise.with_standing(), was a
third of the page's work.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import FilteredRelation, Q

from participants.models import Enrolment, Enterprise, Product
from participants.ordering import under_way_first


@dataclass(frozen=True, slots=True)
class Standing:
    """The enrolment that the list shows of an enterprise, as Enterprise.present chooses it."""

    status: str
    cohort: str
    mentor: str


def show(rows: Iterable[Enterprise]) -> None:
    """Give each row its `standing_now`, a Standing or None, and its `makes`, the names of its products."""
    rows = list(rows)
    keys = [row.pk for row in rows]
    standing, makes = standing_of(keys), products_of(keys)
    for row in rows:
        row.standing_now, row.makes = standing.get(row.pk), makes.get(row.pk, ())


def standing_of(enterprises: list[UUID]) -> dict[UUID, Standing]:
    """Return {enterprise: its present enrolment}; those that never took part are left out."""
    present = FilteredRelation("mentor_assignments", condition=Q(mentor_assignments__ends_on=None))
    found = (
        Enrolment.objects.filter(enterprise__in=enterprises)
        .annotate(present=present)
        .order_by(*under_way_first())
        .values_list(
            "enterprise_id",
            "status",
            "cohort__name",
            "present__mentor__full_name",
            "present__mentor__email",
        )
    )
    first: dict[UUID, Standing] = {}
    for enterprise, status, cohort, name, email in found:
        first.setdefault(enterprise, Standing(status, cohort, name or email or ""))
    return first


def products_of(enterprises: list[UUID]) -> dict[UUID, list[str]]:
    makes = defaultdict(list)
    for enterprise, name in Product.objects.filter(enterprise__in=enterprises).values_list(
        "enterprise_id", "name"
    ):
        makes[enterprise].append(name)
    return makes
