"""The owner's home on a cheap phone: the next session, what to do, where one stands."""

from django.shortcuts import redirect, render
from django.utils import timezone

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.dashboard.counts import tasks_of
from closedloop.figures import catalogue as figures
from closedloop.figures.catalogue import Scope
from closedloop.figures.stage import Stage
from closedloop.notifications.models import Notification
from participants.models import Enterprise
from trainings.models import Attendance, TrainingSession

SHOWN = ("attendance.rate", "scores.last", "money.accepted", "money.promised", "money.fulfilment")
DOTS = 12


@requires(Permission.CHECK_IN)
def home(request):
    """One page, few queries, no script needed."""
    enterprise = Enterprise.objects.visible_to(request.user).order_by("created_at").first()
    if enterprise is None:
        return redirect("accounts:profile")
    sheet = figures.Sheet(Scope(user=request.user, enterprise=enterprise))
    standing = figures.stage(enterprise)
    now = timezone.now()
    context = {
        "enterprise": enterprise,
        "session": next_session(request.user, now),
        "tasks": tasks_of(request),
        "standing": standing,
        "stage_number": int(standing.stage),
        "stage_count": len(Stage),
        "done": len(standing.completed),
        "marks": last_marks(request.user),
        "unread": Notification.objects.visible_to(request.user).unread().count(),
        "now": now,
        **{code.replace(".", "_"): sheet.value(code) for code in SHOWN},
    }
    return render(request, "dashboard/owner_home.html", context)


def next_session(user, now):
    """Return the session that is on, or the next one to come."""
    return (
        TrainingSession.objects.expecting(user)
        .filter(status__in=[TrainingSession.Status.SCHEDULED, TrainingSession.Status.OPEN], ends_at__gte=now)
        .select_related("regency__province", "module")
        .order_by("starts_at")
        .first()
    )


def last_marks(user):
    """Return the last marks of the owner's enterprise, oldest first, one dot each."""
    rows = (
        Attendance.objects.visible_to(user).select_related("session").order_by("-session__starts_at")[:DOTS]
    )
    return list(reversed(rows))
