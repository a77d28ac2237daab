"""The small numbers beside the menu."""

from closedloop.dashboard.tasks import counts_for
from closedloop.notifications.models import Notification


def navigation_counts(request) -> dict[str, int]:
    """Return {URL name: how many wait there} for the reader, with the unread messages."""
    counts = counts_for(request.user)
    if unread := Notification.objects.visible_to(request.user).unread().count():
        counts["notifications:list"] = unread
    return counts
