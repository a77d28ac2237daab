"""Laporan Audit 5R dan K3L: what was seen in each area, item by item, and how findings were mended, with photos."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.area_board import area_boards, parts_from
from assessments.before_after import evidence_of
from assessments.inputs import stored_scores
from assessments.models import Assessment, Finding
from assessments.sheet import Sheet
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.core import charts, formats
from closedloop.reports.audited import dimension_part
from closedloop.reports.desk import AUDITED
from closedloop.reports.frame import base_context, frame, pairs, text
from closedloop.reports.models import Kind
from closedloop.reports.photos import photo
from closedloop.reports.workbook import Cell, decimal
from participants.models import Person

KIND = Kind.AUDIT
PREFIX = "LAU"
TEMPLATE = "reports/pdf/audit.html"


def everything() -> QuerySet[Assessment]:
    return with_names(Assessment.objects.official())


def subjects(user: User) -> QuerySet[Assessment]:
    """The official assessments one may know of."""
    if not (user.may(Permission.DOCUMENT_REQUEST) and user.may(Permission.ASSESSMENT_VIEW)):
        return Assessment.objects.none()
    return with_names(Assessment.objects.visible_to(user).official())


def with_names(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    return rows.select_related(
        "enterprise__regency", "enrolment__cohort", "rubric", "assessor", "reviewed_by"
    )


def snapshots(
    subjects: Sequence[Assessment], *, language: str, by: User | None, as_of: datetime
) -> Iterator[dict]:
    """Yield everything each report says, in the order of the subjects."""
    for subject in subjects:
        yield one_snapshot(subject, language=language, by=by, as_of=as_of)


def one_snapshot(subject: Assessment, *, language: str, by: User | None, as_of: datetime) -> dict:
    sheet, scores = Sheet(subject), stored_scores(subject)
    dimensions = [one for one in sheet.dimensions if one.code in AUDITED]
    boards = {one.code: one for one in area_boards(dimensions, scores, parts_from(subject.area_scores))}
    parts = [dimension_part(sheet, one, boards.get(one.code), scores.get(one.code)) for one in dimensions]
    found = frame(
        KIND,
        heading=subject.enterprise.display_name,
        line=" · ".join((subject.enterprise.regency.short_name, str(subject.enrolment.cohort))),
        filters=[
            (_("Kunjungan"), formats.date_medium(subject.visited_on)),
            (_("Temuan"), _("sampai %(moment)s") % {"moment": formats.moment(as_of)}),
        ],
        language=language,
        by=by,
        as_of=as_of,
    )
    return found | {
        "facts": facts(subject),
        "parts": parts,
        "findings": finding_parts(subject, [one.pk for one in dimensions]),
        "recommendation": subject.recommendation,
        "signers": signers(subject),
        "public": [
            [_("Penilaian"), subject.code],
            [_("Kunjungan"), formats.date_medium(subject.visited_on)],
            *([f"{part['code']} {part['name']}", part["score"]] for part in parts),
        ],
    }


def facts(subject: Assessment) -> list[list[str]]:
    reviewer = subject.reviewed_by
    return [
        [_("Penilaian"), f"{subject.get_kind_display()}, {subject.code}"],
        [_("Kunjungan"), formats.date_medium(subject.visited_on)],
        [_("Penilai"), subject.assessor.full_name],
        [_("Peninjau"), text(reviewer and reviewer.full_name)],
        [_("Rubrik"), str(subject.rubric)],
        [_("Disetujui"), formats.moment(subject.approved_at)],
    ]


def finding_parts(subject: Assessment, dimensions: list) -> list[dict]:
    """Return the findings that this assessment raised, each with how it was and how it is."""
    rows = Finding.objects.filter(assessment=subject, criterion__dimension__in=dimensions)
    rows = rows.select_related("criterion__dimension", "area").prefetch_related("actions")
    return [finding_part(one) for one in rows.order_by("-is_critical", "criterion__order", "criterion__code")]


def finding_part(finding: Finding) -> dict:
    place = f"{finding.criterion.code} ({finding.area})" if finding.area else finding.criterion.code
    return {
        "place": place,
        "problem": finding.problem,
        "critical": finding.is_critical,
        "cause": text(finding.root_cause),
        "due": formats.date_medium(finding.due_on),
        "state": str(finding.get_status_display()),
        "tone": "belum" if finding.is_open else "ya",
        "actions": [
            f"{action.description} ({action.responsible}, {formats.date_short(action.due_on)})"
            for action in finding.actions.all()
        ],
        "before": before_of(finding, place),
        "after": after_of(finding, place),
    }


def before_of(finding: Finding, place: str) -> dict | None:
    alt = _("Sebelum perbaikan, %(place)s") % {"place": place}
    if finding.before:
        return photo(finding.before, finding.before_sha256, alt=alt, on=finding.found_on)
    first = evidence_of(finding).order_by("created_at").first()
    return photo(first.file, first.sha256, alt=alt, on=first.taken_on) if first else None


def after_of(finding: Finding, place: str) -> dict | None:
    shown = [one for one in finding.actions.all() if one.photo]
    if not shown:
        return None
    last, alt = shown[-1], _("Sesudah perbaikan, %(place)s") % {"place": place}
    return photo(last.photo, last.photo_sha256, alt=alt, on=last.done_on)


def signers(subject: Assessment) -> list[dict]:
    owners = subject.enterprise.people.filter(is_active=True, position=Person.Position.OWNER)
    owner = owners.order_by("created_at").first()
    reviewer = subject.reviewed_by
    return [
        {"role": _("Penilai,"), "name": subject.assessor.full_name, "title": subject.assessor.title},
        {
            "role": _("Ditinjau oleh,"),
            "name": reviewer.full_name if reviewer else "",
            "title": reviewer.title if reviewer else "",
        },
        {
            "role": _("Pihak IKM,"),
            "name": owner.full_name if owner else "",
            "title": subject.enterprise.display_name,
        },
    ]


def cells(snapshot: dict) -> Iterator[Cell]:
    """Yield every score of the paper: of dimensions, of areas, of items."""
    for part in snapshot["parts"]:
        yield Cell(
            part["name"], _("Perusahaan"), _("Nilai"), decimal(part["value"]), "score", text=part["score"]
        )
        for area in part["areas"]:
            yield Cell(
                part["name"], area["name"], _("Nilai"), decimal(area["value"]), "score", text=area["score"]
            )
        for group in part["groups"]:
            for one in group["items"]:
                for name, value, words in zip(group["columns"], one["values"], one["scores"], strict=True):
                    yield Cell(part["name"], f"{one['code']} {one['text']}", name, value, text=words)
    for row in snapshot["findings"]:
        yield Cell(_("Temuan"), f"{row['place']} {row['problem']}", _("Status"), row["state"])


def context(snapshot: dict) -> dict:
    """Return what the template needs; bars of the groups, photos two by two."""
    drawings = {f"kelompok{n}": group_bars(part) for n, part in enumerate(snapshot["parts"])}
    parts = [
        {**part, "bars": f"kelompok{n}", "rows": by_two(part["photos"])}
        for n, part in enumerate(snapshot["parts"])
    ]
    return {**base_context(snapshot, drawings), "facts": pairs(snapshot["facts"]), "parts": parts}


def group_bars(part: dict) -> str:
    reached = [(group["title"], decimal(group["reached"])) for group in part["groups"]]
    return charts.bars(
        [charts.Bar(title, None if value is None else float(value)) for title, value in reached],
        label=_("Nilai %(code)s menurut kelompok butir periksa") % {"code": part["code"]},
        decimals=1,
        width=660,
    )


def by_two(photos: list[dict]) -> list[list[dict | None]]:
    """Return the photos as rows of two; the last place may stay empty."""
    padded = [*photos, None] if len(photos) % 2 else list(photos)
    return [padded[at : at + 2] for at in range(0, len(padded), 2)]
