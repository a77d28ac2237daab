"""How many IKM stand where: stages of the loop, states of enrolment, provinces, who is ready to supply."""

from collections import defaultdict
from statistics import median
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from assessments.models import ClassDecision
from closedloop.accounts.permissions import Permission
from closedloop.figures.registry import Part, Sheet, Unit, Value, figure, share
from closedloop.figures.scope import Scope
from closedloop.figures.scores import levels
from closedloop.figures.stage import Stage
from closedloop.figures.stages import standings_in
from participants.models import Enrolment
from partnerships.models import SupplyClearance

LOOP = "architecture.md"


def places(scope: Scope) -> dict[UUID, tuple[str, str]]:
    """Read the province of each enterprise: its ISO code and its name."""
    rows = scope.without_leavers().values_list("pk", "regency__province__iso", "regency__province__name")
    return {pk: (iso, name) for pk, iso, name in rows}


def enrolments(scope: Scope) -> dict[UUID, list[str]]:
    """Read the states of each enterprise's enrolments, of the cohort where one is named."""
    rows: dict[UUID, list[str]] = defaultdict(list)
    found = Enrolment.objects.filter(enterprise__in=scope.enterprises(with_leavers=True).values("pk"))
    if scope.cohort:
        found = found.filter(cohort=scope.cohort)
    for enterprise, status in found.values_list("enterprise", "status"):
        rows[enterprise].append(status)
    return dict(rows)


def decisions(scope: Scope) -> dict[UUID, list[ClassDecision]]:
    """Read the class decisions made, oldest first, of the cohort where one is named."""
    rows: dict[UUID, list] = defaultdict(list)
    found = ClassDecision.objects.decided().filter(
        scope.within("decided_at__date"), enterprise__in=scope.enterprises().values("pk")
    )
    if scope.cohort:
        found = found.filter(enrolment__cohort=scope.cohort)
    for decision in found.select_related("decided_by").order_by("decided_at"):
        rows[decision.enterprise_id].append(decision)
    return dict(rows)


def clearances(scope: Scope) -> dict[UUID, list[SupplyClearance]]:
    """Read the supply clearances per buyer."""
    rows: dict[UUID, list] = defaultdict(list)
    found = SupplyClearance.objects.filter(enterprise__in=scope.enterprises().values("pk"))
    if scope.buyer:
        found = found.filter(buyer=scope.buyer)
    for clearance in found.select_related("buyer").order_by("buyer__name"):
        rows[clearance.enterprise_id].append(clearance)
    return dict(rows)


@figure(
    "pipeline.enterprises",
    "IKM",
    Unit.COUNT,
    _("Jumlah IKM dalam cakupan. Yang sudah keluar tidak dihitung."),
    source=LOOP,
    permission=Permission.ENTERPRISE_VIEW,
)
def enterprises(sheet: Sheet) -> Value:
    count = len(sheet.read(levels))
    return Value(count, count, page="participants:list")


@figure(
    "pipeline.stages",
    _("IKM menurut tahap"),
    Unit.COUNT,
    _("Jumlah IKM di tiap tahap putaran. Satu IKM berada di tahap pertama yang belum selesai."),
    source=LOOP,
    permission=Permission.ENTERPRISE_VIEW,
)
def by_stage(sheet: Sheet) -> Value:
    rows = list(sheet.read(standings_in).values())
    parts = tuple(
        Part(
            stage.name.lower(),
            stage.label,
            sum(row.stage is stage for row in rows),
            query=f"tahap={stage.value}",
        )
        for stage in Stage
    )
    return Value(len(rows), len(rows), parts=parts, page="participants:list")


