"""The order in which SIINas asks for industry data, and what the portal can say to each point (features.md J6).

The points and their order are those of Permenperin 13/2025, article 7: letter a for a small industry, letter b
for a medium one. Which boxes its screen shows under a point is not public; those are marked as examples. No ORM.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

RULE = "Permenperin 13/2025, pasal 7"
SMALL = (
    "investment", "capacity", "installed", "production", "materials", "land_value", "workers", "water", "fuel",
    "electricity", "machines",
)  # fmt: skip
MEDIUM = (
    "ownership", "investment", "capacity", "installed", "production_and_sales", "materials", "supplies",
    "land_value", "workers", "water", "fuel", "electricity", "generation", "spending", "plans", "machines", "waste",
    "indi",
)  # fmt: skip
POINTS: dict[str, Text] = {
    "ownership": _("Persentase kepemilikan"),
    "investment": _("Nilai investasi tanpa tanah dan bangunan"),
    "capacity": _("Kapasitas produksi"),
    "installed": _("Kapasitas terpasang"),
    "production": _("Produksi"),
    "production_and_sales": _("Produksi dan penjualan"),
    "materials": _("Bahan baku"),
    "supplies": _("Bahan penolong"),
    "land_value": _("Nilai investasi tanah dan bangunan"),
    "workers": _("Tenaga kerja"),
    "water": _("Penggunaan air baku untuk proses produksi"),
    "fuel": _("Penggunaan bahan bakar dan pelumas"),
    "electricity": _("Penggunaan tenaga listrik untuk produksi"),
    "generation": _("Pembangkit listrik yang dimiliki dan listrik yang dijual"),
    "spending": _("Pengeluaran"),
    "plans": _("Rencana produksi dan distribusi"),
    "machines": _("Mesin dan peralatan produksi"),
    "waste": _("Pengolahan limbah"),
    "indi": _("INDI 4.0"),
}
NOT_KEPT = _("Belum diketahui: portal tidak mencatatnya. Isi dari catatan Anda sendiri.")
NOT_TOLD = _("Belum diketahui: belum diisi di portal.")


@dataclass(frozen=True)
class Fact:
    """One value the portal has: what it is of, where it was written down and of what time it speaks."""

    label: Text
    value: str | int | Decimal
    unit: Text = ""
    source: Text = ""
    until: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the sheet. Without a fact it stays empty and says why."""

    number: int
    point: Text
    fact: Fact | None
    note: Text = ""

    @property
    def copied(self) -> str:
        """What goes to the clipboard: a number without separators, as a form takes it."""
        return "" if self.fact is None else str(self.fact.value)


def lines(known: Mapping[str, Sequence[Fact]], *, is_medium: bool) -> list[Line]:
    """Return every point in order; `known` has the facts of a point, an empty list for one nobody told yet.

    A point that is missing in `known` is one the portal does not keep at all.
    """
    found = []
    for number, point in enumerate(MEDIUM if is_medium else SMALL, 1):
        facts = known.get(point)
        if not facts:
            found.append(Line(number, POINTS[point], None, NOT_KEPT if facts is None else NOT_TOLD))
        found += [Line(number, POINTS[point], fact) for fact in facts or ()]
    return found
