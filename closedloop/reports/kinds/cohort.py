"""Laporan Angkatan (domain.md §10.2): one cohort for those who lead it, with every IKM in it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.inputs import stored_scores
from assessments.models import CohortRubric, Dimension, Finding, Score
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core import charts, formats
from closedloop.figures.attendance import training
from closedloop.figures.catalogue import Scope, Sheet
from closedloop.figures.pipeline import decisions
from closedloop.figures.scores import assessed, findings
from closedloop.figures.stages import standings_in
from closedloop.reports import sections
from closedloop.reports.frame import add_figures, base_context, frame, plain
from closedloop.reports.models import Kind
from closedloop.reports.versions import versions_of_cohorts
from closedloop.reports.workbook import Cell, exact_cells
from participants.models import ClassLevel, Cohort, Enterprise
from trainings.counting import total
from trainings.words import hours_text

KIND = Kind.COHORT
PREFIX = "LPA"
TEMPLATE = "reports/pdf/cohort.html"

HEADLINES = ["scores.last", "attendance.rate", "pipeline.promoted", "money.accepted"]
FIGURES = [
    *HEADLINES,
    "pipeline.enterprises",
    "pipeline.funnel",
    "pipeline.stages",
    "pipeline.days",
    "pipeline.provinces",
    "pipeline.ready",
    "scores.classes",
    "scores.assessed",
    "scores.first",
    "scores.change",
    "scores.findings_open",
    "scores.findings_critical",
    "attendance.sessions",
    "attendance.modules_passed",
    "attendance.verified",
    "qcd.on_time",
    "qcd.ppm",
    "money.promised",
    "money.ordered",
    "money.delivered",
    "money.invoiced",
    "money.paid",
    "money.fulfilment",
]
BANDS = ((0, 40), (40, 50), (50, 60), (60, 70), (70, 80), (80, 90), (90, 101))


def everything() -> QuerySet[Cohort]:
    return Cohort.objects.all()


def subjects(user: User) -> QuerySet[Cohort]:
    """Cohorts, for those who oversee the programme: the report names every IKM in one."""
    if not user.may(Permission.REPORT_REQUEST) or not user.may(Permission.PROGRAMME_VIEW):
        return Cohort.objects.none()
    return Cohort.objects.visible_to(user)


def snapshots(
    subjects: Sequence[Cohort], *, language: str, by: User | None, as_of: datetime
) -> Iterator[dict]:
    """Yield everything each report will say, in the order of the subjects."""
    for subject in subjects:
        yield one_snapshot(subject, language=language, by=by, as_of=as_of)


def one_snapshot(subject: Cohort, *, language: str, by: User | None, as_of: datetime) -> dict:
    """Return everything the report will say of this cohort."""
    scope = Scope(user=by, cohort=subject, as_of=as_of)
    sheet = Sheet(scope)
    found = frame(
        KIND,
        heading=subject.name,
        line=" · ".join(
            part
            for part in (
                subject.sector,
                subject.region,
                formats.date_range(subject.starts_on, subject.ends_on),
                subject.get_status_display(),
            )
            if part
        ),
        filters=[(_("Data"), _("sampai %(moment)s") % {"moment": formats.moment(as_of)})],
        language=language,
        by=by,
        as_of=as_of,
    )
    found["versions"] = versions_of_cohorts(
        CohortRubric.objects.filter(cohort=subject).select_related("rubric", "scheme")
    )
    add_figures(found, sheet, FIGURES, headlines=HEADLINES)
    enterprises = list(
        scope.enterprises().select_related("regency").prefetch_related("processes").order_by("name")
    )
    return found | {
        "modules": module_rows(sheet),
        "dimensions": dimension_rows(sheet),
        "histogram": histogram(sheet),
        "lowest": lowest_items(sheet),
        "transitions": transitions(sheet),
        "critical": critical_rows(sheet, enterprises),
        "processes": process_rows(enterprises),
        "enterprises": enterprise_rows(sheet, enterprises),
        "signers": signers(),
    }


def module_rows(sheet: Sheet) -> list[dict]:
    """Return attendance and passes per module, over all IKM of the cohort."""
    items = defaultdict(list)
    for rows in sheet.read(training).values():
        for _enrolment, modules in rows:
            for item in modules:
                items[item.module.order, item.module.code, item.module.title].append(item)
    found = []
    for (_order, code, title), progress in sorted(items.items()):
        share = total(item.attendance for item in progress)
        marks = [item.post_mark for item in progress if item.post_mark is not None]
        passed = sum(item.is_passed for item in progress)
        found.append(
            {
                "code": code,
                "name": title,
                "rate": None if share.ratio is None else float(share.ratio * 100),
                "rate_text": formats.percent(share.ratio),
                "sessions": sections.sessions_of(share),
                "hours": f"{hours_text(share.jp_present)} / {formats.number(share.jp_held)}",
                "mark": sections.dash(sum(marks) / len(marks) if marks else None, 1),
                "passed": _("%(n)s dari %(m)s") % {"n": passed, "m": len(progress)},
                "required": float(progress[0].module.min_attendance * 100),
            }
        )
    return found


def dimension_rows(sheet: Sheet) -> list[dict]:
    """Return the mean of each dimension, first and last, over the IKM that were assessed."""
    rows = list(sheet.read(assessed).values())
    if not rows:
        return []
    first, last = defaultdict(list), defaultdict(list)
    for row in rows:
        for code, value in stored_scores(row.last).items():
            if value is not None:
                last[code].append(value)
        if len(row.official) > 1:
            for code, value in stored_scores(row.first).items():
                if value is not None:
                    first[code].append(value)
    dimensions = Dimension.objects.filter(rubric=rows[-1].last.rubric_id).order_by("order")
    return [
        {
            "name": dimension.title,
            "code": dimension.code,
            "first": mean(first[dimension.code]),
            "last": mean(last[dimension.code]),
            "lowest": sections.number_or_none(min(last[dimension.code], default=None)),
            "highest": sections.number_or_none(max(last[dimension.code], default=None)),
            "count": len(last[dimension.code]),
        }
        for dimension in dimensions
    ]


def mean(values: list[Decimal]) -> float | None:
    return float(sum(values) / len(values)) if values else None


def histogram(sheet: Sheet) -> dict:
    """Return how many IKM have their last overall score in each band."""
    scores = [row.last.overall for row in sheet.read(assessed).values()]
    names = [f"{low}–{min(high, 100)}" for low, high in BANDS]
    counts = [sum(low <= score < high for score in scores) for low, high in BANDS]
    return {"names": names, "counts": counts if scores else [None] * len(BANDS)}


def lowest_items(sheet: Sheet, limit: int = 5) -> list[dict]:
    """Return the check items with the lowest mean in the last assessments: what most IKM lack."""
    last = [row.last.pk for row in sheet.read(assessed).values()]
    sums = defaultdict(list)
    scores = Score.objects.filter(assessment__in=last, value__isnull=False)
    for score in scores.select_related("criterion__dimension"):
        sums[score.criterion].append(score.value)
    ordered = sorted(sums.items(), key=lambda pair: (sum(pair[1]) / len(pair[1]), pair[0].code))
    return [
        {
            "code": criterion.code,
            "text": criterion.title,
            "field": criterion.dimension.title,
            "mean": formats.number(Decimal(sum(values)) / len(values), 1),
            "count": formats.number(len(values)),
        }
        for criterion, values in ordered[:limit]
    ]


def transitions(sheet: Sheet) -> dict:
    """Return how many IKM went from which class to which, by the board's decisions."""
    counts: dict[tuple, int] = defaultdict(int)
    for rows in sheet.read(decisions).values():
        counts[rows[0].level_before or 0, rows[-1].level_after] += 1
    levels = [(0, _("Belum ada kelas")), *((level.value, str(level.label)) for level in ClassLevel)]
    return {
        "names": [name for _value, name in levels[1:]],
        "rows": [
            {"name": name, "cells": [counts[value, after] for after, _name in levels[1:]]}
            for value, name in levels
            if any(before == value for before, _after in counts)
        ],
    }


