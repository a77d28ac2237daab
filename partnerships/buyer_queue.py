"""What waits for a buyer's word besides deliveries: orders, invoices and payments as their buyer reads them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from closedloop.core.formats import date_short, number
from participants.models import Enterprise
from partnerships.models import Buyer, ConfirmationLink, Invoice, OrderLine, Payment, PurchaseOrder
from partnerships.models.vouched import Vouched

VouchedRow = PurchaseOrder | Invoice | Payment
Status = Vouched.Status
KINDS = {"pesanan": PurchaseOrder, "faktur": Invoice, "pembayaran": Payment}
PATHS = {PurchaseOrder: "", Invoice: "order__", Payment: "invoice__order__"}  # from a row to its order
DAYS = {PurchaseOrder: "ordered_on", Invoice: "issued_on", Payment: "paid_on"}
BY_LINK, BY_ACCOUNT = 10, 50  # on one page: the next ones come up when these are answered


@dataclass(frozen=True)
class Said:
    """What a row says: an order's value is that of its parts; `mark` changes with whatever is said."""

    kind: str
    row: VouchedRow
    name: str
    order: PurchaseOrder
    day: date
    amount: Decimal
    parts: tuple[str, ...] = ()

    @property
    def enterprise(self) -> Enterprise:
        return self.order.enterprise

    @property
    def lines(self) -> list[tuple]:
        """What an order says of its parts: how many, and for which days."""
        lines = self.order.lines.all() if self.parts else ()
        return [
            (line.part_name, line.quantity, [str(one.due_on) for one in line.schedule.all()])
            for line in lines
        ]

    @property
    def mark(self) -> str:
        number, due_on = getattr(self.row, "number", ""), getattr(self.row, "due_on", None)
        text = repr((self.kind, number, self.day.isoformat(), str(self.amount), str(due_on), self.lines))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def rows_of(kind: type[VouchedRow], buyers: Iterable[Buyer]) -> QuerySet:
    """Rows of one kind that are between these buyers and anybody, with all that `said` reads."""
    path = PATHS[kind]
    joins = [f"{path}buyer", f"{path}enterprise", "confirmed_by", "confirmed_link__contact"]
    rows = kind.objects.filter(**{f"{path}buyer__in": buyers}).select_related(*joins)
    return rows.prefetch_related("lines__schedule") if kind is PurchaseOrder else rows


def waiting_rows(buyers: Iterable[Buyer], most: int = BY_ACCOUNT) -> list[Said]:
    """Return what waits for these buyers, the oldest first, so many at most."""
    found = [
        said(row)
        for kind, day in DAYS.items()
        for row in rows_of(kind, buyers).filter(status=Status.SUBMITTED).order_by(day, "created_at")[:most]
    ]
    return sorted(found, key=lambda one: (one.day, one.row.created_at))[:most]


def rows_answered_by(link: ConfirmationLink) -> list[Said]:
    """Return what was confirmed or disputed by this link, the newest of each kind."""
    answered = Q(confirmed_link=link) | Q(disputes__raised_link=link)
    return [
        said(row)
        for kind, day in DAYS.items()
        for row in rows_of(kind, [link.contact.buyer_id])
        .filter(answered)
        .distinct()
        .order_by(f"-{day}")[:BY_LINK]
    ]


def waiting_count(buyers: Iterable[Buyer]) -> int:
    """Return how many rows of all kinds wait for these buyers."""
    return sum(
        kind.objects.filter(**{f"{path}buyer__in": buyers, "status": Status.SUBMITTED}).count()
        for kind, path in PATHS.items()
    )


def buyers_waited_for() -> list[QuerySet]:
    """Return, per kind, the ids of the buyers for whom a row waits."""
    return [
        kind.objects.filter(status=Status.SUBMITTED).order_by().values(f"{path}buyer")
        for kind, path in PATHS.items()
    ]


def order_of(row: VouchedRow) -> PurchaseOrder:
    """The order that a row of the ledger belongs to."""
    if isinstance(row, Payment):
        return row.invoice.order
    return row.order if isinstance(row, Invoice) else row


def title_of(row: VouchedRow) -> str:
    """Return the name of a row, in the reader's language."""
    if isinstance(row, Payment):
        return _("Pembayaran faktur %(number)s") % {"number": row.invoice.number}
    return _("Faktur %(number)s") % {"number": row.number} if isinstance(row, Invoice) else str(row)


def said(row: VouchedRow) -> Said:
    """Return what a row says, in the reader's language."""
    name = title_of(row)
    if isinstance(row, Payment):
        return Said("pembayaran", row, name, order_of(row), row.paid_on, row.amount)
    if isinstance(row, Invoice):
        return Said("faktur", row, name, row.order, row.issued_on, row.amount)
    lines = list(row.lines.all())
    value = sum((line.value for line in lines), Decimal(0))
    parts = tuple(part_of(line) for line in lines)
    return Said("pesanan", row, name, row, row.ordered_on, value, parts)


def part_of(line: OrderLine) -> str:
    """Return one part of an order with the days it is due, in the reader's language."""
    words = f"{line.part_name}: {number(line.quantity)} {line.unit}"
    days = ", ".join(date_short(one.due_on) for one in line.schedule.all())
    return _("%(part)s, jatuh tempo %(days)s") % {"part": words, "days": days} if days else words
