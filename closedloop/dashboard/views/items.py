"""One check item of one IKM, across assessment, training and supply."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.dashboard.item_story import item_of, story_of
from participants.models import Enterprise


@require_safe
@requires(Permission.RUBRIC_VIEW)
def item(request, code, item):
    """Who scored it, which meetings taught it, which buyers asked for it or complained, and what is done about it."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), code=code)
    if (criterion := item_of(enterprise, item)) is None:
        raise Http404
    context = {"enterprise": enterprise, "item": criterion, **story_of(enterprise, criterion, request.user)}
    return render(request, "dashboard/item.html", context)
