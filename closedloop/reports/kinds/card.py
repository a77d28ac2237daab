"""Kartu Kemajuan: where one IKM stands and what comes next, for its owner, on one page."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.class_rules import next_level
from assessments.plan_page import Plan, plan_of
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.core import charts, formats
from closedloop.figures.pipeline import decisions
from closedloop.reports import sections
from closedloop.reports.desk import Desk
from closedloop.reports.frame import add_figures, base_context, text
from closedloop.reports.kinds import enterprise
from closedloop.reports.models import Kind
from closedloop.reports.workbook import Cell
from participants.models import ClassLevel, Enterprise
from trainings.models import TrainingSession

KIND = Kind.CARD
PREFIX = "KKI"
TEMPLATE = "reports/pdf/card.html"

HEADLINES = ["scores.last", "attendance.rate", "scores.findings_open", "qcd.on_time"]
FIGURES = [*HEADLINES, "scores.change", "attendance.modules_passed", "scores.findings_critical"]
# what one page holds: longer lists say how much they leave out
MOST_MISSING, MOST_STEPS, MOST_FINDINGS, MOST_SESSIONS, MOST_MODULES = 3, 3, 3, 2, 8
LONGEST_LINE, SHORTER_LINE = 80, 28


everything = enterprise.everything


def subjects(user: User) -> QuerySet[Enterprise]:
    """One's own IKM, or those one may know of and work with."""
    if not (user.may(Permission.DOCUMENT_REQUEST) and user.may(Permission.ENTERPRISE_VIEW)):
        return Enterprise.objects.none()
    return everything().visible_to(user)


def snapshots(
    subjects: Sequence[Enterprise], *, language: str, by: User | None, as_of: datetime
) -> Iterator[dict]:
    """Yield everything each card says, in the order of the subjects; what they share is read once."""
    desk = Desk(subjects, language=language, by=by, as_of=as_of)
    for subject in subjects:
        yield one_snapshot(desk, subject)


def one_snapshot(desk: Desk, subject: Enterprise) -> dict:
    sheet, enrolment = desk.sheet.of(subject.pk), desk.enrolments.get(subject.pk)
    mentor, standing = desk.mentor_of(subject), desk.standings[subject.pk]
    found = enterprise.frame_of(KIND, desk, subject)
    add_figures(found, sheet, FIGURES, headlines=HEADLINES)
    held = next((row for row in reversed(sheet.read(decisions).get(subject.pk, []))), None)
    missing = desk.missing.get(subject.pk)
    return found | {
        "class": sections.class_words(subject.class_level),
        "since": formats.date_medium(subject.class_since) if subject.class_since else "",
        "valid_until": formats.date_medium(held.valid_until) if held and held.valid_until else "",
        "next_class": str(ClassLevel(next_level(subject.class_level)).label),
        "stage": standing.label,
        "next_step": standing.next_step.text,
        "who": standing.next_step.who,
        "missing": None if missing is None else shortened(missing, MOST_MISSING),
        "scores": [
            {name: row[name] for name in ("code", "name", "last", "last_text", "target")}
            for row in sections.dimension_rows(desk, subject)["rows"]
        ],
        "steps": steps(plan_of(subject, desk.by) if desk.by else None),
        "findings": shortened(finding_lines(sections.finding_rows(sheet)), MOST_FINDINGS),
        "modules": [
            {name: row[name] for name in ("code", "rate", "state", "tone")}
            | {"name": shorten(row["name"], SHORTER_LINE)}
            for row in sections.module_rows(sheet)
        ][:MOST_MODULES],
        "sessions": session_rows(enrolment, desk.as_of),
        "mentor": text(mentor and mentor.full_name),
        "signers": [],
    }


def shortened(lines: list[str], most: int) -> dict:
    """Return the first lines, each cut where one page ends to hold it, and how many are left out."""
    return {"lines": [shorten(line) for line in lines[:most]], "more": max(len(lines) - most, 0)}


def shorten(line: str, most: int = LONGEST_LINE) -> str:
    return textwrap.shorten(line, most, placeholder=" …")


def steps(plan: Plan | None) -> dict:
    """Return the steps of the plan that lift the score most."""
    lines = [
        _("%(code)s %(name)s, tenggat %(day)s")
        % {
            "code": row.item.criterion.code,
            "name": row.item.criterion.title,
            "day": formats.date_medium(row.item.due_on),
        }
        for row in (plan.rows if plan else [])
    ]
    return shortened(lines, MOST_STEPS)


def finding_lines(found: dict) -> list[str]:
    words = _("%(problem)s, tenggat %(day)s")
    late = _("%(problem)s, lewat tenggat %(day)s")
    return [
        (late if row["late"] else words) % {"problem": row["problem"], "day": row["due"]}
        for row in found["open"]
    ]


def session_rows(enrolment, as_of: datetime) -> list[dict]:
    """Return the next sessions of the cohort, on the clock of their place."""
    if enrolment is None:
        return []
    rows = TrainingSession.objects.filter(
        cohort=enrolment.cohort_id, status=TrainingSession.Status.SCHEDULED, starts_at__gt=as_of
    ).with_place()
    return [
        {
            "on": formats.date_long(row.day),
            "time": formats.time_range(row.starts_at, row.ends_at, row.zone),
            "title": shorten(row.title, SHORTER_LINE),
            "place": shorten(row.place, SHORTER_LINE),
        }
        for row in rows.order_by("starts_at")[:MOST_SESSIONS]
    ]


def cells(snapshot: dict) -> Iterator[Cell]:
    """Yield the scores of the dimensions and the modules; the figures come from elsewhere."""
    for row in snapshot["scores"]:
        yield Cell(_("Penilaian"), row["name"], _("Terakhir"), row["last"], "score", text=row["last_text"])
        yield Cell(_("Penilaian"), row["name"], _("Syarat"), row["target"], "score")
    for row in snapshot["modules"]:
        yield Cell(
            _("Pelatihan"), f"{row['code']} {row['name']}", _("Status"), row["state"], text=row["rate"]
        )


def context(snapshot: dict) -> dict:
    """Return what the template needs: bars of the dimensions with what the next class asks."""
    bars = [
        charts.Bar(enterprise.short_name(row), row["last"], requirement=row["target"])
        for row in snapshot["scores"]
    ]
    label = _("Nilai per bidang dan syarat kelas %(name)s") % {"name": snapshot["next_class"]}
    drawings = {"scores": charts.bars(bars, label=label, decimals=1, width=480)}
    return base_context(snapshot, drawings)
