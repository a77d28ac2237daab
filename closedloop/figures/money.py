"""Five money figures that are never mixed: dijanjikan, dipesan, dikirim, ditagih, dibayar.

What counts as realised is a sixth with its own name, *diterima baik*: the part of the delivered value that the
buyer confirmed as good. The sums are made by partnerships.ledger, nowhere else.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.figures.registry import Sheet, Unit, Value, figure, share, unknown
from closedloop.figures.scope import Scope
from partnerships import ledger
from partnerships.ledger import Key
from partnerships.models import Agreement, Promise
from partnerships.realisation import Figures

SOURCE = "domain.md §6.3"


@dataclass
class Money:
    """The sums of one IKM in the scope, and how many records each rests on."""

    sums: Figures = field(default_factory=Figures)
    records: dict[str, int] = field(default_factory=dict)


def ledger_of(scope: Scope) -> ledger.Scope:
    """Return the rows of the ledger a question is about; a buyer's hold no other buyer's money."""
    rows = ledger.Scope.visible_to(scope.user) if scope.user else ledger.Scope.everything()
    return rows.of(
        agreements=[scope.agreement.pk] if scope.agreement else None,
        enterprises=scope.enterprises().values("pk"),
        buyers=[scope.buyer.pk] if scope.buyer else None,
    )


def money(scope: Scope) -> dict[UUID, Money]:
    """Read the money of every IKM in the scope; with a period, each figure by its own day."""
    rows, since, until = ledger_of(scope), scope.period_from, scope.period_until
    found: dict[UUID, Money] = defaultdict(Money)
    for enterprise, sums in ledger.figures_by(rows, Key.ENTERPRISE, since=since, until=until).items():
        found[enterprise].sums = sums
    for source in ledger.sources(rows):
        column = f"{source.to_order}enterprise_id"
        counted = ledger.within(source.rows, source.day, since, until).order_by().values(column)
        for enterprise, count in counted.annotate(count=Count("pk")).values_list(column, "count"):
            found[enterprise].records[source.name] = count
    promises = (
        Promise.objects.counted()
        .filter(line__in=rows.lines)
        .exclude(line__agreement__status__in=Agreement.UNSIGNED)
    )
    by_enterprise = promises.order_by().values("line__enterprise_id").annotate(count=Count("pk"))
    for enterprise, count in by_enterprise.values_list("line__enterprise_id", "count"):
        found[enterprise].records["promised"] = count
    return dict(found)


def summed(sheet: Sheet, name: str, page: str) -> Value:
    """Return one sum. Nothing in the whole ledger is unknown; nothing of one kind beside others is a zero."""
    rows = sheet.read(money)
    records = sum(row.records.get(name, 0) for row in rows.values())
    if not any(row.records for row in rows.values()):
        return unknown(page=page)
    total = sum((row.sums for row in rows.values()), Figures())
    return Value(getattr(total, name), records, page=page)


def of_money(code: str, name, definition, attribute: str, page: str) -> None:
    """Enter one of the sums into the registry."""

    @figure(code, name, Unit.RUPIAH, definition, source=SOURCE, permission=Permission.DELIVERY_VIEW)
    def compute(sheet: Sheet) -> Value:
        return summed(sheet, attribute, page)


of_money(
    "money.promised",
    _("Nilai dijanjikan"),
    _("Jumlah janji per triwulan pada perjanjian yang sudah ditandatangani. Rupiah, tidak termasuk PPN."),
    "promised",
    "partnerships:agreements",
)
of_money(
    "money.ordered",
    _("Nilai dipesan"),
    _("Jumlah baris pesanan pembelian (jumlah dikali harga satuan). Rupiah, tidak termasuk PPN."),
    "ordered",
    "partnerships:agreements",
)
of_money(
    "money.delivered",
    _("Nilai dikirim"),
    _("Jumlah surat jalan yang dicatat IKM, dikonfirmasi pembeli atau belum. Rupiah, tidak termasuk PPN."),
    "delivered",
    "partnerships:deliveries",
)
of_money(
    "money.accepted",
    _("Nilai diterima baik"),
    _("Bagian dari nilai dikirim yang dikonfirmasi pembeli diterima baik. Rupiah, tidak termasuk PPN."),
    "accepted",
    "partnerships:deliveries",
)
of_money(
    "money.invoiced",
    _("Nilai ditagih"),
    _("Jumlah faktur. Rupiah, tidak termasuk PPN."),
    "invoiced",
    "partnerships:agreements",
)
of_money(
    "money.paid",
    _("Nilai dibayar"),
    _("Jumlah pembayaran yang diterima IKM. Rupiah, tidak termasuk PPN."),
    "paid",
    "partnerships:agreements",
)


@figure(
    "money.fulfilment",
    _("Diterima baik dari dijanjikan"),
    Unit.SHARE,
    _("Nilai diterima baik dibagi nilai dijanjikan seluruh masa perjanjian. Dapat lebih dari 100%. Tanpa janji "
      "tidak dihitung."),
    source="domain.md §4.6",
    unit_of_parts=Unit.RUPIAH,
    permission=Permission.DELIVERY_VIEW,
)  # fmt: skip
def fulfilment(sheet: Sheet) -> Value:
    page = "partnerships:agreements"
    total = sum((row.sums for row in sheet.read(money).values()), Figures())
    records = sum(row.records.get("accepted", 0) for row in sheet.read(money).values())
    if total.promised is None:
        return unknown(records, page=page)
    return share(total.accepted, total.promised, records=records, page=page)
