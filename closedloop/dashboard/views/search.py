"""One search box over what the reader may know of."""

from django.db.models import Q
from django.shortcuts import render

from closedloop.accounts.permissions import Permission
from participants.models import Enterprise
from participants.search import Search
from partnerships.models import Agreement
from trainings.models import TrainingSession

MOST = 8


def search(request):
    """IKM, sessions and agreements whose words match; each at most a handful, with the way to all of them."""
    query = " ".join(request.GET.get("q", "").split())
    enterprises, sessions, agreements, found_count = [], [], [], 0
    if query and request.user.may(Permission.ENTERPRISE_VIEW):
        enterprises, found_count = enterprises_like(query, request.user)
    if query and request.user.may(Permission.TRAINING_VIEW):
        sessions = (
            TrainingSession.objects.visible_to(request.user)
            .filter(Q(title__icontains=query) | Q(place__icontains=query) | Q(module__name__icontains=query))
            .select_related("cohort", "regency__province")
            .distinct()[:MOST]
        )
    if query and request.user.may(Permission.AGREEMENT_VIEW):
        agreements = (
            Agreement.objects.visible_to(request.user)
            .filter(
                Q(number__icontains=query)
                | Q(title__icontains=query)
                | Q(parties__buyer__name__icontains=query)
            )
            .distinct()[:MOST]
        )
    found = {"enterprises": enterprises, "sessions": sessions, "agreements": agreements}
    context = {"query": query, "any": any(map(len, found.values())), "found_count": found_count, **found}
    return render(request, "dashboard/search.html", context)


def enterprises_like(query: str, user) -> tuple[list[Enterprise], int]:
    """Return the surest few, each with the reasons it was found, and how many there are in all."""
    asked = Search(query)
    rows = asked.narrow(Enterprise.objects.visible_to(user))
    shown = list(rows.select_related("regency").with_reasons()[:MOST])
    for enterprise in shown:
        enterprise.reasons = asked.reasons(enterprise)
    return shown, rows.count() if len(shown) == MOST else len(shown)
