"""Partnerships without movement: what both sides say, counted; and saying it."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from partnerships.actions.stalls import answer_stall
from partnerships.forms.milestones import StallForm
from partnerships.models import Stall
from partnerships.standstills import SIDES, open_stalls
from partnerships.views.shared import Refused, errors_on


@require_safe
@requires(Permission.AGREEMENT_VIEW)
def stalls(request):
    """Those that still stand still, longest first, with what each side said; and how often each reason was named."""
    rows = open_stalls(request.user)
    said = Counter(answer.get_reason_display() for row in rows for answer in row["answers"].values())
    context = {
        "rows": rows,
        "reasons": said.most_common(),
        "answers": said.total(),
        "may_answer": request.user.may(Permission.STALL_ANSWER),
    }
    return render(request, "partnerships/stalls.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.STALL_ANSWER)
def answer(request, pk):
    """Say why nothing moves, for one's own side."""
    rows = Stall.objects.visible_to(request.user).select_related("agreement", "enterprise", "buyer")
    stall = get_object_or_404(rows, pk=pk)
    own = stall.answers.filter(side=SIDES[request.user.role]).first()
    initial = {"reason": own.reason, "note": own.note} if own else {}
    form = StallForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                answer_stall(stall, by=request.user, **form.cleaned_data)
        except Refused:
            pass
        else:
            messages.success(request, _("Alasan tersimpan. Petugas program membacanya."))
            return redirect("partnerships:stalls")
    context = {
        "title": str(stall),
        "text": _("Menurut catatan, gerak terakhir pada %(number)s sudah %(days)s hari yang lalu.")
        % {"number": stall.agreement.number, "days": (timezone.localdate() - stall.since).days},
        "consequences": [],
        "verb": _("Simpan alasan"),
        "danger": False,
        "cancel": reverse("partnerships:stalls"),
        "form": form,
    }
    return render(request, "components/confirm.html", context)
