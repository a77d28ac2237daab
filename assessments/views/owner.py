"""An owner's own scores, what is still needed, and what is to be mended."""

from datetime import date

from django.shortcuts import render
from django.utils import timezone

from assessments.models import Assessment, ClassDecision, Finding, PlanItem
from assessments.needs import Needs, needs_of
from assessments.results import bars, board, chart
from assessments.seen import since_last_visit
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enterprise


def chosen_enterprise(request) -> tuple[Enterprise | None, list[Enterprise]]:
    """Return the owner's enterprise (`?ikm=` where there are several) and all of them."""
    mine = list(Enterprise.objects.visible_to(request.user).order_by("name"))
    wanted = [one for one in mine if one.code == request.GET.get("ikm")]
    return (wanted or mine or [None])[0], mine


@requires(Permission.SELF_ASSESS)
def my_scores(request):
    enterprise, mine = chosen_enterprise(request)
    context = {"enterprise": enterprise, "mine": mine}
    if enterprise is not None:
        context |= standing(request, enterprise)
    return render(request, "assessments/my_scores.html", context)


def standing(request, enterprise: Enterprise) -> dict:
    """Return the official scores of an enterprise and its way to the next class."""
    official = list(
        Assessment.objects.visible_to(request.user)
        .official()
        .filter(enterprise=enterprise)
        .select_related("rubric", "enrolment__cohort")
        .order_by("-visited_on")[:6]
    )
    latest = official[0] if official else None
    first = official[-1] if len(official) > 1 else None
    held = board(latest, dimensions=latest.rubric.dimensions.all(), earlier=first) if latest else None
    needs = needs_of(enterprise, latest)
    return {
        "official": official,
        "latest": latest,
        "board": held,
        "chart": chart(held, latest, first) if held else "",
        "bars": bars(held, latest, first) if held else "",
        "level": enterprise.class_level,
        "needs": needs,
        "plan_count": PlanItem.objects.visible_to(request.user).filter(enterprise=enterprise).open().count(),
        **met_since(request, enterprise, needs),
        "open_findings": Finding.objects.visible_to(request.user)
        .filter(enterprise=enterprise)
        .open()
        .count(),
        "decisions": ClassDecision.objects.visible_to(request.user)
        .filter(enterprise=enterprise)
        .order_by("-decided_at")[:3],
    }


def met_since(request, enterprise: Enterprise, needs: Needs) -> dict:
    """Return what is met since the last visit, kept with the sign-in: it is about a person, not about the IKM."""
    if needs.level is None:
        return {"met": [], "met_since": ""}
    name = f"needs-{enterprise.code}"
    unmet = [need.key for need in needs.open]
    today = timezone.localdate().isoformat()
    request.session[name], done, before = since_last_visit(
        request.session.get(name), unmet, today=today, level=needs.level
    )
    return {
        "met": [need.line for need in needs.kept if need.key in done],
        "met_since": date.fromisoformat(before) if before else "",
    }
