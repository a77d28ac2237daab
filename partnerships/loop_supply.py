"""What the loop needs to know of each IKM and buyer, from the requirement to the review. Read for many at once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from assessments.models import Scorecard
from partnerships.loop_pairs import Key
from partnerships.models import (
    Agreement,
    Delivery,
    OrderLine,
    PurchaseOrder,
    Requirement,
    ReviewMeeting,
    ScopeLine,
    SupplyClearance,
)
from partnerships.scope import CONFIRMED

A = Agreement.Status
# how far an agreement is; the most advanced one of a pair is the one that is shown
ORDER = (
    A.ACTIVE,
    A.SUSPENDED,
    A.SIGNED,
    A.IN_REVIEW,
    A.DRAFT,
    A.EXTENDED,
    A.COMPLETED,
    A.EXPIRED,
    A.TERMINATED,
)
ENDED = (A.EXTENDED, A.COMPLETED, A.EXPIRED, A.TERMINATED)
IN_FORCE = (A.ACTIVE, A.SUSPENDED)
NOT_YET = (A.DRAFT, A.IN_REVIEW, A.SIGNED)


@dataclass
class Supply:
    """One pair. Codes are empty and days None where nothing is on record."""

    requirement: tuple[str, int] | None = None  # code and version of the one in force
    required_on: date | None = None  # when its first version was published
    agreements: set[UUID] = field(default_factory=set)
    agreement: str = ""
    agreement_status: str = ""
    agreed_on: date | None = None  # signed and begun, the first of them
    ended_on: date | None = None  # the last day of the last one that ended by its term
    order: str = ""
    first_ordered_on: date | None = None
    ordered_on: date | None = None
    pieces_left: int = 0  # ordered and on no delivery note yet
    waiting: int = 0  # delivery notes the buyer has not confirmed
    received: list[date] = field(default_factory=list)  # first days of months with confirmed receipts
    first_closed_on: date | None = None  # of those months, the first closing and the last
    last_closed_on: date | None = None
    review: UUID | None = None
    review_agreement: str = ""
    first_reviewed_on: date | None = None
    reviewed_on: date | None = None
    next_review_on: date | None = None
    clearance: str = ""
    unmet: int = 0

    @property
    def has_ended(self) -> bool:
        """Whether an agreement ran between the two and none is in force now."""
        return self.agreed_on is not None and self.agreement_status not in IN_FORCE


def supply_of(pairs: Collection[Key]) -> dict[Key, Supply]:
    """Return what is known of each pair; the number of queries is fixed."""
    found = {pair: Supply() for pair in pairs}
    for read in (
        read_requirements,
        read_agreements,
        read_orders,
        read_deliveries,
        read_months,
        read_clearances,
    ):
        read(found)
    read_reviews(found)
    return found


def of_pairs(found: dict[Key, Supply], path: str = "") -> Q:
    """Return the condition that a row is of these IKM and of these buyers; what is of no pair is left out later."""
    enterprises, buyers = {pair[0] for pair in found}, {pair[1] for pair in found}
    return Q(**{f"{path}enterprise__in": enterprises, f"{path}buyer__in": buyers})


def read_requirements(found: dict[Key, Supply]) -> None:
    """The requirement addressed to the IKM counts before one that is open to all, the newest before older ones."""
    buyers = {pair[1] for pair in found}
    first = dict(
        Requirement.objects.published()
        .filter(buyer__in=buyers)
        .order_by()
        .values_list("code")
        .annotate(on=Min("published_at"))
    )
    current = Requirement.objects.current().filter(buyer__in=buyers).order_by("is_open", "-published_at")
    current = current.exclude(status=Requirement.Status.WITHDRAWN).prefetch_related("addressees")
    for one in current:
        addressed = {enterprise.pk for enterprise in one.addressees.all()}
        for pair, supply in found.items():
            if (
                pair[1] == one.buyer_id
                and supply.requirement is None
                and (pair[0] in addressed or one.is_open)
            ):
                supply.requirement = (one.code, one.version)
                supply.required_on = timezone.localdate(first[one.code])


def read_agreements(found: dict[Key, Supply]) -> None:
    lines = ScopeLine.objects.filter(of_pairs(found)).order_by("agreement__starts_on")
    columns = ("enterprise", "buyer", "agreement", "agreement__code", "agreement__status")
    days = ("agreement__signed_on", "agreement__starts_on", "agreement__ends_on")
    for enterprise, buyer, pk, code, status, signed, starts, ends in lines.values_list(*columns, *days):
        if (one := found.get((enterprise, buyer))) is None:
            continue
        one.agreements.add(pk)
        if not one.agreement or ORDER.index(status) <= ORDER.index(one.agreement_status):
            one.agreement, one.agreement_status = code, status
        if status not in NOT_YET:
            day = max(signed, starts)
            one.agreed_on = min(one.agreed_on or day, day)
        if status in ENDED and status != A.TERMINATED:
            one.ended_on = max(one.ended_on or ends, ends)


def read_orders(found: dict[Key, Supply]) -> None:
    orders = PurchaseOrder.objects.filter(of_pairs(found)).order_by("ordered_on", "created_at")
    for enterprise, buyer, code, day in orders.values_list("enterprise", "buyer", "code", "ordered_on"):
        if one := found.get((enterprise, buyer)):
            one.order, one.ordered_on = code, day
            one.first_ordered_on = one.first_ordered_on or day
    lines = OrderLine.objects.filter(of_pairs(found, "order__")).with_delivered().order_by()
    for enterprise, buyer, quantity, delivered in lines.values_list(
        "order__enterprise", "order__buyer", "quantity", "delivered"
    ):
        if one := found.get((enterprise, buyer)):
            one.pieces_left += max(quantity - delivered, 0)


def read_deliveries(found: dict[Key, Supply]) -> None:
    rows = Delivery.objects.filter(of_pairs(found, "line__order__")).order_by()
    pair = ("line__order__enterprise", "line__order__buyer")
    waiting = rows.filter(status=Delivery.Status.SUBMITTED).values_list(*pair).annotate(n=Count("pk"))
    for enterprise, buyer, count in waiting:
        if one := found.get((enterprise, buyer)):
            one.waiting = count
    months = rows.filter(status__in=CONFIRMED).annotate(of_month=TruncMonth("received_on"))
    for enterprise, buyer, month in months.values_list(*pair, "of_month").distinct():
        if one := found.get((enterprise, buyer)):
            one.received.append(month)


def read_months(found: dict[Key, Supply]) -> None:
    """A month is closed once for an IKM; it counts for those buyers that confirmed a receipt in it."""
    cards = Scorecard.objects.filter(enterprise__in={pair[0] for pair in found}).order_by()
    closed = {
        (enterprise, month): timezone.localdate(frozen)
        for enterprise, month, frozen in cards.values_list("enterprise", "month", "frozen_at")
    }
    for (enterprise, _buyer), one in found.items():
        days = [closed[enterprise, month] for month in one.received if (enterprise, month) in closed]
        one.first_closed_on, one.last_closed_on = min(days, default=None), max(days, default=None)


def read_reviews(found: dict[Key, Supply]) -> None:
    """A review of an agreement is one of every pair on its lines."""
    known = {pk for one in found.values() for pk in one.agreements}
    rows = ReviewMeeting.objects.filter(agreement__in=known, closed_at__isnull=False).order_by("held_on")
    columns = ("agreement", "agreement__code", "pk", "held_on", "next_on")
    for agreement, code, pk, day, following in rows.values_list(*columns):
        for one in found.values():
            if agreement in one.agreements:
                one.review, one.review_agreement, one.reviewed_on = pk, code, day
                one.first_reviewed_on = one.first_reviewed_on or day
                one.next_review_on = following


def read_clearances(found: dict[Key, Supply]) -> None:
    rows = SupplyClearance.objects.filter(of_pairs(found)).order_by()
    for enterprise, buyer, status, unmet in rows.values_list("enterprise", "buyer", "status", "unmet"):
        if one := found.get((enterprise, buyer)):
            one.clearance, one.unmet = status, len(unmet)
