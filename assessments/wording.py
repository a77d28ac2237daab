"""Requirements of a class in words: the rule, its figure, and how far it is to go.

Pure: a verdict and the names of things in, text in the reader's language out. A figure is shown with as many
decimals as it takes to see on which side of its threshold it lies: 69,96 is not written as 70,0 < 70.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.class_rules import Requirement, Rule
from closedloop.core.formats import number, percent, rounded, unknown
from closedloop.core.money import rupiah_short

Names = Mapping[str, str]
Words = tuple[str, str, str, str]  # rule, basis, value, distance


@dataclass(frozen=True)
class Line:
    """One line of a list of requirements, as {% requirements %} draws it."""

    met: bool | None
    rule: str
    basis: str  # what the figure rests on: "37 dari 39 yang jatuh tempo"
    value: str
    distance: str  # how far it is to go; empty unless unmet

    @property
    def evidence(self) -> str:
        """What stands below the rule: the distance first, then what the figure rests on."""
        return ". ".join(words for words in (self.distance, self.basis) if words)


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


def line_of(verdict: Requirement, names: Names) -> Line:
    """Return the words for one verdict. `names` gives titles: of dimensions by code, of others by "module:BM"."""
    rule, evidence, value, note = WORDS[verdict.measure](verdict, names)
    return Line(verdict.met, rule, evidence, value, note if verdict.met is False else "")


def distance(verdict: Requirement, names: Names) -> str:
    """Return how far it is to go, "Nilai total 69,2 < 70"; empty when met or not applicable."""
    return line_of(verdict, names).distance


def _score(verdict: Requirement, rule: str, name: str, evidence: str = "") -> Words:
    now = figure(verdict.figure, verdict.threshold)
    note = f"{name} {now} < {plain(verdict.threshold)}"
    if verdict.figure is None:
        note = _("%(name)s belum ada data") % {"name": name}
    return rule, evidence, now, note


def _overall(verdict: Requirement, names: Names) -> Words:
    floor = plain(verdict.threshold)
    return _score(verdict, _("Nilai total paling rendah %(floor)s") % {"floor": floor}, _("Nilai total"))


def _dimension(verdict: Requirement, names: Names) -> Words:
    name = names.get(verdict.subject, verdict.subject)
    rule = _("%(name)s paling rendah %(floor)s") % {"name": name, "floor": plain(verdict.threshold)}
    return _score(verdict, rule, name)


def _criterion(verdict: Requirement, names: Names) -> Words:
    name = names.get(f"criterion:{verdict.subject}", "")
    parts = {"code": verdict.subject, "floor": plain(verdict.threshold), "name": name}
    rule = _("Butir %(code)s paling rendah nilai %(floor)s: %(name)s") % parts
    if verdict.figure is None:
        return rule.rstrip(": "), "", unknown(), _("Butir %(code)s belum ada data") % parts
    now = number(verdict.figure)
    note = _("Butir %(code)s bernilai %(now)s, perlu %(floor)s") % {**parts, "now": now}
    return rule.rstrip(": "), "", now, note


def _every_dimension(verdict: Requirement, names: Names) -> Words:
    rule = _("Setiap bidang paling rendah %(floor)s") % {"floor": plain(verdict.threshold)}
    if verdict.part is None:
        return rule, "", unknown(), _("Nilai bidang belum ada data")
    n, m = verdict.part
    evidence = _("%(n)d dari %(m)d bidang") % {"n": n, "m": m}
    short = ", ".join(names.get(code, code) for code in verdict.short)
    note = _("Di bawah %(floor)s: %(short)s") % {"floor": plain(verdict.threshold), "short": short}
    return rule, evidence, f"{n}/{m}", note


def _every_area(verdict: Requirement, names: Names) -> Words:
    parts = {"name": names.get(verdict.subject, verdict.subject), "floor": plain(verdict.threshold)}
    rule = _("Setiap area %(name)s paling rendah %(floor)s") % parts
    if verdict.figure is None:
        return rule, "", unknown(), _("Nilai area %(name)s belum ada data") % parts
    n, m = verdict.part or (0, 0)
    now = figure(verdict.figure, verdict.threshold)
    if not verdict.short:
        return (
            rule,
            _("%(n)d dari %(m)d area") % {"n": n, "m": m},
            now,
            f"{parts['name']} {now} < {parts['floor']}",
        )
    lowest = {**parts, "area": verdict.short[0], "now": now, "rest": ", ".join(verdict.short[1:])}
    note = _("Area %(area)s %(now)s < %(floor)s") % lowest
    if verdict.short[1:]:
        note = _("%(note)s; juga di bawahnya: %(rest)s") % {**lowest, "note": note}
    return rule, _("%(n)d dari %(m)d area") % {"n": n, "m": m}, now, note


def _module_passed(verdict: Requirement, names: Names) -> Words:
    name = names.get(f"module:{verdict.subject}", verdict.subject)
    rule = _("Lulus pelatihan %(name)s") % {"name": name}
    return (
        rule,
        "",
        _("Lulus") if verdict.met else _("Belum"),
        _("Modul %(name)s belum lulus") % {"name": name},
    )


def _document(verdict: Requirement, names: Names) -> Words:
    name = names.get(f"document:{verdict.subject}", verdict.subject)
    rule = _("Dokumen berlaku: %(name)s") % {"name": name}
    return (
        rule,
        "",
        _("Ada") if verdict.met else _("Belum"),
        _("%(name)s belum ada atau tidak berlaku") % {"name": name},
    )


def _critical_findings(verdict: Requirement, names: Names) -> Words:
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
    evidence = "" if counted == open_now else _("%(n)d temuan kritis terbuka") % {"n": open_now}
    return rule, evidence, number(counted), note


def _no_delivery(rule: str, verdict: Requirement) -> Words:
    words = _("Belum ada pengiriman dalam %(months)d bulan terakhir") % {"months": verdict.months or 1}
    return rule, "" if verdict.met is False else words, unknown(), words


def _on_time(verdict: Requirement, names: Names) -> Words:
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


def _reject_ppm(verdict: Requirement, names: Names) -> Words:
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


def _count(verdict: Requirement, rule: str, unknown_note: str, note: str) -> Words:
    if verdict.figure is None:
        return rule, "", unknown(), unknown_note
    return rule, "", number(verdict.figure), note


def _active_agreement(verdict: Requirement, names: Names) -> Words:
    rule = _("MoU aktif paling sedikit %(floor)s") % {"floor": plain(verdict.threshold)}
    return _count(verdict, rule, _("MoU aktif belum ada data"), _("Belum ada MoU aktif yang cukup"))


def _buyers(verdict: Requirement, names: Names) -> Words:
    rule = _("Pembeli paling sedikit %(floor)s") % {"floor": plain(verdict.threshold)}
    note = _("Pembeli %(now)s, perlu %(floor)s") % {
        "now": number(verdict.figure),
        "floor": plain(verdict.threshold),
    }
    return _count(verdict, rule, _("Jumlah pembeli belum ada data"), note)


def _realisation(verdict: Requirement, names: Names) -> Words:
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
    "every_area": _every_area,
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


def subject_of(rule: Rule, names: Names) -> str:
    """Return what a rule is about, the head of a row in the table of classes."""
    code = rule.subject
    return {
        "overall": _("Nilai total"),
        "every_dimension": _("Setiap bidang"),
        "every_area": _("Setiap area %(name)s") % {"name": names.get(code, code)},
        "dimension": _("Bidang %(name)s") % {"name": names.get(code, code)},
        "criterion": _("Butir %(code)s: %(name)s")
        % {"code": code, "name": names.get(f"criterion:{code}", "")},
        "module_passed": _("Modul %(name)s") % {"name": names.get(f"module:{code}", code)},
        "document": _("Dokumen %(name)s") % {"name": names.get(f"document:{code}", code)},
        "critical_findings": _("Temuan kritis terbuka"),
        "on_time": _("Tepat kirim"),
        "reject_ppm": _("Cacat di pelanggan (ppm)"),
        "active_agreement": _("MoU aktif"),
        "buyers": _("Pembeli"),
        "realisation": _("Nilai diterima baik dari nilai dijanjikan"),
    }[rule.measure]


def asked(rule: Rule) -> str:
    """Return what a rule asks for, short enough for a cell of that table."""
    span = _("%(months)d bulan") % {"months": rule.months} if rule.months else ""
    match rule.measure:
        case "module_passed":
            return _("lulus")
        case "document":
            return _("berlaku")
        case "critical_findings" if rule.max_age_days is not None:
            return _("0 yang lebih dari %(days)d hari") % {"days": rule.max_age_days}
        case "critical_findings":
            return "0"
        case "on_time":
            return _("≥ %(floor)s, %(span)s berturut-turut") % {"floor": share(rule.threshold), "span": span}
        case "realisation":
            return _("≥ %(floor)s, %(span)s") % {"floor": share(rule.threshold), "span": span}
        case "reject_ppm":
            return _("≤ %(limit)s, %(span)s") % {"limit": plain(rule.threshold), "span": span}
    return f"≥ {plain(rule.threshold)}"
