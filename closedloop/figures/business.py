"""What enterprises say of their own business, against their beginning (features.md A9). No buyer reads these."""

from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.figures.registry import Sheet, Unit, Value, figure, share, unknown
from closedloop.figures.scope import Scope
from participants.models import Enterprise, Indicator
from participants.told import Standing, standing_of, told_of

SOURCE = "features.md A9"
PAGE = "participants:list"
SALES, WORKERS = "annual_sales", "workers"


def against_beginning(enterprise: Enterprise) -> list[Standing]:
    """Return every figure that the enterprise told of, against its beginning, in the order they are asked."""
    found = standings_of([enterprise.pk]).get(enterprise.pk, {})
    return [found[code] for code in indicators() if code in found]


def indicators() -> dict[str, Indicator]:
    """Return {code: indicator} in the order of the sets."""
    return {one.code: one for one in Indicator.objects.order_by("lines__order", "code")}


def standings_of(ids) -> dict[UUID, dict[str, Standing]]:
    """Return {enterprise: {code of the indicator: standing}}."""
    by_code = indicators()
    found: dict[UUID, dict[str, Standing]] = {}
    for (enterprise, code), rows in told_of(ids, list(by_code.values())).items():
        found.setdefault(enterprise, {})[code] = standing_of(by_code[code], rows)
    return found


def standings(scope: Scope) -> dict[UUID, dict[str, Standing]]:
    """Read what the enterprises of the scope told, each against its beginning."""
    return standings_of(scope.enterprises().values_list("pk", flat=True))


def enterprises(scope: Scope) -> dict[UUID, bool]:
    """Read the enterprises of the scope."""
    return dict.fromkeys(scope.enterprises().values_list("pk", flat=True), True)


def last_amounts(sheet: Sheet, code: str) -> list[Decimal]:
    """Return the newest known values of one indicator."""
    told = [found[code].last for found in sheet.read(standings).values() if code in found]
    return [one.amount for one in told if one and one.amount is not None]


def total(sheet: Sheet, code: str) -> Value:
    """Sum the newest known values; unknown where nobody told any."""
    amounts = last_amounts(sheet, code)
    if not amounts:
        return unknown(page=PAGE)
    return Value(sum(amounts, Decimal(0)), len(amounts), page=PAGE)


def against(sheet: Sheet, code: str) -> Value:
    """The newest values of those who told of two times, as a share of their first."""
    pairs = [found[code].pair for found in sheet.read(standings).values() if code in found]
    known = [pair for pair in pairs if pair]
    first = sum((one for one, _last in known), Decimal(0))
    last = sum((one for _first, one in known), Decimal(0))
    return share(last, first, records=len(known), page=PAGE)


@figure(
    "business.sales",
    _("Omzet setahun terakhir"),
    Unit.RUPIAH,
    _("Hasil penjualan tahun terakhir yang diketahui, menurut IKM; untuk banyak IKM, jumlahnya. Tanpa PPN."),
    source=SOURCE,
    permission=Permission.ENTERPRISE_VIEW,
)
def sales(sheet: Sheet) -> Value:
    return total(sheet, SALES)


@figure(
    "business.sales_against_beginning",
    _("Omzet terakhir dari omzet awal"),
    Unit.SHARE,
    _("Omzet tahun terakhir dibagi omzet awal, hanya IKM yang angkanya diketahui untuk dua tahun. Dapat lebih dari "
      "100%."),
    source=SOURCE,
    unit_of_parts=Unit.RUPIAH,
    permission=Permission.ENTERPRISE_VIEW,
)  # fmt: skip
def sales_against_beginning(sheet: Sheet) -> Value:
    return against(sheet, SALES)


@figure(
    "business.workers",
    _("Tenaga kerja terakhir"),
    Unit.COUNT,
    _("Tenaga kerja akhir tahun terakhir yang diketahui, menurut IKM; untuk banyak IKM, jumlahnya."),
    source=SOURCE,
    permission=Permission.ENTERPRISE_VIEW,
)
def workers(sheet: Sheet) -> Value:
    return total(sheet, WORKERS)


@figure(
    "business.workers_against_beginning",
    _("Tenaga kerja terakhir dari awal"),
    Unit.SHARE,
    _("Tenaga kerja terakhir dibagi tenaga kerja awal, hanya IKM yang angkanya diketahui untuk dua tahun."),
    source=SOURCE,
    noun=_("orang"),
    permission=Permission.ENTERPRISE_VIEW,
)
def workers_against_beginning(sheet: Sheet) -> Value:
    return against(sheet, WORKERS)


@figure(
    "business.with_beginning",
    _("IKM dengan angka awal"),
    Unit.SHARE,
    _(
        "IKM yang sudah menyebut sedikitnya satu angka awal, tidak tahu termasuk jawaban, dari IKM dalam cakupan."
    ),
    source=SOURCE,
    noun="IKM",
    permission=Permission.ENTERPRISE_VIEW,
)
def with_beginning(sheet: Sheet) -> Value:
    everybody = len(sheet.read(enterprises))
    told = len([found for found in sheet.read(standings).values() if found])
    return share(told, everybody, records=everybody, page=PAGE)
