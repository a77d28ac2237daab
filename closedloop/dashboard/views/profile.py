"""One IKM, all parts of the programme on one page."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.comparisons import comparison_of
from assessments.inputs import stored_scores
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.audit.models import Event
from closedloop.core import charts, formats
from closedloop.core.charts import Series
from closedloop.figures import catalogue as figures
from closedloop.figures.business import against_beginning
from closedloop.figures.catalogue import Scope
from closedloop.figures.scores import assessed
from participants.consents import withdrawn
from participants.models import Enterprise
from participants.timeline import entries
from participants.timeline_links import links_of

TILES = ("attendance.rate", "scores.last", "supply.on_time", "supply.ppm", "money.accepted")
FACTS = (
    "attendance.modules_passed",
    "scores.first",
    "scores.findings_critical",
    "money.promised",
    "money.paid",
)
RECENT = 8


@requires(Permission.ENTERPRISE_VIEW)
def profile(request, code):
    """Where the IKM stands in the loop, who must act, its figures, its scores and what happened last."""
    rows = Enterprise.objects.visible_to(request.user).select_related("regency__province")
    enterprise = get_object_or_404(rows, code=code)
    scope = Scope(user=request.user, enterprise=enterprise)
    sheet = figures.Sheet(scope)
    standing = figures.stage(enterprise)
    events = Event.objects.filter(enterprise_id__in=enterprise.records())[:RECENT]
    enrolment = enterprise.enrolments.select_related("cohort").order_by("-cohort__starts_on").first()
    context = {
        "enterprise": enterprise,
        "enrolment": enrolment,
        "mentor": present_mentor(enrolment),
        "withdrawn": withdrawn(enterprise),
        "may_manage": request.user.may(Permission.COHORT_MANAGE),
        "standing": standing,
        "days": standing.days(timezone.localdate(scope.as_of)),
        "tiles": [sheet.value(code) for code in TILES],
        "facts": [sheet.value(code) for code in FACTS],
        "standings": against_beginning(enterprise),
        "radar": radar_of(sheet.read(assessed).get(enterprise.pk)),
        "events": entries(events, links=links_of(events, code=enterprise.code, reader=request.user)),
    }
    return render(request, "dashboard/profile.html", context)


def present_mentor(enrolment):
    """Return who accompanies the IKM now, or None."""
    if enrolment is None:
        return None
    assignment = enrolment.mentor_assignments.filter(ends_on=None).select_related("mentor").first()
    return assignment.mentor if assignment else None


def radar_of(found) -> str:
    """Draw the first and the last official assessment, on shared items where their rubrics differ.

    Without one the chart says that nothing is known.
    """
    if found is None:
        return charts.radar([], [], label=_("Belum ada penilaian resmi"))
    dimensions = list(found.last.rubric.dimensions.all())
    both = comparison_of(found.first, found.last)
    last, first = stored_scores(found.last), both.before.dimensions if both else stored_scores(found.first)
    series = [Series(_("Penilaian terakhir"), [last.get(one.code) for one in dimensions], "last")]
    if found.first != found.last:
        series.insert(0, Series(_("Penilaian awal"), [first.get(one.code) for one in dimensions], "baseline"))
    label = _("Nilai total terakhir %(score)s") % {"score": formats.score(found.last.overall)}
    return charts.radar([one.code for one in dimensions], series, label=label)
