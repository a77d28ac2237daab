"""Quality and delivery.

`qcd.*` tell of an IKM towards all its buyers, from the frozen months (`assessments.Scorecard`) that class rules
read. `supply.*` tell of agreements and buyers, from the ledger of partnerships. Rates are computed there.
"""

from collections import defaultdict
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from assessments.models import Scorecard
from assessments.qcd import on_time_rate, ppm
from closedloop.accounts.permissions import Permission
from closedloop.figures.money import ledger_of, money
from closedloop.figures.registry import Part, Sheet, Unit, Value, figure, share
from closedloop.figures.scope import Scope
from partnerships.ledger import Key, Supply, supply_by
from partnerships.punctuality import Punctuality

SOURCE = "domain.md §4.6"
MONTHS = 12


def months(scope: Scope) -> dict[UUID, list[Scorecard]]:
    """Read the scorecards of the last twelve months, or of the period, the oldest first."""
    found = Scorecard.objects.filter(enterprise__in=scope.enterprises().values("pk"), month__lte=scope.day)
    since = scope.period_from or first_of(scope)
    rows: dict[UUID, list[Scorecard]] = defaultdict(list)
    for card in found.filter(month__gte=since.replace(day=1)).order_by("month"):
        rows[card.enterprise_id].append(card)
    return dict(rows)


def first_of(scope: Scope):
    """Return the first day of the month eleven months before the cut-off."""
    count = scope.day.year * 12 + scope.day.month - 1 - (MONTHS - 1)
    return scope.day.replace(year=count // 12, month=count % 12 + 1, day=1)


def cards(sheet: Sheet) -> list[Scorecard]:
    return [card for rows in sheet.read(months).values() for card in rows]


def monthly(sheet: Sheet, rate) -> tuple[Part, ...]:
    """Return one part per month that has a scorecard, by `rate(list of cards)`."""
    by_month: dict = defaultdict(list)
    for card in cards(sheet):
        by_month[card.month].append(card)
    return tuple(
        Part(f"{month:%Y-%m}", f"{month:%Y-%m}", rate(rows)) for month, rows in sorted(by_month.items())
    )


@figure(
    "qcd.on_time",
    _("Ketepatan kirim (OTD)"),
    Unit.SHARE,
    _("Jumlah barang yang tiba dalam jendela waktu pembeli, dari jumlah yang jatuh tempo. Bulan yang sudah "
      "ditutup, paling banyak 12 bulan terakhir."),
    source=SOURCE,
    noun=_("pcs"),
    permission=Permission.ASSESSMENT_VIEW,
)  # fmt: skip
def on_time(sheet: Sheet) -> Value:
    rows = cards(sheet)

    def rate(of):
        return on_time_rate(sum(card.on_time_quantity for card in of), sum(card.due_quantity for card in of))

    return share(
        sum(card.on_time_quantity for card in rows),
        sum(card.due_quantity for card in rows),
        records=len(rows),
        parts=monthly(sheet, rate),
        page="assessments:list",
    )


@figure(
    "qcd.ppm",
    _("Cacat di pembeli"),
    Unit.PPM,
    _("Barang yang ditolak pembeli per satu juta barang yang dikirim. Bulan yang sudah ditutup, paling banyak "
      "12 bulan terakhir."),
    source=SOURCE,
    noun=_("pcs"),
    permission=Permission.ASSESSMENT_VIEW,
)  # fmt: skip
def rejects(sheet: Sheet) -> Value:
    rows = cards(sheet)

    def rate(of):
        return ppm(sum(card.rejected_quantity for card in of), sum(card.delivered_quantity for card in of))

    return Value(
        rate(rows),
        len(rows),
        n=sum(card.rejected_quantity for card in rows),
        m=sum(card.delivered_quantity for card in rows),
        parts=monthly(sheet, rate),
        page="assessments:list",
    )


def supplied(scope: Scope) -> dict[UUID, Supply]:
    """Read pieces due, on time, delivered and rejected of the scope's orders, in the period where one is given."""
    return dict(
        supply_by(
            ledger_of(scope),
            Key.ENTERPRISE,
            since=scope.period_from,
            until=scope.period_until,
            today=scope.day,
        )
    )


def confirmed(sheet: Sheet) -> int:
    """Return how many delivery notes the buyers have confirmed: the records behind both rates."""
    return sum(row.records.get("accepted", 0) for row in sheet.read(money).values())


@figure(
    "supply.on_time",
    _("Ketepatan kirim (OTD)"),
    Unit.SHARE,
    _("Jumlah barang yang tiba dalam jendela waktu pembeli, dari jumlah yang jatuh tempo dan dapat dinilai. "
      "Kiriman yang belum dikonfirmasi pembeli tidak ikut dihitung."),
    source=SOURCE,
    noun=_("pcs"),
    permission=Permission.DELIVERY_VIEW,
)  # fmt: skip
def supply_on_time(sheet: Sheet) -> Value:
    counted = sum((row.punctuality for row in sheet.read(supplied).values()), Punctuality())
    return share(counted.on_time, counted.judged, records=confirmed(sheet), page="partnerships:deliveries")


@figure(
    "supply.ppm",
    _("Cacat di pembeli"),
    Unit.PPM,
    _("Barang yang ditolak pembeli per satu juta barang yang dikonfirmasi diterima."),
    source=SOURCE,
    noun=_("pcs"),
    permission=Permission.DELIVERY_VIEW,
)
def supply_ppm(sheet: Sheet) -> Value:
    counted = sum(sheet.read(supplied).values(), Supply())
    return Value(
        counted.ppm,
        confirmed(sheet),
        n=counted.rejected,
        m=counted.delivered,
        page="partnerships:deliveries",
    )
