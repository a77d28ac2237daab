"""Messages to the reader."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from closedloop.notifications import actions
from closedloop.notifications.models import Notification


def notifications(request):
    """One's own messages, newest first."""
    page = Paginator(Notification.objects.visible_to(request.user), 25).get_page(request.GET.get("page"))
    return render(request, "notifications/list.html", {"page": page})


@require_POST
def open_notification(request, pk):
    """Mark one message as read and go where it points; a path of our own, so no open redirect."""
    message = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    actions.mark_read(message, by=request.user)
    return redirect(message.path or "notifications:list")


@require_POST
def mark_all_read(request):
    actions.mark_all_read(by=request.user)
    return redirect("notifications:list")
