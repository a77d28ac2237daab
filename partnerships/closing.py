"""Whose months close by themselves, and when the next one of an IKM does."""

from datetime import date

from django.conf import settings
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from assessments.models import Scorecard
from participants.models import Enterprise
from partnerships.models import Agreement
from partnerships.month_ends import closes_on


def suppliers() -> QuerySet[Enterprise]:
    """Return the IKM with an order or a party to an agreement in force: last closed month, longest grace."""
    months = Scorecard.objects.filter(enterprise=OuterRef("pk")).order_by("-month").values("month")
    promised = Agreement.objects.in_force().filter(parties__enterprise=OuterRef("pk")).values("pk")
    rows = Enterprise.objects.annotate(
        last_month=Subquery(months[:1]),
        grace_days=Max("orders__buyer__grace_days"),
        promised=Subquery(promised[:1]),
    )
    return rows.filter(Q(grace_days__isnull=False) | Q(promised__isnull=False)).order_by("pk")


def closing_day(enterprise: Enterprise, month: date, today: date) -> date | None:
    """Return the day on which a month of the IKM closes by itself; None where it does not, or has had its day."""
    supplier = suppliers().filter(pk=enterprise.pk).first()
    if supplier is None:
        return None
    day = closes_on(month, supplier.grace_days or 0, settings.MONTH_CLOSES_ON_DAY)
    return day if day >= today else None
