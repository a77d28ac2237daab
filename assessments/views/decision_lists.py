"""Naik kelas as lists: what waits, what was decided, what is due for a look, conditions and objections."""

from django.shortcuts import render
from django.utils import timezone

from assessments.actions.recommending import recommend
from assessments.inputs import class_inputs_of
from assessments.models import ClassDecision, DecisionCondition, Objection
from assessments.standing import due_of, is_late
from assessments.views.objections import TONES
from assessments.views.owner import my_scores
from assessments.views.shared import DECISION_TONES, page_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Enterprise

Status = ClassDecision.Status


@requires(Permission.CLASS_VIEW)
def decisions(request):
    """The list of the chosen tab; an owner's is the page of the own scores."""
    if request.user.role == Role.OWNER:
        return my_scores(request)
    tab = request.GET.get("tampil") if request.GET.get("tampil") in TABS else next(iter(TABS))
    found = Enterprise.objects.visible_to(request.user)
    text = request.GET.get("q", "").strip()
    enterprises = found.search(text) if text else found
    context = {
        "tab": tab,
        "q": text,
        "today": timezone.localdate(),
        "counts": counts(request.user, timezone.localdate()),
    }
    template, fill = TABS[tab]
    return render(
        request, f"assessments/{template}", context | {"page": fill(request, enterprises.values("pk"))}
    )


def counts(user, today) -> dict[str, int]:
    """Return how many wait behind the tabs that ask for something."""
    return {
        "menunggu": ClassDecision.objects.visible_to(user).waiting().count(),
        "ditinjau": ClassDecision.objects.visible_to(user).overdue(today).count(),
        "syarat": DecisionCondition.objects.visible_to(user).open().count(),
        "keberatan": Objection.objects.visible_to(user).open().count(),
    }


def rows_for(request):
    return ClassDecision.objects.visible_to(request.user).for_lists()


def waiting(request, enterprises):
    rows = rows_for(request).filter(enterprise__in=enterprises).waiting().order_by("created_at", "pk")
    return page_of(request, ready_first(rows))


def ready_first(waiting) -> list[ClassDecision]:
    """Return the queue with what the rules say of each: those who meet everything stand first, then the oldest.

    What a class asks for is judged on today's records, so the order cannot come from the database.
    """
    waiting = list(waiting.prefetch_related("scheme__requirements"))
    inputs = class_inputs_of((one.enterprise, one.assessment) for one in waiting)
    for one in waiting:
        one.advice = recommend(one, inputs[one.enterprise_id])
    return sorted(waiting, key=lambda one: not one.advice.is_promotion)


def toned(page):
    for row in page:
        row.tone = DECISION_TONES[row.status]
    return page


def decided(request, enterprises):
    rows = rows_for(request).filter(enterprise__in=enterprises, status=Status.DECIDED)
    return toned(page_of(request, rows.order_by("-decided_at", "-created_at", "pk")))


def withdrawn(request, enterprises):
    rows = rows_for(request).filter(enterprise__in=enterprises, status=Status.WITHDRAWN)
    return toned(page_of(request, rows.order_by("-created_at", "pk")))


def overdue(request, enterprises):
    rows = rows_for(request).filter(enterprise__in=enterprises).overdue(timezone.localdate())
    return toned(page_of(request, rows.order_by("valid_until", "pk")))


def conditions(request, enterprises):
    rows = DecisionCondition.objects.visible_to(request.user).filter(decision__enterprise__in=enterprises)
    rows = rows.select_related("decision__enterprise", "settled_by")
    return page_of(request, rows.order_by("settled_at", "due_on", "pk"))


def objections(request, enterprises):
    rows = Objection.objects.visible_to(request.user).filter(decision__enterprise__in=enterprises)
    page = page_of(request, rows.for_lists().order_by("answered_at", "created_at", "pk"))
    today = timezone.localdate()
    for row in page:
        row.tone, row.due, row.late = TONES[row.status], due_of(row), is_late(row, today)
    return page


TABS = {
    "menunggu": ("decisions.html", waiting),
    "diputuskan": ("decisions.html", decided),
    "ditinjau": ("decisions.html", overdue),
    "syarat": ("decision_conditions.html", conditions),
    "keberatan": ("objections.html", objections),
    "ditarik": ("decisions.html", withdrawn),
}
