"""What waits for the reader of a page, and the small numbers beside the menu."""

from closedloop.core.remembered import remembered
from closedloop.dashboard.tasks import Task, counts_of, tasks_for
from closedloop.notifications.models import Notification


def tasks_of(request) -> list[Task]:
    """Return what waits for the reader; the page and the menu beside it ask once between them."""
    if not hasattr(request, "waiting_tasks"):
        request.waiting_tasks = tasks_for(request.user)
    return request.waiting_tasks


def navigation_counts(request) -> dict[str, int]:
    """Return {URL name: how many wait there} for the reader, with the unread messages.

    A page that lists what waits counts it anew, so that its menu says the same; others may be some seconds old.
    """
    if hasattr(request, "waiting_tasks"):
        return counted(request)
    return remembered(request, "menu", lambda: counted(request))


def counted(request) -> dict[str, int]:
    counts = counts_of(tasks_of(request))
    if unread := Notification.objects.visible_to(request.user).unread().count():
        counts["notifications:list"] = unread
    return counts
