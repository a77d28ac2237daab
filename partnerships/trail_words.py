"""Corrections of the ledger as they are read: what it was, what it became, by whom, why."""

from collections.abc import Iterable
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from closedloop.core.formats import date_medium, number
from closedloop.core.money import rupiah

NAMES = {
    "number": gettext_lazy("Nomor"),
    "ordered_on": gettext_lazy("Tanggal PO"),
    "issued_on": gettext_lazy("Tanggal faktur"),
    "due_on": gettext_lazy("Jatuh tempo"),
    "paid_on": gettext_lazy("Tanggal bayar"),
    "amount": gettext_lazy("Nilai"),
    "note_number": gettext_lazy("Nomor surat jalan"),
    "delivered_on": gettext_lazy("Tanggal kirim"),
    "quantity": gettext_lazy("Jumlah"),
}


def corrections_of(events: Iterable) -> list[dict[str, Any]]:
    """Return the corrections among the events of one row, newest first, for the timeline of a page."""
    return [
        {
            "title": _("Dikoreksi"),
            "text": f"{changed(event.data.get('changes', {}))}. {event.data.get('reason', '')}",
            "by": event.actor_name,
            "at": event.at,
        }
        for event in events
        if event.verb.endswith(".corrected")
    ]


def changed(changes: dict[str, list]) -> str:
    """Return "Nilai: Rp35.000 → Rp36.000; Tanggal bayar: …"."""
    return "; ".join(
        f"{NAMES.get(name, name)}: {shown(name, before)} → {shown(name, after)}"
        for name, (before, after) in changes.items()
    )


def shown(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if name == "amount":
        return rupiah(int(value))
    if name == "quantity":
        return number(value)
    day = parse_date(value) if name.endswith("_on") else None
    return date_medium(day) if day else str(value)
