"""The programme at a glance, for those who lead, run or watch it."""

from datetime import date

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core import charts, formats
from closedloop.dashboard.counts import tasks_of
from closedloop.figures import catalogue as figures
from closedloop.figures.catalogue import Scope
from participants.models import Cohort

TILES = ("attendance.rate", "scores.last", "money.accepted", "supply.on_time", "pipeline.promoted")
DRAWN = ("pipeline.reached", "pipeline.provinces", "money.promised_by_month", "money.accepted_by_month")
MOST_PROVINCES = 6
ICONS = ("user-check", "school", "heart-handshake", "clipboard-check", "file-certificate", "stairs-up")


@requires(Permission.PROGRAMME_VIEW)
def home(request):
    """How far the IKM have come, what waits, how each cohort does, where they are, what was accepted."""
    cohorts = Cohort.objects.visible_to(request.user)
    chosen = request.GET.get("angkatan", "")
    cohort = get_object_or_404(cohorts, code=chosen) if chosen else None
    scope = Scope(user=request.user, cohort=cohort)
    values = figures.collect([*TILES, *DRAWN], scope)
    context = {
        "cohort": cohort,
        "cohorts": cohorts,
        "as_of": scope.as_of,
        "tiles": [values[code] for code in TILES],
        "reached": values["pipeline.reached"],
        "flow": flow_chart(values["pipeline.reached"]),
        "stages": stage_columns(values["pipeline.reached"]),
        "provinces": values["pipeline.provinces"],
        "province_rows": values["pipeline.provinces"].parts[:MOST_PROVINCES],
        "more_provinces": values["pipeline.provinces"].parts[MOST_PROVINCES:],
        "map": province_map(values["pipeline.provinces"]),
        "money": money_chart(values["money.promised_by_month"], values["money.accepted_by_month"]),
        "accepted": values["money.accepted_by_month"],
        "tasks": tasks_of(request),
        "may_report": request.user.may(Permission.REPORT_REQUEST),
        "cohort_rows": [cohort_row(request.user, one) for one in cohorts[:6]],
    }
    return render(request, "dashboard/home.html", context)


def stage_columns(reached) -> list[dict]:
    """Return one column per stage: the count and its share of the stage before."""
    columns = []
    for i, part in enumerate(reached.parts):
        before = reached.parts[i - 1] if i else None
        if before is None:
            words = _("pendaftar")
        elif not before.value:
            words = formats.unknown()
        else:
            share = formats.percent(part.value / before.value, 0)
            words = _("%(share)s dari %(stage)s") % {"share": share, "stage": before.name}
        columns.append({"part": part, "words": words, "icon": ICONS[i]})
    return columns


def flow_chart(reached) -> str:
    said = "; ".join(f"{part.name} {part.value}" for part in reached.parts)
    return charts.flow(
        [part.value for part in reached.parts], label=_("Perjalanan IKM: %(said)s") % {"said": said}
    )


def province_map(provinces) -> str:
    counts = {part.key: part.value for part in provinces.parts}
    names = {part.key: part.name for part in provinces.parts}
    label = _("Peta petak 38 provinsi; angka lengkap ada di daftar")
    return charts.tilemap(counts, label=label, names=names)


def money_chart(promised, accepted) -> str:
    """Draw in billions: the axis stays short, and the table beside it has whole Rupiah."""

    def billions(value):
        return [None if part.value is None else float(part.value) / 1e9 for part in value.parts]

    months = [formats.month_short(month_of(part.key)) for part in promised.parts]
    label = _("Nilai diterima baik dan dijanjikan per bulan, miliar rupiah")
    return charts.monthly(months, billions(promised), billions(accepted), label=label)


def month_of(key: str) -> date:
    """Return the first day of a month written as 2026-11."""
    return date.fromisoformat(f"{key}-01")


def cohort_row(user, cohort: Cohort) -> dict:
    """Return one line of the cohort table: how many, where, how well."""
    values = figures.collect(
        ["pipeline.stages", "attendance.rate", "attendance.sessions", "scores.last"],
        Scope(user=user, cohort=cohort),
    )
    stages = values["pipeline.stages"]
    counts = {part.key: part.value for part in stages.parts}
    groups = [
        (_("Pelatihan"), counts["selection"] + counts["training"]),
        (_("Pendampingan"), counts["mentoring"]),
        (_("Penilaian dan MoU"), counts["assessment"] + counts["supply"]),
        (_("Sidang kelas"), counts["promotion"]),
    ]
    return {
        "cohort": cohort,
        "count": stages.value,
        "attendance": values["attendance.rate"],
        "sessions": values["attendance.sessions"],
        "score": values["scores.last"],
        "bar": charts.stackbar(groups, label=str(cohort)),
    }
