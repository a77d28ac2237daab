"""The parts of a report about agreements: what was promised, ordered, delivered, accepted, invoiced, paid."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from closedloop.core import formats, money
from closedloop.figures.scope import Scope
from closedloop.reports.frame import plain
from partnerships.agreed import prices_on
from partnerships.ledger import Key, figures_by, figures_by_month, standings
from partnerships.ledger import Scope as LedgerScope
from partnerships.models import Agreement, Promise, ReviewDecision, ReviewMeeting, ScopeLine
from partnerships.realisation import Figures, next_quarter, quarters

SIX = ("promised", "ordered", "delivered", "accepted", "invoiced", "paid")


def amount(value: Decimal | None) -> str:
    """Return a value for a narrow cell; an en dash where it is unknown (every report says so at its end)."""
    return formats.EN_DASH if value is None else money.rupiah_short(value)


def share(value: Decimal | None) -> str:
    return formats.EN_DASH if value is None else formats.percent(value)


def values(sums: Figures) -> dict[str, Decimal | None]:
    """Return the six values of the ledger by their names; all are unknown where there is nothing to count."""
    return {name: None if sums.is_blank else getattr(sums, name) for name in SIX}


def amounts(sums: Figures) -> dict[str, str]:
    """Return the six values as words for narrow cells."""
    return {name: amount(value) for name, value in values(sums).items()}


def exact(sums: Figures) -> dict[str, str | None]:
    """Return the six values with every digit, by the codes of their figures."""
    return {f"money.{name}": plain(value) for name, value in values(sums).items()}


def agreement_rows(agreements: Iterable[Agreement], ledger: LedgerScope, day: date) -> list[dict]:
    """Return one row per agreement: its money, its pieces and its light, in words."""
    agreements = list(agreements)
    found = standings(agreements, ledger, today=day)
    return [agreement_row(agreement, found[agreement.pk], ledger) for agreement in agreements]


def agreement_row(agreement: Agreement, standing, ledger: LedgerScope) -> dict:
    sums = standing.figures if agreement.is_signed else Figures()  # a draft promises nothing yet
    supply = standing.supply
    lines = [line for line in ledger.lines.filter(agreement=agreement).select_related("buyer", "enterprise")]
    return {
        "number": agreement.number,
        "title": agreement.title,
        "status": agreement.get_status_display(),
        "period": formats.date_range(agreement.starts_on, agreement.ends_on),
        "ends": formats.date_short(agreement.ends_on),
        "buyers": ", ".join(sorted({str(line.buyer) for line in lines})),
        "enterprises": ", ".join(sorted({str(line.enterprise) for line in lines})),
        "products": ", ".join(sorted({line.part_name for line in lines})),
        **amounts(sums),
        "target": amount(standing.target),
        "share": share(sums.realised),
        "on_time": formats.percent(supply.on_time),
        "ppm": formats.number(supply.ppm),
        "light": standing.light.label if standing.light else "",
        "tone": {"green": "ya", "yellow": "belum", "red": "tidak"}.get(standing.light or "", ""),
        "concerns": standing.concerns,
    }


def line_rows(agreement: Agreement, ledger: LedgerScope, day: date) -> list[dict]:
    """Return one row per part of the agreement: who makes it for whom, at which price, and how much was promised.

    The price is the one in force on the day; a part that is not in force then has none.
    """
    lines = (
        ledger.lines.filter(agreement=agreement)
        .select_related("agreement", "enterprise", "buyer")
        .prefetch_related(Prefetch("promises", Promise.objects.counted()))
        .order_by("enterprise__name", "part_name")
    )
    prices = prices_on(lines, day)
    return [line_row(line, prices[line.pk]) for line in lines]


def line_row(line: ScopeLine, price: Decimal | None) -> dict:
    promises = list(line.promises.all())
    return {
        "enterprise": str(line.enterprise),
        "buyer": str(line.buyer),
        "part": line.part_name,
        "number": line.part_number,
        "price": formats.EN_DASH if price is None else money.rupiah(price),
        "unit": line.unit,
        "volume": formats.number(sum(one.volume for one in promises)) if promises else formats.unknown(),
        "promised": amount(sum(one.value for one in promises) if promises else None),
    }


def pair_rows(agreement: Agreement, ledger: LedgerScope) -> list[dict]:
    """Return the money of each IKM in the agreement."""
    of_it = ledger.of(agreements=[agreement.pk])
    sums = figures_by(of_it, Key.ENTERPRISE)
    enterprises = {line.enterprise for line in of_it.lines.select_related("enterprise")}
    return [
        {
            "enterprise": str(enterprise),
            **amounts(sums[enterprise.pk]),
            "share": share(sums[enterprise.pk].realised),
            "exact": exact(sums[enterprise.pk]),
        }
        for enterprise in sorted(enterprises, key=str)
    ]


def quarter_series(ledger: LedgerScope, starts_on: date, ends_on: date, day: date) -> dict:
    """Return promised and accepted value per quarter in million Rupiah; a quarter to come has no accepted value.

    Without a promise and without a row of the ledger no quarter has any.
    """
    by_month = figures_by_month(ledger, starts_on, ends_on)
    is_blank = all(sums.is_blank for sums in by_month.values())
    names, promised, accepted, rows = [], [], [], []
    for quarter in quarters(starts_on, ends_on):
        last = next_quarter(quarter) - timedelta(days=1)
        inside = [sums for month, sums in by_month.items() if quarter <= month <= last]
        known = [sums.promised for sums in inside if sums.promised is not None]
        promise = sum(known, Decimal(0)) if known else None
        begun = quarter <= day and not is_blank
        got = sum((sums.accepted for sums in inside), Decimal(0)) if begun else None
        name = f"{['I', 'II', 'III', 'IV'][(quarter.month - 1) // 3]} {quarter.year}"
        names.append(name)
        promised.append(None if promise is None else float(promise / 1_000_000))
        accepted.append(None if got is None else float(got / 1_000_000))
        rows.append(
            {
                "name": _("Triwulan %(name)s") % {"name": name},
                "promised": amount(promise),
                "accepted": amount(got),
                "share": formats.percent(got / promise) if promise and got is not None else formats.EN_DASH,
            }
        )
    return {"names": names, "promised": promised, "accepted": accepted, "rows": rows}


def running_total(values: list[float | None]) -> list[float | None]:
    """Return the sums so far; after the last known value there is none."""
    total, found = 0.0, []
    last = max((i for i, value in enumerate(values) if value is not None), default=-1)
    for i, value in enumerate(values):
        total += value or 0.0
        found.append(total if i <= last else None)
    return found


def review_rows(agreement: Agreement, scope: Scope, limit: int = 4) -> list[dict]:
    """Return the latest reviews with what was decided on everybody and on the IKM that whoever asked deals with.

    Empty for who may not know of the agreement.
    """
    meetings = ReviewMeeting.objects.filter(agreement=agreement)
    decisions = ReviewDecision.objects.select_related("enterprise")
    if scope.user:
        meetings = meetings.visible_to(scope.user)
        decisions = decisions.dealt_with_by(scope.user, agreement)
    return [
        {
            "on": formats.date_medium(meeting.held_on),
            "minutes": meeting.minutes,
            "next": formats.date_medium(meeting.next_on),
            "decisions": [
                {
                    "kind": decision.get_kind_display(),
                    "text": decision.text.rstrip(". "),
                    "who": str(decision.enterprise) if decision.enterprise else "",
                    "module": decision.module_code,
                    "due": formats.date_short(decision.due_on) if decision.due_on else "",
                }
                for decision in meeting.decisions.all()
            ],
        }
        for meeting in meetings.prefetch_related(Prefetch("decisions", decisions)).order_by("-held_on")[
            :limit
        ]
    ]
