"""An owner's own scores, what is still needed, and what is to be mended."""

from django.shortcuts import render
from django.utils.translation import get_language

from assessments.class_rules import LOWEST, next_level, requirements
from assessments.inputs import class_inputs, names_of, rules_of
from assessments.models import Assessment, ClassDecision, CohortRubric, Finding
from assessments.results import bars, board, chart
from assessments.wording import line_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import ClassLevel, Enterprise


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
    lines = needed(enterprise, latest)
    level = next_level(enterprise.class_level)
    return {
        "official": official,
        "latest": latest,
        "board": held,
        "chart": chart(held, latest, first) if held else "",
        "bars": bars(held, latest, first) if held else "",
        "level": enterprise.class_level,
        "next_name": ClassLevel(level).label if level > (enterprise.class_level or LOWEST) else "",
        "needed": [line for line in lines if line.met is False],
        "kept": [line for line in lines if line.met is not False],
        "open_findings": Finding.objects.visible_to(request.user)
        .filter(enterprise=enterprise)
        .open()
        .count(),
        "decisions": ClassDecision.objects.visible_to(request.user)
        .filter(enterprise=enterprise)
        .order_by("-decided_at")[:3],
    }


def needed(enterprise: Enterprise, latest: Assessment | None) -> list:
    """Return every requirement of the next class in words, as things stand today."""
    pin = (
        CohortRubric.objects.filter(cohort__enrolments__enterprise=enterprise)
        .select_related("scheme", "rubric")
        .order_by("-cohort__starts_on")
        .first()
    )
    level = next_level(enterprise.class_level)
    if pin is None or level == enterprise.class_level:
        return []
    names = names_of(latest.rubric if latest else pin.rubric, pin.scheme)[
        "en" if get_language() == "en" else "id"
    ]
    verdicts = requirements(level, rules_of(pin.scheme), class_inputs(enterprise, latest))
    return [line_of(verdict, names) for verdict in verdicts]
