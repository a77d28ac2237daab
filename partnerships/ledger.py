"""The money and the pieces of a set of agreements and orders, read in a fixed number of queries.

`closedloop.figures` and every page take their partnership numbers from here. A `Scope` says which rows count;
then ask it for the totals, or for one entry per agreement, IKM, buyer, month or quarter:

    scope = Scope.visible_to(user)                       only what this person may know of
    figures(scope)                                       Figures of everything in the scope
    figures_by(scope, Key.AGREEMENT)                     {agreement id: Figures}
    figures_by_month(scope, first, last)                 {first day of the month: Figures}
    figures_by_quarter(scope, first, last)               {first day of the quarter: Figures}
    supply_by(scope, Key.ENTERPRISE, since=…, until=…)   {enterprise id: Supply} pieces on time and rejected
    standings(agreements, scope)                         {agreement id: Standing} light and concerns

Whole Rupiah, net of PPN. *Dijanjikan* is a promise of a signed agreement, *dipesan* an order line, *dikirim* a
delivery note, *diterima baik* what the buyer confirmed as good, *ditagih* an invoice, *dibayar* a payment.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from partnerships import realisation
from partnerships.models import Agreement, Delivery, Invoice, OrderLine, Payment, Promise
from partnerships.pieces import Supply, monthly_ppm, supply_by
from partnerships.realisation import Figures, Light
from partnerships.scope import CONFIRMED, Key, Scope, within
from partnerships.targets import targets_of

__all__ = [
    "Key",
    "Scope",
    "Standing",
    "Supply",
    "figures",
    "figures_by",
    "figures_by_month",
    "figures_by_quarter",
    "monthly_ppm",
    "promised_by_month",
    "standings",
    "supply_by",
]


@dataclass(frozen=True)
class Source:
    """One ledger table: which rows, where their order stands, which day they belong to, what they amount to."""

    name: str
    rows: QuerySet
    to_order: str
    day: str
    amount: object


def sources(scope: Scope) -> list[Source]:
    """Return the five tables behind *dipesan, dikirim, diterima baik, ditagih, dibayar*, and what waits."""
    orders, value = scope.orders, F("quantity") * F("line__unit_price")
    deliveries = Delivery.objects.filter(line__order__in=orders)
    accepted = F("accepted_quantity") * F("line__unit_price")
    return [
        Source(
            "ordered",
            OrderLine.objects.filter(order__in=orders),
            "order__",
            "order__ordered_on",
            F("quantity") * F("unit_price"),
        ),
        Source("delivered", deliveries, "line__order__", "delivered_on", value),
        Source(
            "accepted",
            deliveries.filter(status__in=scope.accepted_in),
            "line__order__",
            "received_on",
            accepted,
        ),
        Source("waiting", deliveries.exclude(status__in=CONFIRMED), "line__order__", "delivered_on", value),
        Source("invoiced", Invoice.objects.filter(order__in=orders), "order__", "issued_on", F("amount")),
        Source(
            "paid",
            Payment.objects.filter(invoice__order__in=orders),
            "invoice__order__",
            "paid_on",
            F("amount"),
        ),
    ]


def figures(scope: Scope, *, since: date | None = None, until: date | None = None) -> Figures:
    """Return the money of the whole scope, in at most seven queries.

    With a period each figure counts by its own day: order, delivery, receipt, invoice and payment date; a
    promise counts for the days of its quarter that lie in the period.
    """
    return sum(figures_by(scope, Key.BUYER, since=since, until=until).values(), Figures())


def figures_by(
    scope: Scope, key: Key, *, since: date | None = None, until: date | None = None
) -> Mapping[UUID, Figures]:
    """Return the money per agreement, IKM or buyer; a key without rows gives empty Figures.

    Per agreement a draft's own promises are shown as well; everywhere else only signed agreements promise,
    and orders without an agreement count too.
    """
    parts: dict[UUID, dict[str, Decimal]] = defaultdict(dict)
    for source in sources(scope):
        column = f"{source.to_order}{key}"
        rows = within(source.rows, source.day, since, until).order_by().values(column)
        for owner, total in rows.annotate(total=Sum(source.amount)).values_list(column, "total"):
            if owner is not None:
                parts[owner][source.name] = total
    for owner, total in promised_by(scope, key, since, until).items():
        parts[owner]["promised"] = total
    return defaultdict(Figures, {owner: Figures(**amounts) for owner, amounts in parts.items()})


def promised_by(scope: Scope, key: Key, since: date | None, until: date | None) -> dict[UUID, Decimal]:
    """Return what was promised; over a period in unrounded shares of each quarter."""
    promises = Promise.objects.counted().filter(line__in=scope.lines).order_by()
    if key is not Key.AGREEMENT:
        promises = promises.exclude(line__agreement__status__in=Agreement.UNSIGNED)
    column = f"line__{key}"
    if since is None and until is None:
        return dict(promises.values(column).annotate(total=Sum("value")).values_list(column, "total"))
    totals: dict[UUID, Decimal] = defaultdict(Decimal)
    for owner, quarter, value, starts_on, ends_on in promises.values_list(
        column, "quarter_starts_on", "value", "starts_on", "ends_on"
    ):
        first, last = since or date.min, until or date.max
        totals[owner] += realisation.promised_between(quarter, value, starts_on, ends_on, first, last)
    return totals


def figures_by_month(scope: Scope, first: date, last: date) -> dict[date, Figures]:
    """Return the money of every month from `first` to `last`, empty months included, oldest first."""
    parts: dict[date, dict[str, Decimal]] = {month: {} for month in realisation.months(first, last)}
    final = realisation.next_month(last.replace(day=1)) - timedelta(days=1)
    for source in sources(scope):
        rows = within(source.rows, source.day, min(parts), final).order_by()
        rows = rows.annotate(of_month=TruncMonth(source.day)).values("of_month")
        for month, total in rows.annotate(total=Sum(source.amount)).values_list("of_month", "total"):
            parts[month][source.name] = total
    for month, total in promised_by_month(scope, list(parts)).items():
        parts[month]["promised"] = total
    return {month: Figures(**amounts) for month, amounts in parts.items()}


def promised_by_month(scope: Scope, months: Iterable[date]) -> dict[date, Decimal]:
    """Return month → promised value of signed agreements; a month that no promise touches is left out."""
    promises = Promise.objects.counted().filter(line__in=scope.lines)
    signed = promises.exclude(line__agreement__status__in=Agreement.UNSIGNED)
    rows = signed.order_by().values_list("quarter_starts_on", "value", "starts_on", "ends_on")
    totals: dict[date, Decimal] = {}
    wanted = list(months)
    for quarter, value, starts_on, ends_on in rows:
        for month in wanted:
            last = realisation.next_month(month) - timedelta(days=1)
            if part := realisation.promised_between(quarter, value, starts_on, ends_on, month, last):
                totals[month] = totals.get(month, Decimal(0)) + part
    return totals


def figures_by_quarter(scope: Scope, first: date, last: date) -> dict[date, Figures]:
    """Return the money of every quarter that `first` to `last` touches, oldest first."""
    end = realisation.next_quarter(realisation.quarter_of(last)) - timedelta(days=1)
    quarters: dict[date, Figures] = {}
    for month, money in figures_by_month(scope, realisation.quarter_of(first), end).items():
        quarter = realisation.quarter_of(month)
        quarters[quarter] = quarters.get(quarter, Figures()) + money
    return quarters


# --- How an agreement stands --------------------------------------------------------------------------
@dataclass(frozen=True)
class Standing:
    """One agreement today: money, pieces, light, and why it needs attention (empty: it does not)."""

    figures: Figures
    supply: Supply
    days_passed: int
    days: int
    target: Decimal | None
    pace: Decimal | None
    light: Light | None
    concerns: list[str]

    @property
    def elapsed(self) -> Decimal:
        """Share of the period that has passed, 0 to 1."""
        return Decimal(self.days_passed) / self.days

    @property
    def gap(self) -> Decimal | None:
        """Accepted value minus the time-proportional promise, Rupiah; None without a promise."""
        return None if self.target is None else self.figures.accepted - self.target

    @property
    def is_at_risk(self) -> bool:
        return bool(self.concerns)


def standings(
    agreements: Iterable[Agreement], scope: Scope, *, today: date | None = None
) -> dict[UUID, Standing]:
    """Return how each agreement stands, in a number of queries that does not depend on how many there are.

    Light only for agreements that run or have run; concerns (*Perlu perhatian*) only while one is active.
    """
    agreements, today = list(agreements), today or timezone.localdate()
    scope = scope.of(agreements=[agreement.pk for agreement in agreements])
    money = figures_by(scope, Key.AGREEMENT)
    supply = supply_by(scope, Key.AGREEMENT, today=today)
    ppm = monthly_ppm(scope, Key.AGREEMENT)
    targets = targets_of(agreements, scope, today)
    return {
        agreement.pk: standing(
            agreement,
            money[agreement.pk],
            supply[agreement.pk],
            list(ppm[agreement.pk].values()),
            today,
            targets.get(agreement.pk),
        )
        for agreement in agreements
    }


def standing(
    agreement: Agreement,
    money: Figures,
    supply: Supply,
    ppm: list[Decimal | None],
    today: date,
    target: Decimal | None = None,
) -> Standing:
    """`target` to date in Rupiah where addenda changed the pace; without it the promise grows evenly."""
    passed, days = realisation.elapsed_days(agreement.starts_on, agreement.ends_on, today)
    promised = money.promised if agreement.has_run else None
    if target is None or promised is None:
        target = realisation.target_to_date(promised, Decimal(passed) / days)
    pace = Decimal(money.accepted) / target if target else None
    concerns = []
    if agreement.status == Agreement.Status.ACTIVE:
        concerns = realisation.concerns(
            pace_now=pace,
            on_time=supply.on_time,
            min_on_time=agreement.min_on_time,
            monthly_ppm=ppm,
            max_ppm=agreement.max_ppm,
        )
    return Standing(
        figures=money,
        supply=supply,
        days_passed=passed,
        days=days,
        target=target,
        pace=pace,
        light=realisation.light(pace),
        concerns=concerns,
    )
