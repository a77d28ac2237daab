"""Assessments, findings and classes."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, Finding
from closedloop.accounts.permissions import Permission
from closedloop.figures.registry import Part, Sheet, Unit, Value, figure, share, unknown
from closedloop.figures.scope import Scope
from participants.models import ClassLevel

SOURCE = "domain.md §5.3"


@dataclass
class Assessed:
    """The official assessments of one IKM, oldest first; a corrected version replaces the one before it."""

    official: list[Assessment] = field(default_factory=list)

    @property
    def first(self) -> Assessment:
        return self.official[0]

    @property
    def last(self) -> Assessment:
        return self.official[-1]


def assessed(scope: Scope) -> dict[UUID, Assessed]:
    """Read the official assessments of the scope's enterprises, of the cohort where one is named."""
    found = (
        Assessment.objects.official()
        .filter(scope.within("visited_on"), enterprise__in=scope.enterprises().values("pk"))
        .select_related("rubric", "assessor")
        .order_by("visited_on", "approved_at")
    )
    if scope.cohort:
        found = found.filter(enrolment__cohort=scope.cohort)
    rows: dict[UUID, Assessed] = defaultdict(Assessed)
    for assessment in found:
        rows[assessment.enterprise_id].official.append(assessment)
    return dict(rows)


def findings(scope: Scope) -> dict[UUID, list[Finding]]:
    """Read the findings of the scope's enterprises with their corrective actions, the most urgent first."""
    rows: dict[UUID, list[Finding]] = defaultdict(list)
    found = Finding.objects.filter(enterprise__in=scope.enterprises().values("pk"))
    found = found.filter(scope.within("found_on")).select_related("criterion__dimension")
    for finding in found.prefetch_related("actions").order_by("due_on"):
        rows[finding.enterprise_id].append(finding)
    return dict(rows)


def levels(scope: Scope) -> dict[UUID, int | None]:
    """Read the present class of each enterprise; None is no class yet."""
    return dict(scope.without_leavers().values_list("pk", "class_level"))


def mean(values: list[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None


@figure(
    "scores.first",
    _("Nilai total awal"),
    Unit.SCORE,
    _("Nilai total penilaian resmi pertama; untuk banyak IKM, rata-ratanya. 0 sampai 100."),
    source=SOURCE,
    permission=Permission.ASSESSMENT_VIEW,
)
def first(sheet: Sheet) -> Value:
    rows = [row.first.overall for row in sheet.read(assessed).values()]
    return Value(mean(rows), len(rows), page="assessments:list")


@figure(
    "scores.last",
    _("Nilai total terakhir"),
    Unit.SCORE,
    _("Nilai total penilaian resmi terakhir (disetujui, bukan penilaian mandiri); untuk banyak IKM, rata-ratanya. "
      "0 sampai 100."),
    source=SOURCE,
    permission=Permission.ASSESSMENT_VIEW,
)  # fmt: skip
def last(sheet: Sheet) -> Value:
    rows = [row.last.overall for row in sheet.read(assessed).values()]
    return Value(mean(rows), len(rows), page="assessments:list")


@figure(
    "scores.change",
    _("Perubahan nilai"),
    Unit.POINTS,
    _(
        "Nilai total terakhir dikurangi nilai total pertama, untuk IKM yang sudah dinilai sedikitnya dua kali "
        "dengan versi rubrik yang sama."
    ),
    source=SOURCE,
    permission=Permission.ASSESSMENT_VIEW,
)
def change(sheet: Sheet) -> Value:
    rows = [
        row.last.overall - row.first.overall
        for row in sheet.read(assessed).values()
        if len(row.official) > 1 and row.first.rubric_id == row.last.rubric_id
    ]
    return Value(mean(rows), len(rows), page="assessments:list")


@figure(
    "scores.assessed",
    _("IKM yang sudah dinilai"),
    Unit.SHARE,
    _("IKM dengan sedikitnya satu penilaian resmi, dari IKM dalam cakupan."),
    source=SOURCE,
    noun="IKM",
    permission=Permission.ASSESSMENT_VIEW,
)
def coverage(sheet: Sheet) -> Value:
    everybody = len(sheet.read(levels))
    return share(len(sheet.read(assessed)), everybody, records=everybody, page="participants:list")


@figure(
    "scores.findings_open",
    _("Temuan terbuka"),
    Unit.COUNT,
    _("Temuan yang belum ditutup."),
    source="domain.md §3.2",
    permission=Permission.FINDING_VIEW,
)
def findings_open(sheet: Sheet) -> Value:
    return counted_findings(sheet, lambda finding: finding.status != Finding.Status.CLOSED)


@figure(
    "scores.findings_critical",
    _("Temuan kritis terbuka"),
    Unit.COUNT,
    _("Temuan kritis yang belum ditutup. Menghalangi naik kelas ke Pra-Mandiri dan siap pasok."),
    source="domain.md §3.2",
    permission=Permission.FINDING_VIEW,
)
def findings_critical(sheet: Sheet) -> Value:
    return counted_findings(
        sheet, lambda finding: finding.is_critical and finding.status != Finding.Status.CLOSED
    )


@figure(
    "scores.findings_overdue",
    _("Temuan lewat tenggat"),
    Unit.COUNT,
    _("Temuan yang belum ditutup dan tenggatnya sudah lewat pada hari data."),
    source="domain.md §3.2",
    permission=Permission.FINDING_VIEW,
)
def findings_overdue(sheet: Sheet) -> Value:
    day = sheet.scope.day
    return counted_findings(
        sheet, lambda finding: finding.status != Finding.Status.CLOSED and finding.due_on < day
    )


def counted_findings(sheet: Sheet, wanted) -> Value:
    """Count findings; unknown, not zero, where nothing was ever assessed."""
    rows = [finding for found in sheet.read(findings).values() for finding in found]
    if not rows and not sheet.read(assessed):
        return unknown(page="assessments:findings")
    found = sum(bool(wanted(finding)) for finding in rows)
    return Value(found, len(rows), page="assessments:findings")


@figure(
    "scores.classes",
    _("IKM menurut kelas"),
    Unit.COUNT,
    _("Jumlah IKM per kelas usaha yang berlaku sekarang. Kelas hanya ditetapkan oleh sidang kelas."),
    source=SOURCE,
    permission=Permission.CLASS_VIEW,
)
def classes(sheet: Sheet) -> Value:
    rows = list(sheet.read(levels).values())
    parts = tuple(
        Part(str(level.value), str(level.label), rows.count(level.value), query=f"kelas={level.value}")
        for level in ClassLevel
    )
    none = Part("0", str(_("Belum ada kelas")), rows.count(None), query="kelas=0")
    return Value(len(rows), len(rows), parts=(none, *parts), page="participants:list")
