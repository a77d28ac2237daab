"""Homes of those whose day is a list of things to do."""

from django.shortcuts import render
from django.utils import timezone

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.dashboard.counts import tasks_of
from closedloop.dashboard.slow_tasks import warnings_to_answer
from participants.models import Enrolment, Enterprise
from partnerships.models import Agreement
from trainings.models import TrainingSession


def tasks(request):
    """Everything that waits for the reader."""
    return render(
        request, "dashboard/tasks.html", {"tasks": [*tasks_of(request), *warnings_to_answer(request.user)]}
    )


@requires(Permission.ASSESSMENT_WRITE)
def mentor_home(request):
    """What waits, the sessions to come, and the IKM accompanied."""
    today = timezone.localdate()
    sessions = (
        TrainingSession.objects.visible_to(request.user)
        .filter(starts_at__date__gte=today)
        .exclude(status__in=[TrainingSession.Status.CANCELLED, TrainingSession.Status.CLOSED])
        .select_related("regency__province", "cohort")
        .order_by("starts_at")[:5]
    )
    away = Enrolment.objects.away().values("enterprise")
    enterprises = (
        Enterprise.objects.visible_to(request.user)
        .exclude(pk__in=away)
        .select_related("regency")
        .order_by("name")
    )
    context = {
        "tasks": [*tasks_of(request), *warnings_to_answer(request.user)],
        "sessions": sessions,
        "enterprises": enterprises[:12],
        "enterprise_count": enterprises.count(),
    }
    return render(request, "dashboard/mentor_home.html", context)


@requires(Permission.DELIVERY_CONFIRM)
def buyer_home(request):
    """Deliveries to confirm and the agreements in force."""
    agreements = Agreement.objects.visible_to(request.user).in_force()
    context = {"tasks": tasks_of(request), "agreements": agreements.order_by("ends_on")[:10]}
    return render(request, "dashboard/buyer_home.html", context)
