"""The loop over time: how many IKM ever reached each stage, and money month by month."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.figures.money import SOURCE, ledger_of
from closedloop.figures.registry import Part, Sheet, Unit, Value, figure, unknown
from closedloop.figures.scope import Scope
from closedloop.figures.stage import Stage
from closedloop.figures.stages import standings_in
from partnerships.ledger import figures_by_month

# reaching the last stage is to be before the board, which may also say no; who was promoted is another figure
NAMES = {Stage.PROMOTION: _("Sampai sidang kelas")}


@figure(
    "pipeline.reached",
    _("IKM yang mencapai tiap tahap"),
    Unit.COUNT,
    _("Jumlah IKM yang sudah sampai di tiap tahap, termasuk yang sudah melewatinya. Yang sudah keluar tidak "
      "dihitung. Sampai sidang kelas belum berarti naik kelas: yang diputuskan naik dihitung tersendiri."),
    source="architecture.md",
    permission=Permission.ENTERPRISE_VIEW,
)  # fmt: skip
def reached(sheet: Sheet) -> Value:
    rows = list(sheet.read(standings_in).values())
    parts = tuple(
        Part(
            stage.name.lower(),
            str(NAMES.get(stage, stage.label)),
            sum(row.stage >= stage or stage in row.completed for row in rows),
            f"tahap={stage.value}",
        )
        for stage in Stage
    )
    return Value(len(rows), len(rows), parts=parts, page="participants:list")


def year_of_money(scope: Scope) -> dict:
    """Read the money of each month of the scope's year, up to its end."""
    first = date(scope.day.year, 1, 1)
    return figures_by_month(ledger_of(scope), first, date(scope.day.year, 12, 31))


@figure(
    "money.promised_by_month",
    _("Nilai dijanjikan per bulan"),
    Unit.RUPIAH,
    _("Janji per triwulan dibagi rata ke bulan-bulannya, tahun berjalan. Rupiah, tidak termasuk PPN."),
    source=SOURCE,
    permission=Permission.DELIVERY_VIEW,
)
def promised_by_month(sheet: Sheet) -> Value:
    return by_month(sheet, "promised", to_come=True)


@figure(
    "money.accepted_by_month",
    _("Nilai diterima baik per bulan"),
    Unit.RUPIAH,
    _("Nilai yang dikonfirmasi pembeli diterima baik, menurut bulan terima, tahun berjalan. Rupiah, tidak "
      "termasuk PPN."),
    source=SOURCE,
    permission=Permission.DELIVERY_VIEW,
)  # fmt: skip
def accepted_by_month(sheet: Sheet) -> Value:
    return by_month(sheet, "accepted", to_come=False)


def by_month(sheet: Sheet, name: str, *, to_come: bool) -> Value:
    """Return the sum and one part per month; a month to come has no value unless it is promised."""
    months = sheet.read(year_of_money)
    today = sheet.scope.day
    parts = tuple(
        Part(f"{month:%Y-%m}", f"{month:%Y-%m}", getattr(row, name) if to_come or month <= today else None)
        for month, row in sorted(months.items())
    )
    known = [part.value for part in parts if part.value is not None]
    page = "partnerships:deliveries"
    return (
        Value(sum(known), len(known), parts=parts, page=page)
        if any(known)
        else unknown(parts=parts, page=page)
    )
