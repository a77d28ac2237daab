"""The figures of the quarter that a review looks at, as they are frozen with it. Money is whole Rupiah as text."""

from datetime import date, timedelta

from django.db.models import Q

from partnerships import ledger, realisation
from partnerships.models import Agreement, Complaint

LOOK_BACK = timedelta(days=45)  # [assumed] reviews are held up to six weeks after their quarter

MONEY = ("promised", "ordered", "delivered", "accepted", "invoiced", "paid")


def reviewed_quarter(held_on: date) -> date:
    """Return the first day of the quarter that a review held on a day looks at: the last one half over."""
    return realisation.quarter_of(held_on - LOOK_BACK)


def frozen_figures(agreement: Agreement, held_on: date) -> dict:
    """Return money, pieces and complaints of the quarter, at most up to the day of the review, fit for JSON.

    The rates are left to the reader of the counts: nothing due or delivered has none, and none is stored.
    """
    since = reviewed_quarter(held_on)
    until = min(realisation.next_quarter(since) - timedelta(days=1), held_on)
    scope = ledger.Scope.everything().of(agreements=[agreement.pk])
    money = ledger.figures_by(scope, ledger.Key.AGREEMENT, since=since, until=until)[agreement.pk]
    supply = ledger.supply_by(scope, ledger.Key.AGREEMENT, since=since, until=until, today=held_on)[
        agreement.pk
    ]
    complaints = Complaint.objects.filter(Q(line__order__agreement=agreement), raised_on__lte=until)
    return {
        "since": since.isoformat(),
        "until": until.isoformat(),
        "money": {name: as_text(getattr(money, name)) for name in MONEY},
        "due": supply.punctuality.judged,
        "on_time": supply.punctuality.on_time,
        "received": supply.delivered,
        "rejected": supply.rejected,
        "complaints": complaints.filter(raised_on__gte=since).count(),
        "complaints_repeated": complaints.filter(raised_on__gte=since, repeats__gt=0).count(),
        "complaints_open": complaints.open().count(),
    }


def as_text(amount) -> str | None:
    """Return whole Rupiah; None stays None."""
    return None if amount is None else str(round(amount))
