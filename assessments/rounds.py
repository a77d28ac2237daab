"""Rounds of review: how an assessment stood when it was returned, and what has become of it since. Read only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assessment, ReviewRemark, ReviewRound
from assessments.sheet import Row, Sheet

Standing = Mapping[str, list]  # {item: [value, not applicable, note, ids of its evidence]}
UNTOUCHED = [None, False, "", []]


def key_of(code: str, area_id) -> str:
    """Return the word by which a round knows an item: "R1.1", followed by its area where it has one."""
    return f"{code}@{area_id}" if area_id else code


def standing(sheet: Sheet) -> dict[str, list]:
    """Return what every item says now, fit to be stored with a round."""
    return {
        key_of(row.criterion.code, row.area and row.area.pk): [
            row.value,
            row.score is not None and row.score.not_applicable,
            row.note,
            sorted(str(item.pk) for item in row.evidence),
        ]
        for row in sheet.rows
    }


def changed(before: Standing, after: Standing) -> set[str]:
    """Return the items that say something else than before, or are backed by something else."""
    return {
        key
        for key in {*before, *after}
        if list(before.get(key, UNTOUCHED)) != list(after.get(key, UNTOUCHED))
    }


@dataclass
class Line:
    """One item of a round: what was asked, what it said then and what it says now."""

    row: Row
    before: list
    after: list
    remark: ReviewRemark | None = None

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @property
    def is_answered(self) -> bool:
        return self.is_changed or bool(self.remark and self.remark.reply)

    @property
    def todo(self) -> str:
        """What is left to do, as an instruction."""
        return _("Butir %(code)s: perbaiki atau tanggapi catatan peninjau") % {"code": self.row.place}

    @property
    def said_before(self) -> str:
        return in_words(self.before)

    @property
    def says_now(self) -> str:
        return in_words(self.after)

    @property
    def evidence_words(self) -> str:
        """What happened to the evidence, when anything did."""
        new, gone = (set(self.after[3]) - set(self.before[3]), set(self.before[3]) - set(self.after[3]))
        words = []
        if new:
            words.append(ngettext("%(n)d bukti baru", "%(n)d bukti baru", len(new)) % {"n": len(new)})
        if gone:
            words.append(ngettext("%(n)d bukti dihapus", "%(n)d bukti dihapus", len(gone)) % {"n": len(gone)})
        return ", ".join(words)


def in_words(answer: list) -> str:
    """Return an answer as people read it: "3, “rak berlabel”"."""
    value, not_applicable, note, _evidence = answer
    score = str(value) if value is not None else _("belum dinilai")
    if not_applicable:
        score = _("tidak berlaku")
    return f"{score}, “{note}”" if note else score


@dataclass
class Round:
    """One return with its remarks, and the other items that were changed after it."""

    stored: ReviewRound
    asked: list[Line] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)

    @property
    def unanswered(self) -> list[Line]:
        return [line for line in self.asked if not line.is_answered]


def rounds_of(assessment: Assessment, sheet: Sheet) -> list[Round]:
    """Return every round, the latest first; each is compared with the next, the latest with how it stands now."""
    stored = list(assessment.rounds.select_related("returned_by").prefetch_related("remarks__criterion"))
    if not stored:
        return []
    rows = {key_of(row.criterion.code, row.area and row.area.pk): row for row in sheet.rows}
    ends = [one.answers for one in stored[1:]] + [standing(sheet)]
    return [_round(one, rows, end) for one, end in zip(stored, ends, strict=True)][::-1]


def _round(stored: ReviewRound, rows: Mapping[str, Row], end: Standing) -> Round:
    remarks = {key_of(one.criterion.code, one.area_id): one for one in stored.remarks.all()}
    found = Round(stored)
    moved = changed(stored.answers, end)
    for key, row in rows.items():
        line = Line(row, stored.answers.get(key, UNTOUCHED), list(end.get(key, UNTOUCHED)), remarks.get(key))
        if line.remark:
            found.asked.append(line)
        elif key in moved:
            found.others.append(line)
    return found


def open_round(assessment: Assessment, sheet: Sheet) -> Round | None:
    """Return the round whose remarks the assessor has to answer now; None when it is not returned."""
    if assessment.status != Assessment.Status.RETURNED:
        return None
    return next(iter(rounds_of(assessment, sheet)), None)
