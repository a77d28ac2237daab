"""Saying with one press that the profile is still right."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.views.enterprises import enterprise_of


@require_POST
@requires(Permission.ENTERPRISE_EDIT, Permission.ENTERPRISE_EDIT_OWN)
def confirm_capability(request, code):
    """Record that all of it is right today; buyers' requirements are answered by it."""
    actions.confirm_capability(enterprise_of(request, code), by=request.user)
    messages.success(request, _("Tercatat: profil dipastikan benar hari ini."))
    return redirect("participants:capability", code)
