"""Pieces due, received and rejected, read for many agreements, IKM or buyers in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from assessments.qcd import fill_rate
from assessments.qcd import ppm as ppm_of
from partnerships.models import Delivery, OrderLine, ScheduleLine
from partnerships.punctuality import Arrival, Due, Punctuality, Window, measure
from partnerships.scope import CONFIRMED, Key, Scope, within


@dataclass(frozen=True)
class Supply:
    """Pieces due and received. The rates are None where nothing is known of them."""

    punctuality: Punctuality = field(default_factory=Punctuality)
    delivered: int = 0  # confirmed by the buyer
    rejected: int = 0

    def __add__(self, other: "Supply") -> "Supply":
        return Supply(
            self.punctuality + other.punctuality,
            self.delivered + other.delivered,
            self.rejected + other.rejected,
        )

    @property
    def on_time(self) -> Decimal | None:
        """On-time share of the quantity that was due, 0 to 1."""
        return self.punctuality.rate

    @property
    def ppm(self) -> Decimal | None:
        return ppm_of(self.rejected, self.delivered)

    @property
    def fill_rate(self) -> Decimal | None:
        judged = self.punctuality.judged
        return fill_rate(judged - self.punctuality.missing, judged)


def supply_by(
    scope: Scope,
    key: Key,
    *,
    since: date | None = None,
    until: date | None = None,
    today: date | None = None,
) -> Mapping[UUID, Supply]:
    """Return punctuality and rejects per agreement, IKM or buyer, in four queries.

    Schedule lines count by their day, rejects by the day of receipt. Deliveries nobody has confirmed leave
    both sides of the rate: a buyer's silence neither helps nor harms the IKM. Lines whose window is still
    open on `today` (default: today) are not judged.
    """
    totals: dict[UUID, Supply] = defaultdict(Supply)
    for owner, punctuality in line_punctuality(scope, key, since, until, today or timezone.localdate()):
        totals[owner] += Supply(punctuality)
    for owner, delivered, rejected in received(scope, key, since, until):
        totals[owner] += Supply(delivered=delivered, rejected=rejected)
    return totals


def line_punctuality(scope: Scope, key: Key, since, until, today: date):
    """Yield (key, punctuality) of every order line that has a schedule."""
    schedule: dict[UUID, list[Due]] = defaultdict(list)
    days = ScheduleLine.objects.filter(line__order__in=scope.orders).order_by()
    for line, due_on, quantity, agreed in days.values_list("line", "due_on", "quantity", "agreed_due_on"):
        schedule[line].append(Due(due_on, quantity, agreed))
    arrivals: dict[UUID, list[Arrival]] = defaultdict(list)
    notes = Delivery.objects.filter(line__order__in=scope.orders).order_by()
    for line, sent, got, quantity, status in notes.values_list(
        "line", "delivered_on", "received_on", "quantity", "status"
    ):
        arrivals[line].append(Arrival(got or sent, quantity, status in CONFIRMED))
    lines = OrderLine.objects.filter(order__in=scope.orders).order_by()
    for line, owner, grace, early in lines.values_list(
        "pk", f"order__{key}", "order__buyer__grace_days", "order__buyer__max_early_days"
    ):
        if owner is not None and line in schedule:
            window = Window(grace, early)
            yield (
                owner,
                measure(schedule[line], arrivals[line], window, since=since, until=until, today=today),
            )


def received(scope: Scope, key: Key, since: date | None, until: date | None):
    """Return (key, delivered, rejected) in pieces of what buyers confirmed in the period."""
    column = f"line__order__{key}"
    rows = Delivery.objects.filter(line__order__in=scope.orders, status__in=scope.accepted_in)
    by_key = within(rows, "received_on", since, until).exclude(**{column: None}).order_by().values(column)
    return by_key.annotate(delivered=Sum("quantity"), rejected=Sum("rejected_quantity")).values_list(
        column, "delivered", "rejected"
    )


def monthly_ppm(scope: Scope, key: Key) -> Mapping[UUID, dict[date, Decimal]]:
    """Return key → {month: ppm} for the months in which something was received, oldest first."""
    column = f"line__order__{key}"
    rows = Delivery.objects.filter(line__order__in=scope.orders, status__in=CONFIRMED)
    rows = rows.annotate(of_month=TruncMonth("received_on")).order_by("of_month").values(column, "of_month")
    found: dict[UUID, dict[date, Decimal]] = defaultdict(dict)
    for owner, month, delivered, rejected in rows.annotate(
        delivered=Sum("quantity"), rejected=Sum("rejected_quantity")
    ).values_list(column, "of_month", "delivered", "rejected"):
        if (ppm := ppm_of(rejected, delivered)) is not None:
            found[owner][month] = ppm
    return found
