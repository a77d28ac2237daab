"""Ask for the minutes of one class decision, from its own page: one press, in the language of the page."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.reports import actions
from closedloop.reports.kinds import minutes


@require_POST
@requires(Permission.MINUTES_REQUEST)
def request_minutes(request, code):
    """Freeze and queue the minutes; pressed twice with one key, the first request is shown again."""
    decision = get_object_or_404(minutes.subjects(request.user).select_related("enterprise"), code=code)
    try:
        key = UUID(request.POST.get("form_key", ""))
    except ValueError:
        messages.error(request, _("Halaman ini sudah lama terbuka. Muat ulang, lalu kirim lagi."))
        return redirect(decision)
    batch = actions.request_reports(
        minutes.KIND, [decision], language=request.LANGUAGE_CODE, by=request.user, form_key=key
    )
    return redirect(batch)
