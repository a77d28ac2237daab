"""Berita Acara Sidang Kelas: the minutes of one class decision, from what the decision stored and nothing else.

The paper is of the moment of the decision: whoever asks for it, and whenever, reads the same words.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.models import ClassDecision
from assessments.snapshots import requirements_from
from assessments.stored import stored_board
from assessments.stored_minutes import Minutes, minutes_of
from assessments.wording import figure, line_of
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.core import formats
from closedloop.reports.frame import base_context, frame, pairs, text
from closedloop.reports.models import Kind
from participants.models import ClassLevel

KIND = Kind.MINUTES
PREFIX = "BAS"
TEMPLATE = "reports/pdf/minutes.html"


def everything() -> QuerySet[ClassDecision]:
    return ClassDecision.objects.decided()


def subjects(user: User) -> QuerySet[ClassDecision]:
    """Decisions one may know of, of lead, staff and owner."""
    if not user.may(Permission.MINUTES_REQUEST):
        return ClassDecision.objects.none()
    return ClassDecision.objects.visible_to(user).decided()


def snapshots(
    subjects: Sequence[ClassDecision], *, language: str, by: User | None, as_of: datetime
) -> Iterator[dict]:
    """Yield everything each paper will say, in the order of the subjects."""
    for subject in subjects:
        yield one_snapshot(subject, language=language)


def one_snapshot(subject: ClassDecision, *, language: str) -> dict:
    """Return everything the paper will say; who asks and the clock of today have no part in it."""
    stored, minutes = subject.snapshot, minutes_of(subject)
    found = frame(
        KIND,
        heading=stored["enterprise"]["name"],
        line=" · ".join((minutes.heading, stored["cohort"]["name"])),
        filters=[(_("Nomor berita acara"), minutes.number), (_("Diputuskan"), formats.moment(minutes.at))],
        language=language,
        by=None,
        as_of=minutes.at,
    )
    return found | {
        "requested_by": "",
        "requested_role": "",
        "facts": facts(stored, minutes),
        "public": public(minutes),
        "scores": score_rows(subject),
        "inputs": input_rows(stored, language),
        "gates": gate_rows(stored, language),
        "reason": minutes.reason,
        "conditions": [
            {"text": words, "due": formats.date_medium(due) if due else formats.unknown()}
            for words, due in minutes.conditions
        ],
        "board": [
            {"name": one.name, "title": text(one.title), "declared": _("Ya") if one.has_declared else "–"}
            for one in minutes.board
        ],
        "evidence": evidence_rows(stored),
        "hash": subject.snapshot_sha256,
        "signers": signers(minutes),
    }


def step(minutes: Minutes) -> str:
    """Return from which class to which; in words, because the typeface of the paper has no arrow."""
    names = {"before": class_name(minutes.level_before), "after": minutes.level_name}
    return _("%(before)s menjadi %(after)s") % names


def class_name(level: int | None) -> str:
    return str(ClassLevel(level).label) if level else _("belum pernah diputuskan")


def facts(stored: dict, minutes: Minutes) -> list[list[str]]:
    recommended = str(ClassDecision.Outcome(stored["recommended"]["outcome"]).label)
    assessment = stored["assessment"]
    visited = formats.date_medium(date.fromisoformat(assessment["visited_on"]))
    override = "" if minutes.is_recommended else _("; sidang memutuskan lain")
    return [
        ["IKM", f"{stored['enterprise']['name']} ({stored['enterprise']['code']})"],
        [_("Angkatan"), stored["cohort"]["name"]],
        [_("Keputusan"), minutes.outcome_label],
        [_("Kelas"), step(minutes)],
        [_("Rekomendasi sistem"), f"{recommended}{override}"],
        [_("Pengusul"), text(minutes.proposed_by)],
        [_("Berlaku sampai"), formats.date_medium(minutes.valid_until)],
        [_("Dinilai ulang mulai"), formats.date_medium(minutes.reassess_on)],
        [_("Keberatan sampai"), formats.date_medium(minutes.objection_until)],
        [_("Penilaian"), f"{assessment['code']}, {visited}"],
        [_("Penilai"), text(assessment["assessor"])],
        [_("Peninjau"), text(assessment["reviewer"])],
        [_("Rubrik"), assessment["rubric"]],
        [_("Syarat kelas"), _("versi %(version)s") % {"version": stored["scheme"]["version"]}],
    ]


def public(minutes: Minutes) -> list[list[str]]:
    """Return what a stranger with the paper in hand may compare; no personal names."""
    return [
        [_("Nomor berita acara"), minutes.number],
        [_("Keputusan"), minutes.heading],
        [_("Diputuskan"), formats.moment(minutes.at)],
        [_("Berlaku sampai"), formats.date_medium(minutes.valid_until)],
    ]


def score_rows(subject: ClassDecision) -> dict:
    held = stored_board(subject)
    return {
        "level": held.level_name,
        "rows": [
            {
                "code": line.code,
                "name": line.name,
                "weight": formats.number(line.weight, 2, trim=True),
                "before": figure(line.before) if line.before is not None else "–",
                "score": line.shown,
                "floor": figure(line.floor) if line.floor is not None else "–",
                "distance": line.distance or "–",
                "short": line.is_short,
            }
            for line in held.lines
        ],
        "overall": figure(held.overall, held.floor),
        "before": figure(held.before) if held.before is not None else "–",
        "floor": figure(held.floor) if held.floor is not None else "–",
        "title": held.title,
    }


def input_rows(stored: dict, language: str) -> list[list[str]]:
    """Return what besides the scores the decision rested on, in words."""
    inputs, names = stored["inputs"], stored["names"][language]

    def listed(kind: str, codes: list[str]) -> str:
        return ", ".join(names.get(f"{kind}:{code}", code) for code in codes) or _("tidak ada")

    ages = inputs["critical_ages"]
    months = [date.fromisoformat(one["month"]) for one in inputs["months"]]
    span = f"{formats.month_long(months[0])} – {formats.month_long(months[-1])}" if months else _("tidak ada")
    return [
        [_("Modul lulus"), listed("module", inputs["modules"])],
        [_("Dokumen berlaku"), listed("document", inputs["documents"])],
        [
            _("Temuan kritis terbuka"),
            _("%(n)s, umur %(days)s hari") % {"n": len(ages), "days": ", ".join(map(str, ages))}
            if ages
            else _("tidak ada"),
        ],
        [
            _("Rapor bulanan"),
            _("%(n)s bulan: %(span)s") % {"n": len(months), "span": span} if months else span,
        ],
    ]


def gate_rows(stored: dict, language: str) -> dict:
    """Return every requirement of the class with its figure, and how far it was to go."""
    words = {True: _("Terpenuhi"), False: _("Belum"), None: _("Tidak berlaku")}
    lines = [line_of(verdict, stored["names"][language]) for verdict in requirements_from(stored)]
    return {
        "rows": [
            {
                "rule": line.rule,
                "met": words[line.met],
                "tone": {True: "polos", False: "tidak", None: "belum"}[line.met],
                "value": line.value or "–",
                "note": line.evidence or "–",
            }
            for line in lines
        ],
        "n": sum(line.met is True for line in lines),
        "m": sum(line.met is not None for line in lines),
        "is_example": stored["scheme"]["is_example"],
    }


def evidence_rows(stored: dict) -> list[dict]:
    return [
        {
            "criterion": item["criterion"],
            "caption": text(item["caption"]),
            "on": formats.date_short(date.fromisoformat(item["taken_on"])),
            "sha256": item["sha256"] or "–",
        }
        for item in stored["evidence"]
    ]


def signers(minutes: Minutes) -> list[dict]:
    """Return a block for every member and, last, for who signs the decision."""
    first, *others = minutes.board
    found = [{"role": _("Anggota sidang,"), "name": one.name, "title": one.title} for one in others]
    return [*found, {"role": _("Ketua sidang,"), "name": first.name, "title": first.title}]


def context(snapshot: dict) -> dict:
    """Return what the template needs: the snapshot, its facts in two columns, its signatures in rows of three."""
    signers = snapshot["signers"]
    rows = [signers[at : at + 3] for at in range(0, len(signers), 3)]
    return {**base_context(snapshot), "facts": pairs(snapshot["facts"]), "signer_rows": rows}
