"""Requirements of a class in words: the rule, its figure, and how far it is to go.

Pure: a verdict and the names of things in, text in the reader's language out. A figure is shown with as many
decimals as it takes to see on which side of its threshold it lies: 69,96 is not written as 70,0 < 70.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.class_rules import Requirement
from closedloop.core.formats import number, percent, rounded, unknown
from closedloop.core.money import rupiah_short


@dataclass(frozen=True)
class Line:
    """One line of a list of requirements, as {% requirements %} draws it."""

    met: bool | None
    rule: str
    evidence: str
    value: str
    note: str  # the distance, empty when met


def figure(value: Decimal | None, against: Decimal | None = None, *, least: int = 1) -> str:
    """Return a score with the decimals it takes to tell it from `against`."""
    if value is None:
        return unknown()
    decimals = least
    if against is not None and value != against:
        while decimals < 6 and (rounded(value, decimals) < against) != (value < against):
            decimals += 1
    return number(value, decimals, trim=decimals > least)


def share(value: Decimal | None, against: Decimal | None = None) -> str:
    """Return a ratio 0 to 1 as a percentage, with the decimals it takes to tell it from `against`."""
    if value is None:
        return unknown()
    decimals = 1
    if against is not None and value != against:
        while decimals < 6 and (rounded(value * 100, decimals) < against * 100) != (value < against):
            decimals += 1
    return percent(value, decimals)


def plain(value: Decimal | None) -> str:
    """Return a threshold: 70, 62,5."""
    return number(value, 3, trim=True)


def line_of(verdict: Requirement, names: Mapping[str, str]) -> Line:
    """Return the words for one verdict. `names` gives titles: of dimensions by code, of others by "module:BM"."""
    rule, evidence, value, note = WORDS[verdict.measure](verdict, names)
    return Line(verdict.met, rule, evidence, value, "" if verdict.met else note)


def distance(verdict: Requirement, names: Mapping[str, str]) -> str:
    """Return how far it is to go, "Nilai total 69,2 < 70"; empty when met or not applicable."""
    line = line_of(verdict, names)
    return line.note if line.met is False else ""


def _score(verdict: Requirement, rule: str, name: str, evidence: str = "") -> tuple[str, str, str, str]:
    now = figure(verdict.figure, verdict.threshold)
    note = f"{name} {now} < {plain(verdict.threshold)}"
    if verdict.figure is None:
        note = _("%(name)s belum ada data") % {"name": name}
    return rule, evidence, now, note


def _overall(verdict, names):
    floor = plain(verdict.threshold)
    return _score(verdict, _("Nilai total paling rendah %(floor)s") % {"floor": floor}, _("Nilai total"))


def _dimension(verdict, names):
    name = names.get(verdict.subject, verdict.subject)
    rule = _("%(name)s paling rendah %(floor)s") % {"name": name, "floor": plain(verdict.threshold)}
    return _score(verdict, rule, name)


def _criterion(verdict, names):
    name = names.get(f"criterion:{verdict.subject}", "")
    rule = _("Butir %(code)s paling rendah nilai %(floor)s") % {
        "code": verdict.subject,
        "floor": plain(verdict.threshold),
    }
    now = unknown() if verdict.figure is None else number(verdict.figure)
    note = _("Butir %(code)s bernilai %(now)s, perlu %(floor)s") % {
        "code": verdict.subject,
        "now": now,
        "floor": plain(verdict.threshold),
    }
    if verdict.figure is None:
        note = _("Butir %(code)s belum ada data") % {"code": verdict.subject}
    return rule, name, now, note


def _every_dimension(verdict, names):
    rule = _("Setiap bidang paling rendah %(floor)s") % {"floor": plain(verdict.threshold)}
    if verdict.part is None:
        return rule, "", unknown(), _("Nilai bidang belum ada data")
    n, m = verdict.part
    evidence = _("%(n)d dari %(m)d bidang") % {"n": n, "m": m}
    short = ", ".join(names.get(code, code) for code in verdict.short)
    note = _("Di bawah %(floor)s: %(short)s") % {"floor": plain(verdict.threshold), "short": short}
    return rule, evidence, f"{n}/{m}", note


def _module_passed(verdict, names):
    name = names.get(f"module:{verdict.subject}", verdict.subject)
    rule = _("Lulus pelatihan %(name)s") % {"name": name}
    return (
        rule,
        "",
        _("Lulus") if verdict.met else _("Belum"),
        _("Pelatihan %(name)s belum lulus") % {"name": name},
    )


def _document(verdict, names):
    name = names.get(f"document:{verdict.subject}", verdict.subject)
    rule = _("Dokumen berlaku: %(name)s") % {"name": name}
    return (
        rule,
        "",
        _("Ada") if verdict.met else _("Belum"),
        _("%(name)s belum ada atau tidak berlaku") % {"name": name},
    )


def _critical_findings(verdict, names):
    counted, open_now = verdict.part or (0, 0)
    if verdict.max_age_days is None:
        rule = _("Tidak ada temuan kritis yang terbuka")
        note = ngettext("%(n)d temuan kritis terbuka", "%(n)d temuan kritis terbuka", counted) % {
            "n": counted
        }
    else:
        days = verdict.max_age_days
        rule = _("Tidak ada temuan kritis terbuka lebih dari %(days)d hari") % {"days": days}
        note = _("%(n)d temuan kritis terbuka lebih dari %(days)d hari") % {"n": counted, "days": days}
    evidence = _("%(n)d temuan kritis terbuka") % {"n": open_now}
    return rule, evidence, number(counted), note


def _no_delivery(rule: str, verdict: Requirement):
    words = _("Belum ada pengiriman dalam %(months)d bulan terakhir") % {"months": verdict.months or 1}
    return rule, words, unknown(), words


def _on_time(verdict, names):
    rule = _("Tepat kirim paling rendah %(floor)s, %(months)d bulan berturut-turut") % {
        "floor": share(verdict.threshold),
        "months": verdict.months or 1,
    }
    if verdict.figure is None or verdict.part is None:
        return _no_delivery(rule, verdict)
    n, m = verdict.part
    evidence = _("%(n)s dari %(m)s yang jatuh tempo") % {"n": number(n), "m": number(m)}
    now = share(verdict.figure, verdict.threshold)
    if verdict.threshold is not None and verdict.figure < verdict.threshold:
        note = _("Tepat kirim %(now)s < %(floor)s") % {"now": now, "floor": share(verdict.threshold)}
    else:
        note = _("Belum %(months)d bulan berturut-turut") % {"months": verdict.months or 1}
    return rule, evidence, now, note


def _reject_ppm(verdict, names):
    rule = _("Cacat di pelanggan paling banyak %(limit)s ppm dalam %(months)d bulan") % {
        "limit": plain(verdict.threshold),
        "months": verdict.months or 1,
    }
    if verdict.figure is None or verdict.part is None:
        return _no_delivery(rule, verdict)
    rejected, delivered = verdict.part
    evidence = _("%(n)s ditolak dari %(m)s dikirim") % {"n": number(rejected), "m": number(delivered)}
    now = number(verdict.figure)
    note = _("Cacat %(now)s ppm > %(limit)s ppm") % {
        "now": figure(verdict.figure, verdict.threshold, least=0),
        "limit": plain(verdict.threshold),
    }
    return rule, evidence, f"{now} ppm", note


def _count(verdict: Requirement, rule: str, unknown_note: str, note: str):
    if verdict.figure is None:
        return rule, _("Bulan terakhir belum ditutup"), unknown(), unknown_note
    return rule, "", number(verdict.figure), note


def _active_agreement(verdict, names):
    rule = _("MoU aktif paling sedikit %(floor)s") % {"floor": plain(verdict.threshold)}
    return _count(verdict, rule, _("MoU aktif belum ada data"), _("Belum ada MoU aktif yang cukup"))


def _buyers(verdict, names):
    rule = _("Pembeli paling sedikit %(floor)s") % {"floor": plain(verdict.threshold)}
    note = _("Pembeli %(now)s, perlu %(floor)s") % {
        "now": number(verdict.figure),
        "floor": plain(verdict.threshold),
    }
    return _count(verdict, rule, _("Jumlah pembeli belum ada data"), note)


def _realisation(verdict, names):
    rule = _("Nilai diterima baik paling rendah %(floor)s dari nilai dijanjikan, %(months)d bulan") % {
        "floor": share(verdict.threshold),
        "months": verdict.months or 12,
    }
    if verdict.part is None:
        return rule, "", unknown(), _("Nilai dijanjikan belum ada data")
    accepted, promised = verdict.part
    evidence = _("%(accepted)s diterima baik dari %(promised)s dijanjikan") % {
        "accepted": rupiah_short(accepted),
        "promised": rupiah_short(promised),
    }
    now = share(verdict.figure, verdict.threshold)
    note = _("Diterima baik %(now)s < %(floor)s dari yang dijanjikan") % {
        "now": now,
        "floor": share(verdict.threshold),
    }
    return rule, evidence, now, note


WORDS = {
    "overall": _overall,
    "every_dimension": _every_dimension,
    "dimension": _dimension,
    "criterion": _criterion,
    "module_passed": _module_passed,
    "document": _document,
    "critical_findings": _critical_findings,
    "on_time": _on_time,
    "reject_ppm": _reject_ppm,
    "active_agreement": _active_agreement,
    "buyers": _buyers,
    "realisation": _realisation,
}
