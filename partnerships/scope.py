"""Which rows a figure of partnerships is made of, and by what it is grouped."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet

from partnerships.models import Delivery, PurchaseOrder, ScopeLine

CONFIRMED = (Delivery.Status.CONFIRMED, Delivery.Status.VERIFIED)


class Key(StrEnum):
    """What the figures are asked for: the name of the column on orders and on scope lines."""

    AGREEMENT = "agreement_id"
    ENTERPRISE = "enterprise_id"
    BUYER = "buyer_id"


@dataclass(frozen=True)
class Scope:
    """Which scope lines (promises) and which orders (everything else) count."""

    lines: QuerySet[ScopeLine]
    orders: QuerySet[PurchaseOrder]
    verified_only: bool = False  # count as accepted only what staff have verified

    @classmethod
    def everything(cls) -> "Scope":
        return cls(ScopeLine.objects.all(), PurchaseOrder.objects.all())

    @classmethod
    def visible_to(cls, user) -> "Scope":
        """Only what this person may know of: a buyer's figures hold no other buyer's money."""
        return cls(ScopeLine.objects.visible_to(user), PurchaseOrder.objects.visible_to(user))

    def of(self, *, agreements=None, enterprises=None, buyers=None) -> "Scope":
        """Narrow to these agreements, IKM or buyers: records, ids or a queryset of them."""
        wanted = {"agreement__in": agreements, "enterprise__in": enterprises, "buyer__in": buyers}
        wanted = {name: value for name, value in wanted.items() if value is not None}
        return replace(self, lines=self.lines.filter(**wanted), orders=self.orders.filter(**wanted))

    def verified(self) -> "Scope":
        return replace(self, verified_only=True)

    @property
    def accepted_in(self) -> tuple[str, ...]:
        return (Delivery.Status.VERIFIED,) if self.verified_only else CONFIRMED


def within(rows: QuerySet, day: str, since: date | None, until: date | None) -> QuerySet:
    rows = rows.filter(**{f"{day}__gte": since}) if since else rows
    return rows.filter(**{f"{day}__lte": until}) if until else rows
