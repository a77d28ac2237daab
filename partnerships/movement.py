"""The last day on which anything moved between an IKM and a buyer under an agreement, read by the database.

Movement is a milestone reached, a sample handed over or decided, an order, a delivery, an invoice, a payment, or a
review held; until the first of them, the agreement's beginning. Talk is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Max, Model, OuterRef, Subquery
from django.db.models.functions import Greatest

from partnerships.milestones import stands_still
from partnerships.models import (
    Agreement,
    Delivery,
    Invoice,
    Milestone,
    Payment,
    PurchaseOrder,
    ReviewMeeting,
    Sample,
    ScopeLine,
)


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
    """Return every pair on the lines of these agreements with its last movement; one query beside theirs."""
    known = {agreement.pk: agreement for agreement in agreements}
    lines = ScopeLine.objects.filter(agreement__in=known).order_by("agreement", "enterprise", "buyer")
    rows = lines.values("agreement", "enterprise", "buyer").annotate(moved_on=last_moved()).distinct()
    return [Pair(known[row["agreement"]], row["enterprise"], row["buyer"], row["moved_on"]) for row in rows]


def last_moved() -> Greatest:
    """Return the newest day of movement, for rows that have an agreement, an enterprise and a buyer."""
    return Greatest(
        F("agreement__starts_on"),  # PostgreSQL leaves out what is null
        newest(PurchaseOrder, "", "ordered_on"),
        newest(Delivery, "line__order__", "delivered_on"),
        newest(Invoice, "order__", "issued_on"),
        newest(Payment, "invoice__order__", "paid_on"),
        newest(Milestone, "line__", "reached_on"),
        newest(ReviewMeeting, "", "held_on", of=("agreement",)),
        # a sample is of no agreement in particular
        newest(Sample, "", "submitted_on", of=("enterprise", "buyer")),
        newest(Sample, "", "decided_on", of=("enterprise", "buyer")),
    )


def newest(
    model: type[Model], path: str, day: str, *, of: tuple[str, ...] = ("agreement", "enterprise", "buyer")
) -> Subquery:
    """Return the newest `day` of the model's rows that are of the same; `path` leads from a row to what it is of."""
    same = {f"{path}{name}": OuterRef(name) for name in of}
    found = model._default_manager.filter(**same).order_by().values(*(f"{path}{name}" for name in of))
    return Subquery(found.annotate(newest=Max(day)).values("newest"))
