"""Why a line is met, unmet or unknown, as a sentence with its evidence, in the reader's language.

A buyer reads the state, the day and the reason: what a score was and what a paper's number is stays between the
IKM and the programme, and quantities delivered to others are told to nobody.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from closedloop.core.formats import date_medium, number, percent
from partnerships.asks import Kind
from partnerships.clearance import DOCUMENT_WORDS
from partnerships.known import PaperKnown, RangeKnown, RateKnown, ScoreKnown, ThingKnown
from partnerships.match import Answer, State, Why

STATES = {
    State.MET: gettext_lazy("Terpenuhi"),
    State.UNMET: gettext_lazy("Belum terpenuhi"),
    State.UNKNOWN: gettext_lazy("Belum diketahui"),
}
TONES = {State.MET: "ok", State.UNMET: "bad", State.UNKNOWN: "todo"}
UNTOLD = {
    Kind.CRITERION: gettext_lazy("Butir ini belum dinilai"),
    Kind.DOCUMENT: gettext_lazy("Dokumen belum tercatat"),
    Kind.CERTIFICATE: gettext_lazy("Sertifikat belum tercatat"),
    Kind.MACHINE: gettext_lazy("Mesin belum tercatat di profil"),
    Kind.MATERIAL: gettext_lazy("Bahan belum tercatat di profil"),
    Kind.TOOL: gettext_lazy("Alat ukur belum tercatat di profil"),
    Kind.TOLERANCE: gettext_lazy("Ketelitian kerja belum tercatat"),
    Kind.PROCESS: gettext_lazy("Proses belum tercatat di profil"),
    Kind.CAPACITY: gettext_lazy("Kapasitas sebulan belum diberitahukan"),
    Kind.PPM: gettext_lazy("Belum ada kiriman yang dinilai"),
    Kind.ON_TIME: gettext_lazy("Belum ada kiriman yang jatuh tempo"),
}


def because(answer: Answer, *, in_full: bool) -> str:
    """Return the reason and its evidence; `in_full` for whoever may read scores."""
    seen = evidence_of(answer, in_full=in_full)
    words = {"seen": seen, "on": date_medium(answer.on), "until": date_medium(answer.until)}
    match answer.why:
        case Why.UNTOLD if isinstance(answer.evidence, ThingKnown):
            return _("%(seen)s tercatat, tetapi ukuran atau kalibrasinya belum") % words
        case Why.UNTOLD:
            return str(UNTOLD[answer.ask.kind])
        case Why.ABSENT:
            return _("Tidak ada di profil yang dipastikan %(on)s") % words
        case Why.EXPIRED if isinstance(answer.evidence, ThingKnown):
            return _("Kalibrasi %(seen)s habis %(until)s, tidak dihitung") % words
        case Why.EXPIRED:
            return _("%(seen)s habis %(until)s, tidak dihitung") % words
        case Why.NOT_YET:
            return _("%(seen)s baru berlaku %(on)s") % words
        case Why.STALE if answer.on is None:
            return (
                _("%(seen)s, belum pernah dipastikan") % words
                if seen
                else _("Profil belum pernah dipastikan")
            )
        case Why.STALE if not seen:
            return _("Profil terakhir dipastikan %(on)s; bukti berlaku sampai %(until)s") % words
        case Why.STALE:
            return _("%(seen)s, %(on)s; hanya berlaku sampai %(until)s, tidak dihitung") % words
        case Why.NOT_APPLICABLE:
            return _("Penilai mencatat butir ini tidak berlaku, %(on)s") % words
        case Why.OTHER_UNIT:
            return _("%(seen)s, satuannya lain sehingga tidak dapat dibandingkan") % words
        case Why.UNSURE:
            return _("%(seen)s, bisa cukup dan bisa kurang") % words
    return _dated(answer, seen, words)


def _dated(answer: Answer, seen: str, words: dict) -> str:
    if isinstance(answer.evidence, PaperKnown):
        if answer.until and not answer.evidence.expires_on:
            return _("%(seen)s tanpa tanggal habis, dipastikan %(on)s") % words
        return (
            _("%(seen)s berlaku sampai %(until)s") % words if answer.until else _("%(seen)s tercatat") % words
        )
    if isinstance(answer.evidence, ScoreKnown):
        return _("%(seen)s, dinilai %(on)s") % words
    if isinstance(answer.evidence, RateKnown):
        return _("%(seen)s sampai %(on)s") % words
    return _("%(seen)s, dipastikan %(on)s") % words


def evidence_of(answer: Answer, *, in_full: bool) -> str:
    """Return what was looked at: a score of its scale, a paper, a machine, a figure."""
    match answer.evidence:
        case ScoreKnown(value=None):
            return ""
        case ScoreKnown(value=value, scale_max=most) if in_full:
            return _("Nilai %(n)s dari %(m)s") % {"n": value, "m": most}
        case ScoreKnown():
            return _("Asesmen resmi")
        case PaperKnown(kind=kind, words=words):
            is_named = answer.ask.kind is Kind.CERTIFICATE
            return answer.ask.subject if is_named and words else str(DOCUMENT_WORDS.get(kind, kind))
        case ThingKnown(name=name, measure=None):
            return name
        case ThingKnown(name=name, measure=measure, unit=unit):
            return f"{name} {number(measure, 3, trim=True)} {unit}".strip()
        case RangeKnown(low=low, high=high, unit=unit):
            count = number(low) if low == high else f"{number(low)}–{number(high)}"
            return _("%(count)s %(unit)s sebulan") % {"count": count, "unit": unit}
        case RateKnown(value=value, months=months):
            rate = percent(value) if answer.ask.kind is Kind.ON_TIME else f"{number(value)} ppm"
            span = ngettext("%(count)s bulan", "%(count)s bulan", months) % {"count": months}
            return _("%(rate)s selama %(span)s terakhir yang ditutup") % {"rate": rate, "span": span}
        case str() as name:
            return name
    return ""
