"""Saying with one press that one line of the profile is still right."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from participants.actions.line_confirming import confirm_line as confirm
from participants.views.capability import MAY_CHANGE
from participants.views.documents import papers_page
from participants.views.enterprises import enterprise_of

# the word in the address, and where the lines of an enterprise are
LINES = {
    "mesin": lambda enterprise: enterprise.machines,
    "bahan": lambda enterprise: enterprise.materials,
    "alat-ukur": lambda enterprise: enterprise.measuring_tools,
    "proses": lambda enterprise: enterprise.processes,
    "dokumen": lambda enterprise: enterprise.documents.kept(),
}


@require_POST
@requires(*MAY_CHANGE)
def confirm_line(request, code, kind, pk):
    """Record it, and go back to the page that lists the line."""
    enterprise = enterprise_of(request, code)
    if kind not in LINES:
        raise Http404
    line = get_object_or_404(LINES[kind](enterprise), pk=pk)
    confirm(enterprise, line, by=request.user)
    messages.success(request, _("Tercatat: %(name)s dipastikan benar hari ini.") % {"name": line})
    if kind == "dokumen":
        return redirect(papers_page(request, enterprise))
    return redirect("participants:capability", code)
