"""Supply clearance (*siap pasok*): may this IKM supply this buyer today (domain.md §5.3). Pure functions.

Separate from the class, and per IKM *and* buyer. Only regular orders are gated; trial orders come before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LEAST_CLASS = 3  # Pra-Mandiri
NEEDED_MODULES = ("BM", "5R", "K3L", "TEK", "KEU")
MANDATORY_DOCUMENTS = ("nib", "npwp", "environment", "bpjs")  # the legal papers of class L3, domain.md §5.3

CLASS_WORDS = {
    1: gettext_lazy("Pemula"),
    2: gettext_lazy("Madya"),
    3: gettext_lazy("Pra-Mandiri"),
    4: gettext_lazy("Mandiri"),
}
DOCUMENT_WORDS = {
    "nib": "NIB",
    "npwp": "NPWP",
    "deed": gettext_lazy("Akta dan SK"),
    "environment": gettext_lazy("Persetujuan lingkungan"),
    "bpjs": "BPJS",
    "siinas": "SIINas",
    "integrity": gettext_lazy("Pakta integritas"),
    "iso9001": "ISO 9001",
    "other": gettext_lazy("Dokumen lain"),
}


class Paper(StrEnum):
    """A mandatory document on one day."""

    VALID = "valid"
    EXPIRED = "expired"  # there was one, and it ran out
    MISSING = "missing"


class Rule(StrEnum):
    CLASS = "class"
    MODULE = "module"
    FINDING = "finding"
    DOCUMENT = "document"
    SAMPLE = "sample"


@dataclass(frozen=True)
class Proof:
    """One paper that can stand for its kind; without days it is a number in the registry, which never runs out."""

    issued_on: date | None = None
    expires_on: date | None = None
    id: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known of one IKM and one buyer on one day; `proofs` and `finding_codes` are the evidence behind it."""

    class_level: int | None
    modules_passed: frozenset[str]
    open_critical_findings: int
    papers: Mapping[str, Paper]
    sample_approved_on: date | None = None
    needed_modules: Sequence[str] = NEEDED_MODULES
    proofs: Mapping[str, Sequence[Proof]] = field(default_factory=dict)
    finding_codes: Sequence[str] = ()


@dataclass(frozen=True)
class Check:
    """One rule, whether it is met, and what stands in the way. `is_lapse`: evidence that has run out."""

    rule: Rule
    subject: str = ""
    met: bool = True
    detail: str = ""
    is_lapse: bool = False

    def stored(self) -> dict[str, str]:
        """Return the check as JSON holds it; words are made when it is read, in the reader's language."""
        return {"rule": self.rule.value, "subject": self.subject, "detail": self.detail}


@dataclass(frozen=True)
class Judgement:
    """`status` is a value of SupplyClearance.Status; `checks` holds every rule, met or not."""

    status: str
    checks: list[Check] = field(default_factory=list)

    @property
    def unmet(self) -> list[Check]:
        return [check for check in self.checks if not check.met]


def paper_on(proofs: Iterable[Proof], day: date) -> Paper:
    """Return the state of one kind of document from its papers; without a last day one never runs out."""
    proofs = list(proofs)
    for one in proofs:
        if (not one.issued_on or one.issued_on <= day) and (not one.expires_on or day <= one.expires_on):
            return Paper.VALID
    has_lapsed = any(one.expires_on and one.expires_on < day for one in proofs)
    return Paper.EXPIRED if has_lapsed else Paper.MISSING


def checks(facts: Facts, day: date) -> list[Check]:
    """Return every rule of domain.md §5.3 with its result."""
    level = facts.class_level
    found = [Check(Rule.CLASS, met=level is not None and level >= LEAST_CLASS, detail=str(level or ""))]
    found += [
        Check(Rule.MODULE, subject=code, met=code in facts.modules_passed) for code in facts.needed_modules
    ]
    critical = facts.open_critical_findings
    found.append(Check(Rule.FINDING, met=critical == 0, detail=str(critical)))
    for kind in MANDATORY_DOCUMENTS:
        paper = facts.papers.get(kind, Paper.MISSING)
        lapse = paper is Paper.EXPIRED
        found.append(
            Check(Rule.DOCUMENT, subject=kind, met=paper is Paper.VALID, detail=paper.value, is_lapse=lapse)
        )
    sample = facts.sample_approved_on
    found.append(Check(Rule.SAMPLE, met=sample is not None and sample <= day))
    return found


def judge(facts: Facts, day: date) -> Judgement:
    """Return ready when all is met, conditional when only papers have run out, not ready otherwise."""
    results = checks(facts, day)
    unmet = [check for check in results if not check.met]
    if not unmet:
        return Judgement("ready", results)
    return Judgement("conditional" if all(check.is_lapse for check in unmet) else "not_ready", results)


# --- Words --------------------------------------------------------------------------------------------
def rule_in_words(rule: str, subject: str = "") -> str:
    """Return what the rule asks for, in the reader's language."""
    match Rule(rule):
        case Rule.CLASS:
            return _("Kelas Pra-Mandiri atau lebih")
        case Rule.MODULE:
            return _("Lulus modul %(code)s") % {"code": subject}
        case Rule.FINDING:
            return _("Tidak ada temuan kritis terbuka")
        case Rule.DOCUMENT:
            return _("%(paper)s berlaku") % {"paper": DOCUMENT_WORDS.get(subject, subject)}
        case _:
            return _("Sampel disetujui pembeli ini")


def unmet_in_words(entry: Mapping[str, str]) -> str:
    """Return one stored unmet rule as a sentence, in the reader's language."""
    subject, detail = entry.get("subject", ""), entry.get("detail", "")
    match Rule(entry["rule"]):
        case Rule.CLASS if detail:
            return _("Kelas %(now)s; perlu Pra-Mandiri atau lebih") % {"now": CLASS_WORDS[int(detail)]}
        case Rule.CLASS:
            return _("Belum ada kelas; perlu Pra-Mandiri atau lebih")
        case Rule.MODULE:
            return _("Modul %(code)s belum lulus") % {"code": subject}
        case Rule.FINDING:
            return _("%(count)s temuan kritis masih terbuka") % {"count": detail}
        case Rule.DOCUMENT if detail == Paper.EXPIRED:
            return _("%(paper)s sudah habis masa berlakunya") % {
                "paper": DOCUMENT_WORDS.get(subject, subject)
            }
        case Rule.DOCUMENT:
            return _("%(paper)s belum ada") % {"paper": DOCUMENT_WORDS.get(subject, subject)}
        case _:
            return _("Sampel belum disetujui pembeli ini")
