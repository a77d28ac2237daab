"""Staff send an applicant's link once more, without ever seeing it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.links import AddressForm
from participants.views.saving import is_good, refused
from participants.views.selection import application_of


@require_POST
@requires(Permission.COHORT_MANAGE)
def resend_link(request, code):
    """Mail one applicant's link to the address they gave."""
    found = application_of(request, code)
    try:
        actions.resend_link(found, by=request.user)
    except ValidationError as error:
        refused(request, error)
    else:
        messages.success(request, _("Tautannya dikirim ke email pendaftar."))
    return redirect(found)


@requires(Permission.COHORT_MANAGE)
def resend_links(request):
    """Mail everything begun under an address to that address; the page says the same whether there was any.

    So nobody learns here who has begun a form: a draft is nobody's but the applicant's.
    """
    form = AddressForm(request.POST or None)
    if is_good(request, form):
        email = form.cleaned_data["email"]
        actions.resend_links(email, by=request.user)
        text = _("Bila ada pendaftaran dengan alamat %(email)s, tautannya sedang dikirim ke sana.")
        messages.success(request, text % {"email": email})
        return redirect("participants:resend_links")
    return render(request, "participants/resend_links.html", {"form": form})
