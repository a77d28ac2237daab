"""The records behind each money figure, so that every one of them can be opened (features.md E7).

Read from the very tables that partnerships/ledger.py sums, so the list and the figure cannot differ.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from partnerships.ledger import Scope, sources
from partnerships.models import Agreement, Promise


@dataclass(frozen=True)
class MoneyFigure:
    """One of the money figures: what it is called, what it counts, and the table it comes from."""

    name: str | LazyText
    meaning: str | LazyText
    source: str
    order_of: Callable[[Any], Any]
    part_of: Callable[[Any], str]


@dataclass(frozen=True)
class MoneyRecord:
    """One record behind a figure, as its list shows it."""

    day: date
    title: str
    url: str
    enterprise: str
    buyer: str
    part: str
    value: Decimal


FIGURES: dict[str, MoneyFigure] = {
    "dijanjikan": MoneyFigure(
        _("Dijanjikan"),
        _("Nilai yang dijanjikan perjanjian bertanda tangan, per part dan triwulan. Belum tentu dipesan."),
        "promised",
        lambda row: row.line,
        lambda row: row.line.part_name,
    ),
    "dipesan": MoneyFigure(
        _("Dipesan"),
        _("Nilai baris PO menurut tanggal PO, tanpa PPN. Belum tentu dikirim."),
        "ordered",
        lambda row: row.order,
        lambda row: row.part_name,
    ),
    "dikirim": MoneyFigure(
        _("Dikirim"),
        _("Nilai surat jalan menurut tanggal kirim, sudah atau belum dikonfirmasi pembeli."),
        "delivered",
        lambda row: row.line.order,
        lambda row: row.line.part_name,
    ),
    "diterima": MoneyFigure(
        _("Diterima baik"),
        _("Nilai buah yang dikonfirmasi pembeli sebagai baik, menurut tanggal terima."),
        "accepted",
        lambda row: row.line.order,
        lambda row: row.line.part_name,
    ),
    "ditagih": MoneyFigure(
        _("Ditagih"),
        _("Nilai faktur menurut tanggal faktur, tanpa PPN. Belum tentu dibayar."),
        "invoiced",
        lambda row: row.order,
        lambda row: "",
    ),
    "dibayar": MoneyFigure(
        _("Dibayar"),
        _("Uang yang sudah sampai, menurut tanggal bayar."),
        "paid",
        lambda row: row.invoice.order,
        lambda row: "",
    ),
}
JOINS = {
    "promised": ("line__agreement", "line__enterprise", "line__buyer"),
    "ordered": ("order__enterprise", "order__buyer"),
    "delivered": ("line__order__enterprise", "line__order__buyer"),
    "accepted": ("line__order__enterprise", "line__order__buyer"),
    "invoiced": ("order__enterprise", "order__buyer"),
    "paid": ("invoice__order__enterprise", "invoice__order__buyer"),
}


def rows_behind(figure: MoneyFigure, scope: Scope, *, with_drafts: bool = False) -> QuerySet:
    """Return the rows of a figure with their `on` and `money`, newest first.

    `with_drafts`: the promises of drafts too, as the page of one agreement shows them.
    """
    amount: Any
    if figure.source == "promised":
        rows: QuerySet = Promise.objects.counted().filter(line__in=scope.lines)
        if not with_drafts:
            rows = rows.exclude(line__agreement__status__in=Agreement.UNSIGNED)
        day, amount = "starts_on", F("value")
    else:
        source = next(one for one in sources(scope) if one.name == figure.source)
        rows, day, amount = source.rows, source.day, source.amount
    rows = rows.select_related(*JOINS[figure.source]).annotate(on=F(day), money=amount)
    return rows.order_by("-on", "-created_at")


def records_of(figure: MoneyFigure, rows: Iterable) -> list[MoneyRecord]:
    """Return the rows as the list shows them."""
    return [record_of(figure, row) for row in rows]


def record_of(figure: MoneyFigure, row: Any) -> MoneyRecord:
    order = figure.order_of(row)  # of a promise: its line, which knows IKM and buyer too
    if figure.source == "promised":
        title, page = order.agreement.number, order.agreement
    elif figure.source in ("delivered", "accepted"):
        title, page = str(row), row
    else:
        title, page = str(order if figure.source == "ordered" else row), order
    return MoneyRecord(
        day=row.on,
        title=title,
        url=page.get_absolute_url(),
        enterprise=str(order.enterprise),
        buyer=str(order.buyer),
        part=figure.part_of(row),
        value=row.money,
    )