@figure(
    "pipeline.days",
    _("Lama di tahap sekarang"),
    Unit.DAYS,
    _("Nilai tengah (median) jumlah hari IKM berada di tahapnya sekarang; tahap mulai pada hari tahap "
      "sebelumnya selesai. IKM yang putarannya sudah selesai tidak dihitung."),
    source=LOOP,
    permission=Permission.ENTERPRISE_VIEW,
)  # fmt: skip
def days(sheet: Sheet) -> Value:
    today = sheet.scope.day
    rows = [row for row in sheet.read(standings_in).values() if row.next_step.role]

    def middle(of):
        known = [days for row in of if (days := row.days(today)) is not None]
        return round(median(known)) if known else None

    parts = tuple(
        Part(stage.name.lower(), stage.label, middle([row for row in rows if row.stage is stage]))
        for stage in Stage
    )
    return Value(middle(rows), len(rows), parts=parts, page="participants:list")


@figure(
    "pipeline.funnel",
    _("Corong kepesertaan"),
    Unit.COUNT,
    _("Jumlah IKM yang pernah mendaftar, diterima, aktif atau lulus, naik kelas, dan siap pasok. Tiap langkah "
      "dihitung tersendiri."),
    source="domain.md §10.2",
    permission=Permission.ENTERPRISE_VIEW,
)  # fmt: skip
def funnel(sheet: Sheet) -> Value:
    states = sheet.read(enrolments)
    accepted = sum(any(one not in ("applicant", "withdrawn") for one in found) for found in states.values())
    active = sum(any(one in ("active", "graduated") for one in found) for found in states.values())
    graduated = sum("graduated" in found for found in states.values())
    parts = (
        Part("registered", str(_("Mendaftar")), len(states)),
        Part("accepted", str(_("Diterima")), accepted),
        Part("active", str(_("Aktif atau lulus")), active),
        Part("graduated", str(_("Lulus")), graduated),
        Part("promoted", str(_("Naik kelas")), len(promoted_of(sheet))),
        Part("ready", str(_("Siap pasok")), len(ready_of(sheet))),
    )
    return Value(len(states), len(states), parts=parts, page="participants:list")


@figure(
    "pipeline.provinces",
    _("IKM menurut provinsi"),
    Unit.COUNT,
    _("Jumlah IKM menurut provinsi tempat usahanya."),
    source="domain.md §7.3",
    permission=Permission.ENTERPRISE_VIEW,
)
def by_province(sheet: Sheet) -> Value:
    rows = list(sheet.read(places).values())
    found = sorted(set(rows), key=lambda place: (-rows.count(place), place[1]))
    parts = tuple(Part(iso, name, rows.count((iso, name)), query=f"provinsi={iso}") for iso, name in found)
    return Value(len(parts), len(rows), parts=parts, page="participants:list")


def promoted_of(sheet: Sheet) -> set[UUID]:
    up = {ClassDecision.Outcome.PROMOTED, ClassDecision.Outcome.CONDITIONAL}
    return {key for key, rows in sheet.read(decisions).items() if any(row.outcome in up for row in rows)}


def ready_of(sheet: Sheet) -> set[UUID]:
    ready = SupplyClearance.Status.READY
    return {key for key, rows in sheet.read(clearances).items() if any(row.status == ready for row in rows)}


@figure(
    "pipeline.promoted",
    _("IKM naik kelas"),
    Unit.SHARE,
    _("IKM yang sedikitnya sekali diputuskan naik kelas (termasuk dengan syarat) oleh sidang kelas, dari IKM "
      "dalam cakupan."),
    source="domain.md §5.3",
    noun="IKM",
    permission=Permission.CLASS_VIEW,
)  # fmt: skip
def promoted(sheet: Sheet) -> Value:
    everybody = len(sheet.read(levels))
    return share(len(promoted_of(sheet)), everybody, records=everybody, page="assessments:decisions")


@figure(
    "pipeline.ready",
    _("IKM siap pasok"),
    Unit.SHARE,
    _("IKM yang siap pasok ke sedikitnya satu pembeli, dari IKM dalam cakupan."),
    source="domain.md §5.3",
    noun="IKM",
    permission=Permission.CLASS_VIEW,
)
def ready(sheet: Sheet) -> Value:
    everybody = len(sheet.read(levels))
    return share(len(ready_of(sheet)), everybody, records=everybody, page="participants:list")
