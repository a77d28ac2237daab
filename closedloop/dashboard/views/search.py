"""One search box over what the reader may know of."""

from django.db.models import Q
from django.shortcuts import render

from closedloop.accounts.permissions import Permission
from participants.models import Enterprise
from partnerships.models import Agreement
from trainings.models import TrainingSession

MOST = 8


def search(request):
    """IKM, sessions and agreements whose words match; each at most a handful, with the way to all of them."""
    query = " ".join(request.GET.get("q", "").split())
    enterprises, sessions, agreements = [], [], []
    if query and request.user.may(Permission.ENTERPRISE_VIEW):
        enterprises = (
            Enterprise.objects.visible_to(request.user).search(query).select_related("regency")[:MOST]
        )
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
    return render(
        request, "dashboard/search.html", {"query": query, "any": any(map(len, found.values())), **found}
    )
