"""The frozen figures of a review as lines to read: each with its own name, and unknown said as unknown. Pure."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.qcd import on_time_rate, ppm
from closedloop.core.formats import number, percent
from closedloop.core.money import rupiah

NAMES = {
    "promised": gettext_lazy("Nilai dijanjikan"),
    "ordered": gettext_lazy("Nilai dipesan"),
    "delivered": gettext_lazy("Nilai dikirim"),
    "accepted": gettext_lazy("Nilai diterima baik"),
    "invoiced": gettext_lazy("Nilai ditagih"),
    "paid": gettext_lazy("Nilai dibayar"),
}


def rows_of(figures: dict) -> list[tuple[str, str]]:
    """Return (name, value) of each figure, in the order of the loop."""
    money = figures.get("money", {})
    rows = [(str(name), amount(money.get(key))) for key, name in NAMES.items()]
    due, received = figures.get("due", 0), figures.get("received", 0)
    rate = on_time_rate(figures.get("on_time", 0), due)
    rejects = ppm(figures.get("rejected", 0), received)
    nothing = _("tanpa transaksi")
    return [
        *rows,
        (_("Ketepatan kirim"), nothing if rate is None else _of(percent(rate), figures["on_time"], due)),
        (
            _("Cacat (ppm)"),
            nothing if rejects is None else _of(number(rejects, 0), figures["rejected"], received),
        ),
        (_("Keluhan baru"), number(figures.get("complaints", 0))),
        (_("Keluhan berulang"), number(figures.get("complaints_repeated", 0))),
        (_("Keluhan belum selesai"), number(figures.get("complaints_open", 0))),
    ]


def amount(text: str | None) -> str:
    return _("belum ada") if text is None else rupiah(Decimal(text))


def _of(value: str, n: int, m: int) -> str:
    return _("%(value)s (%(n)s dari %(m)s pcs)") % {"value": value, "n": number(n), "m": number(m)}
