"""The last day on which anything moved between an IKM and a buyer under an agreement, read for many at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, QuerySet

from partnerships.milestones import last_movement, stands_still
from partnerships.models import Agreement, Milestone, PurchaseOrder, Sample, ScopeLine

Key = tuple[UUID, UUID, UUID]  # agreement, IKM, buyer


@dataclass(frozen=True)
class Pair:
    """One IKM and one buyer that an agreement names together."""

    agreement: Agreement
    enterprise_id: UUID
    buyer_id: UUID
    since: date

    def stands_still(self, today: date) -> bool:
        return stands_still(self.since, today)


def pairs_of(agreements: Iterable[Agreement]) -> list[Pair]:
    """Return every pair on the lines of these agreements with its last movement; a fixed number of queries.

    Movement is a milestone reached, a sample handed over or decided, an order, a delivery, an invoice, a payment,
    or a review held. Talk is not.
    """
    known = {agreement.pk: agreement for agreement in agreements}
    moved, handed = moved_on(known), samples_on(known)
    reviewed = dict(
        Agreement.objects.filter(pk__in=known)
        .order_by()
        .values_list("pk")
        .annotate(day=Max("reviews__held_on"))
    )
    lines = ScopeLine.objects.filter(agreement__in=known).order_by("agreement", "enterprise", "buyer")
    found = []
    for agreement, enterprise, buyer in lines.values_list("agreement", "enterprise", "buyer").distinct():
        one = known[agreement]
        days = [
            *moved[agreement, enterprise, buyer],
            *handed.get((enterprise, buyer), ()),
            reviewed.get(agreement),
        ]
        found.append(Pair(one, enterprise, buyer, last_movement(one.starts_on, days)))
    return found


def moved_on(agreements: Iterable[UUID]) -> dict[Key, list[date | None]]:
    """Return the days of movement of each pair under each agreement."""
    moved: dict[Key, list[date | None]] = defaultdict(list)
    agreements = list(agreements)
    orders = PurchaseOrder.objects.filter(agreement__in=agreements).order_by()
    take(
        moved,
        orders,
        ("agreement", "enterprise", "buyer"),
        "ordered_on",
        "lines__deliveries__delivered_on",
        "invoices__issued_on",
        "invoices__payments__paid_on",
    )
    steps = Milestone.objects.filter(line__agreement__in=agreements).order_by()
    take(moved, steps, ("line__agreement", "line__enterprise", "line__buyer"), "reached_on")
    return moved


def samples_on(agreements: Iterable[UUID]) -> dict[tuple[UUID, UUID], list[date | None]]:
    """Return the days on which samples went between an IKM and a buyer; they are of no agreement in particular."""
    samples = Sample.objects.filter(enterprise__scope_lines__agreement__in=list(agreements)).order_by()
    rows = samples.values_list("enterprise", "buyer").annotate(Max("submitted_on"), Max("decided_on"))
    return {(enterprise, buyer): days for enterprise, buyer, *days in rows}


def take(moved: dict[Key, list], rows: QuerySet, key: tuple[str, str, str], *days: str) -> None:
    """Add the newest of each of these days of every pair; one query for each, so that joins do not multiply."""
    for day in days:
        for *pair, newest in rows.values_list(*key).annotate(newest=Max(day)):
            moved[pair[0], pair[1], pair[2]].append(newest)
