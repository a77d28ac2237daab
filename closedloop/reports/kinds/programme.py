"""Laporan Program: the whole programme on one cut-off day, for those who answer for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.models import CohortRubric
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.core import charts, formats
from closedloop.figures.catalogue import Scope, Sheet
from closedloop.figures.money import ledger_of
from closedloop.reports import supply
from closedloop.reports.frame import add_figures, base_context, frame, plain
from closedloop.reports.kinds.cohort import signers, stage_rows
from closedloop.reports.models import Kind
from closedloop.reports.versions import versions_of_cohorts
from closedloop.reports.workbook import Cell, exact_cells
from participants.models import Cohort
from partnerships.ledger import Key, figures_by
from partnerships.models import Buyer

KIND = Kind.PROGRAMME
PREFIX = "LPP"
TEMPLATE = "reports/pdf/programme.html"

HEADLINES = ["pipeline.enterprises", "attendance.rate", "pipeline.promoted", "money.accepted"]
FIGURES = [
    *HEADLINES,
    "pipeline.funnel",
    "pipeline.stages",
    "pipeline.days",
    "pipeline.provinces",
    "pipeline.ready",
    "scores.classes",
    "scores.assessed",
    "scores.first",
    "scores.last",
    "scores.change",
    "scores.findings_open",
    "scores.findings_critical",
    "scores.findings_overdue",
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
LEARNING = ["attendance.rate", "attendance.modules_passed", "scores.assessed", "scores.first", "scores.last"]
DELIVERY = [
    "scores.findings_open",
    "scores.findings_critical",
    "scores.findings_overdue",
    "qcd.on_time",
    "qcd.ppm",
]
OF_COHORTS = [
    "pipeline.enterprises",
    "attendance.rate",
    "scores.first",
    "scores.last",
    "pipeline.promoted",
    "pipeline.ready",
    "money.accepted",
]


PROGRAMME_ID = UUID(int=0)


@dataclass(frozen=True)
class Programme:
    """The one subject there is; its id is fixed, because no table holds it."""

    pk: UUID = PROGRAMME_ID

    def __str__(self) -> str:
        return _("Seluruh program")


PROGRAMME = Programme()


def everything() -> list[Programme]:
    return [PROGRAMME]


def subjects(user: User) -> list[Programme]:
    """The programme, for those who oversee it."""
    oversees = user.may(Permission.REPORT_REQUEST) and user.may(Permission.PROGRAMME_VIEW)
    return [PROGRAMME] if oversees else []


def snapshots(
    subjects: Sequence[Programme], *, language: str, by: User | None, as_of: datetime
) -> Iterator[dict]:
    """Yield everything each report will say, in the order of the subjects."""
    for subject in subjects:
        yield one_snapshot(subject, language=language, by=by, as_of=as_of)


def one_snapshot(subject: Programme, *, language: str, by: User | None, as_of: datetime) -> dict:
    """Return everything the report will say of the programme."""
    scope = Scope(user=by, as_of=as_of)
    found = frame(
        KIND,
        heading=str(subject),
        line=_("Semua angkatan dan semua IKM"),
        filters=[(_("Data"), _("sampai %(moment)s") % {"moment": formats.moment(as_of)})],
        language=language,
        by=by,
        as_of=as_of,
    )
    found["versions"] = versions_of_cohorts(CohortRubric.objects.select_related("rubric", "scheme"))
    add_figures(found, Sheet(scope), FIGURES, headlines=HEADLINES)
    return found | {
        "cohorts": [cohort_row(cohort, by, as_of) for cohort in Cohort.objects.order_by("-starts_on")],
        "buyers": buyer_rows(scope),
        "signers": signers(),
    }


def cohort_row(cohort: Cohort, by: User | None, as_of: datetime) -> dict:
    values = Sheet(Scope(user=by, cohort=cohort, as_of=as_of)).values(OF_COHORTS)
    return {
        "name": cohort.name,
        "period": formats.date_range(cohort.starts_on, cohort.ends_on),
        "status": cohort.get_status_display(),
        **{
            code.replace(".", "_"): value.short if value.is_known else formats.EN_DASH
            for code, value in values.items()
        },
        "promoted_of": values["pipeline.promoted"].of,
        "exact": {code: plain(value.value) for code, value in values.items()},
    }


def buyer_rows(scope: Scope, limit: int = 20) -> list[dict]:
    """Return the money per buyer, the largest accepted value first."""
    sums = figures_by(ledger_of(scope), Key.BUYER)
    buyers = sorted(
        Buyer.objects.filter(pk__in=list(sums)), key=lambda one: (-sums[one.pk].accepted, one.name)
    )
    return [
        {
            "name": str(buyer),
            "promised": supply.amount(sums[buyer.pk].promised),
            "ordered": supply.amount(sums[buyer.pk].ordered),
            "delivered": supply.amount(sums[buyer.pk].delivered),
            "accepted": supply.amount(sums[buyer.pk].accepted),
            "invoiced": supply.amount(sums[buyer.pk].invoiced),
            "paid": supply.amount(sums[buyer.pk].paid),
            "share": supply.share(sums[buyer.pk].realised),
            "exact": supply.exact(sums[buyer.pk]),
        }
        for buyer in buyers[:limit]
    ]


def cells(snapshot: dict) -> Iterator[Cell]:
    """Yield a row per cohort and figure, and the money per buyer."""
    yield from exact_cells(snapshot, _("Angkatan"), snapshot["cohorts"])
    yield from exact_cells(snapshot, _("Pembeli"), snapshot["buyers"])


def context(snapshot: dict) -> dict:
    """Return what the template needs: the snapshot and its drawings."""
    figures = snapshot["figures"]
    provinces = figures["pipeline.provinces"]["parts"]
    drawings = {
        "map": charts.tilemap(
            {part["key"]: int(part["value"]) for part in provinces},
            names={part["key"]: part["name"] for part in provinces},
            label=_("Jumlah IKM per provinsi"),
        ),
    }
    return {
        **base_context(snapshot, drawings),
        "stages": stage_rows(figures),
        "learning": [figures[code] for code in LEARNING],
        "delivery": [figures[code] for code in DELIVERY],
    }
