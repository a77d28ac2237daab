"""Whose months close by themselves, and when the next one of an IKM does."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Max, OuterRef, Q, Subquery

from assessments.models import Scorecard
from participants.models import Enterprise
from partnerships.models import Agreement
from partnerships.month_ends import closes_on


@dataclass(frozen=True)
class Supplier:
    """An IKM that sells or has promised to: its last closed month, and the longest grace of its buyers in days."""

    enterprise: Enterprise
    last_month: date | None
    grace_days: int


def suppliers(**only: Any) -> list[Supplier]:
    """Return the IKM with an order or a party to an agreement in force, in a fixed order. One query."""
    months = Scorecard.objects.filter(enterprise=OuterRef("pk")).order_by("-month").values("month")
    promised = Agreement.objects.in_force().filter(parties__enterprise=OuterRef("pk")).values("pk")
    rows = Enterprise.objects.annotate(
        last_month=Subquery(months[:1]),
        grace_days=Max("orders__buyer__grace_days"),
        promised=Subquery(promised[:1]),
    )
    found = rows.filter(Q(grace_days__isnull=False) | Q(promised__isnull=False), **only)
    return [Supplier(row, row.last_month, row.grace_days or 0) for row in found.order_by("pk")]


def closing_day(enterprise: Enterprise, month: date, today: date) -> date | None:
    """Return the day on which a month of the IKM closes by itself; None where it does not, or has had its day."""
    for supplier in suppliers(pk=enterprise.pk):
        day = closes_on(month, supplier.grace_days, settings.MONTH_CLOSES_ON_DAY)
        return day if day >= today else None
    return None
