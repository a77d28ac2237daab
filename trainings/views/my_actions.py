"""The board of one IKM: what is to be done, what waits for the mentor, what is done."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enterprise
from trainings.models import FactoryAction
from trainings.views.factory import with_words

DONE_SHOWN = 20


@requires(Permission.CHECK_IN)
def my_actions(request):
    """One list on the phone, the first due on top."""
    rows = FactoryAction.objects.visible_to(request.user)
    return render(request, "trainings/my_actions.html", columns(rows))


@requires(Permission.COHORT_VIEW)
def enterprise_actions(request, code):
    """The same for who accompanies the IKM: three columns."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), code=code)
    rows = FactoryAction.objects.visible_to(request.user).filter(enrolment__enterprise=enterprise)
    return render(request, "trainings/enterprise_actions.html", {"enterprise": enterprise, **columns(rows)})


def columns(rows) -> dict:
    """Return the three columns of a board, and how many of all are done."""
    today = timezone.localdate()
    rows = with_words(list(rows.for_lists().order_by("due_on", "order")), today)
    closed = sorted(
        (row for row in rows if row.status == FactoryAction.Status.CLOSED),
        key=lambda row: row.closed_at,
        reverse=True,
    )
    return {
        "todo": [row for row in rows if row.waits_for_owner],
        "reported": [row for row in rows if row.status == FactoryAction.Status.REPORTED],
        "closed": closed[:DONE_SHOWN],
        "closed_count": len(closed),
        "total": len(rows),
    }
