"""Correcting a note that the buyer has not answered yet."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from partnerships import actions
from partnerships.forms.deliveries import DeliveryCorrection
from partnerships.views.shared import Refused, delivery_of, errors_on


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DELIVERY_ENTER, Permission.AGREEMENT_MANAGE)
def correct_delivery(request, code):
    """Change number, day or quantity; the old ones stay readable."""
    record = delivery_of(request, code)
    initial = {name: getattr(record, name) for name in ("note_number", "delivered_on", "quantity")}
    form = DeliveryCorrection(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.correct_delivery(record, by=request.user, **form.cleaned_data)
        except Refused:
            pass
        else:
            messages.success(request, _("Tersimpan. Nilai lama tetap terbaca di riwayat."))
            return redirect(record)
    context = {
        "delivery": record,
        "form": form,
        "heading": _("Koreksi %(row)s") % {"row": record},
        "verb": _("Simpan koreksi"),
        "offers_dispute": False,
    }
    return render(request, "partnerships/delivery_form.html", context)