def critical_rows(sheet: Sheet, enterprises: list[Enterprise], limit: int = 15) -> dict:
    """Return the open critical findings, the oldest first."""
    names, day = {one.pk: one.display_name for one in enterprises}, sheet.scope.day
    rows = [
        finding
        for key, found in sheet.read(findings).items()
        for finding in found
        if key in names and finding.is_critical and finding.status != Finding.Status.CLOSED
    ]
    rows.sort(key=lambda finding: (finding.found_on, finding.problem))
    return {
        "rows": [
            {
                "enterprise": names[finding.enterprise_id],
                "problem": finding.problem,
                "item": finding.criterion.code if finding.criterion else "",
                "age": formats.number((day - finding.found_on).days),
                "due": formats.date_short(finding.due_on),
                "late": finding.due_on < day,
                "state": finding.get_status_display(),
            }
            for finding in rows[:limit]
        ],
        "left_out": max(len(rows) - limit, 0),
    }


def process_rows(enterprises: list[Enterprise]) -> list[dict]:
    """Return how many IKM master each process; an IKM may have several."""
    counts: dict[str, int] = defaultdict(int)
    for enterprise in enterprises:
        for process in enterprise.processes.all():
            counts[process.name] += 1
    return [
        {"name": name, "count": count}
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def enterprise_rows(sheet: Sheet, enterprises: list[Enterprise]) -> list[dict]:
    """Return one row per IKM; the figures are those of its own report."""
    standings = sheet.read(standings_in)
    found = []
    for enterprise in enterprises:
        own = sheet.of(enterprise.pk)
        figures = own.values(
            [
                "scores.first",
                "scores.last",
                "attendance.rate",
                "attendance.sessions",
                "money.accepted",
                "scores.findings_open",
            ]
        )
        twice = own.value("scores.change").is_known
        found.append(
            {
                "name": enterprise.display_name,
                "place": enterprise.regency.short_name,
                "level": str(ClassLevel(enterprise.class_level).label) if enterprise.class_level else "–",
                "first": sections.score(figures["scores.first"].value if twice else None),
                "last": sections.score(figures["scores.last"].value),
                "rate": figures["attendance.rate"].text if figures["attendance.rate"].is_known else "–",
                "sessions": figures["attendance.sessions"].of,
                "findings": sections.dash(figures["scores.findings_open"].value),
                "accepted": figures["money.accepted"].short if figures["money.accepted"].is_known else "–",
                "stage": standings[enterprise.pk].label,
                "exact": {code: plain(figure.value) for code, figure in figures.items()},
            }
        )
    return found


def signers() -> list[dict]:
    """Return who signs: whoever asked for it on behalf of the programme, and the lead."""
    lead = User.objects.filter(role=Role.LEAD, is_active=True).order_by("created_at").first()
    return [
        {"role": _("Dibuat oleh,"), "name": "", "title": _("Sekretariat program")},
        {
            "role": _("Mengetahui,"),
            "name": lead.full_name if lead else "",
            "title": (lead and lead.title) or _("Pimpinan program"),
        },
    ]


def cells(snapshot: dict) -> Iterator[Cell]:
    """Yield a row per IKM and figure, and the means of the dimensions."""
    yield from exact_cells(snapshot, "IKM", snapshot["enterprises"])
    for row in snapshot["dimensions"]:
        for name, key in ((_("Awal"), "first"), (_("Terakhir"), "last")):
            yield Cell(_("Rata-rata bidang"), row["name"], name, row[key], "score", records=row["count"])


def context(snapshot: dict) -> dict:
    """Return what the template needs: the snapshot and its drawings."""
    dimensions, modules, histogram_ = snapshot["dimensions"], snapshot["modules"], snapshot["histogram"]
    funnel = snapshot["figures"]["pipeline.funnel"]
    drawings = {
        "modules": charts.bars(
            [charts.Bar(row["code"], row["rate"], requirement=row["required"]) for row in modules],
            label=_("Kehadiran per modul"),
            unit="%",
            decimals=1,
            width=660,
        ),
        "dimensions": charts.dumbbell(
            [row["name"] if len(row["name"]) <= 20 else row["code"] for row in dimensions],
            [row["first"] for row in dimensions],
            [row["last"] for row in dimensions],
            label=_("Rata-rata tiap bidang, awal dan terakhir"),
            width=330,
        ),
        "histogram": charts.columns(
            histogram_["names"],
            histogram_["counts"],
            label=_("Jumlah IKM menurut nilai total terakhir"),
            width=330,
            height=218,
        ),
        "funnel": charts.bars(
            [charts.Bar(part["name"], int(part["value"])) for part in funnel["parts"]],
            label=_("Corong kepesertaan"),
            top=max([int(part["value"]) for part in funnel["parts"]] + [1]),
            width=660,
        ),
    }
    return {**base_context(snapshot, drawings), "stages": stage_rows(snapshot["figures"])}


def stage_rows(figures: dict) -> list[dict]:
    """Return the stages with how many IKM stand there and for how long."""
    days = {
        part["key"]: formats.EN_DASH if part["value"] is None else part["text"]
        for part in figures["pipeline.days"]["parts"]
    }
    return [{**part, "days": days[part["key"]]} for part in figures["pipeline.stages"]["parts"]]
