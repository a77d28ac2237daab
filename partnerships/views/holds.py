"""A lead lets an agreement through that a QCD standing holds back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.formats import month_long, number
from partnerships.actions.holds import override_hold as let_through
from partnerships.forms.holds import HoldOverrideForm
from partnerships.holds import Held, held_in
from partnerships.views.shared import Refused, agreement_of, errors_on


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_OVERRIDE)
def override_hold(request, code):
    """Say why this one agreement may be signed all the same."""
    record = agreement_of(request, code)
    if not (held := held_in(record, timezone.localdate())):
        messages.info(request, _("Tidak ada rapor QCD yang menahan perjanjian ini."))
        return redirect(record)
    form = HoldOverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                let_through(record, form.cleaned_data["reason"], by=request.user)
        except Refused:
            pass
        else:
            messages.success(request, _("Perjanjian diizinkan. Petugas diberi tahu."))
            return redirect(record)
    context = {
        "title": _("Izinkan %(number)s?") % {"number": record.number},
        "text": _("Hanya perjanjian ini yang boleh ditandatangani; MoU baru lain tetap ditahan."),
        "consequences": [line_of(one) for one in held],
        "verb": _("Izinkan perjanjian"),
        "danger": False,
        "cancel": record.get_absolute_url(),
        "form": form,
    }
    return render(request, "components/confirm.html", context)


def line_of(held: Held) -> str:
    return _("%(ikm)s: rapor %(month)s %(standing)s, nilai %(score)s") % {
        "ikm": held.enterprise,
        "month": month_long(held.card.month),
        "standing": held.standing.name,
        "score": number(held.score, 0),
    }
