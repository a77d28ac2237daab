"""Credit agreements of an order: entered by the IKM or staff, never shown to a buyer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.files import inline
from partnerships import actions
from partnerships.forms.financings import FinancingForm
from partnerships.models import Financing
from partnerships.views.shared import Refused, errors_on, order_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE, Permission.DELIVERY_ENTER)
def add_financing(request, code):
    """Record the credit agreement that pays for an order until its buyer does."""
    record = order_of(request, code)
    form = FinancingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.enter_financing(record, by=request.user, **form.values())
        except Refused:
            pass
        else:
            messages.success(request, _("Akad kredit tersimpan. Pembeli tidak melihatnya."))
            return redirect(record)
    context = {
        "form": form,
        "order": record,
        "heading": _("Catat akad kredit"),
        "verb": _("Simpan akad kredit"),
        "corrections": [],
    }
    return render(request, "partnerships/order_form.html", context)


@require_safe
@requires(Permission.DELIVERY_VIEW)
def financing_document(request, pk):
    """The paper of a credit agreement."""
    record = get_object_or_404(Financing.objects.visible_to(request.user), pk=pk)
    if not record.document:
        raise Http404
    return inline(record.document, f"akad-{record.document_sha256[:8]}")
