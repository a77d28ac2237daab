"""The parties of an agreement: their own numbers and who signs."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from partnerships.actions.parties import name_parties
from partnerships.forms.parties import PartiesForm
from partnerships.views.shared import Refused, agreement_of, errors_on


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def edit_parties(request, code):
    """Each party's own number for the paper, its signatory and that one's title."""
    record = agreement_of(request, code)
    parties = list(record.parties.select_related("enterprise", "buyer", "organisation"))
    form = PartiesForm(request.POST or None, parties=parties)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                name_parties(record, form.values(), by=request.user)
        except Refused:
            pass
        else:
            messages.success(request, _("Nomor dan penanda tangan tersimpan."))
            return redirect(record)
    return render(request, "partnerships/edit_parties.html", {"form": form, "agreement": record})
