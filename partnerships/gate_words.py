"""One gate of supply clearance in words: what it asks, the figure of the day, and who acts when it is unmet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from closedloop.core import formats
from partnerships.clearance import CLASS_WORDS, Paper, Rule, rule_in_words
from partnerships.clearance_history import read


@dataclass(frozen=True)
class Gate:
    """`evidence`: codes of findings or ids of papers, by which a page links; `tone` is that of its badge."""

    rule: str
    asks: str
    figure: str
    acts: str
    tone: str
    state: str
    evidence: list[str]


def gates_in_words(gates: list[dict], facts: Mapping[str, Any]) -> list[Gate]:
    """Return every gate as it was stored, met or not, in the reader's language."""
    return [in_words(gate, facts) for gate in gates]


def in_words(gate: dict, facts: Mapping[str, Any]) -> Gate:
    rule, subject, met = gate["rule"], gate["subject"], gate["met"]
    lapsed = gate["detail"] == Paper.EXPIRED
    return Gate(
        rule=rule,
        asks=rule_in_words(rule, subject),
        figure=figure_of(gate, facts),
        acts="" if met else who_acts(rule),
        tone="ok" if met else "todo" if lapsed else "bad",
        state=_("Terpenuhi") if met else _("Habis") if lapsed else _("Belum"),
        evidence=evidence_of(rule, subject, facts),
    )


def figure_of(gate: dict, facts: Mapping[str, Any]) -> str:
    """Return what was found for the gate, as a reader checks it."""
    match Rule(gate["rule"]):
        case Rule.CLASS:
            level = facts["class_level"]
            return str(CLASS_WORDS[level]) if level else _("Belum ada kelas")
        case Rule.MODULE:
            return _("Lulus") if gate["met"] else _("Belum lulus")
        case Rule.FINDING:
            return _("%(count)s terbuka") % {"count": facts["open_critical_findings"]}
        case Rule.DOCUMENT:
            return paper_in_words(facts["papers"].get(gate["subject"], []))
        case _:
            day = read(facts["sample_approved_on"])
            return formats.date_medium(day) if day else _("Belum disetujui")


def paper_in_words(papers: list[dict]) -> str:
    """Return until when the papers of a kind hold: the last day of the longest, or that there is none."""
    if not papers:
        return _("Belum ada")
    if any(not one["expires_on"] for one in papers):
        return _("Tanpa batas waktu")
    last = max(filter(None, (read(one["expires_on"]) for one in papers)))
    return _("Berlaku sampai %(day)s") % {"day": formats.date_medium(last)}


def who_acts(rule: str) -> str:
    match Rule(rule):
        case Rule.CLASS:
            return _("Penilai menilai, lalu Sidang Kelas memutuskan")
        case Rule.MODULE:
            return _("IKM mengikuti dan menyelesaikan modul ini")
        case Rule.FINDING:
            return _("IKM memperbaiki, pendamping menutup")
        case Rule.DOCUMENT:
            return _("IKM mengunggah dokumen yang berlaku")
        case _:
            return _("IKM mengirim sampel, pembeli memutuskan")


def evidence_of(rule: str, subject: str, facts: Mapping[str, Any]) -> list[str]:
    match Rule(rule):
        case Rule.FINDING:
            return list(facts["finding_codes"])
        case Rule.DOCUMENT:
            return [one["id"] for one in facts["papers"].get(subject, []) if one["id"]]
    return []
