"""The same act for several enterprises: those ticked on the page, or all that the filters find."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.cohorts import BulkEnrolForm, BulkMentorForm
from participants.forms.filters import EnterpriseFilter
from participants.models import Enterprise
from participants.views.sheets import export_name, sheet_response

FORMS = {"mentor": BulkMentorForm, "daftar": BulkEnrolForm}
EXPORT = "unduh"
# a confirmation lists every name, and nobody reads more
MOST_AT_ONCE = 500


@dataclass
class Outcome:
    """What became of each: how many went through, and why the others did not."""

    done: int = 0
    refused: list[tuple[Enterprise, str]] = field(default_factory=list)

    @property
    def all(self) -> int:
        return self.done + len(self.refused)


def chosen_rows(request):
    """Return the enterprises that were ticked; with `semua`, all that the filters of the list find."""
    visible = Enterprise.objects.visible_to(request.user)
    if "semua" in request.POST:
        asked = EnterpriseFilter(QueryDict(request.POST.get("saringan", "")), user=request.user)
        return asked.narrow(visible)
    return visible.filter(code__in=request.POST.getlist("ikm")[:MOST_AT_ONCE]).order_by("name")


def back_to_list(request) -> str:
    """Return the address of the list as it was; nothing of its filters is lost."""
    kept = EnterpriseFilter(QueryDict(request.POST.get("saringan", "")), user=request.user).query()
    address = reverse("participants:list")
    return f"{address}?{kept.urlencode()}" if kept else address


@require_POST
@requires(Permission.MENTOR_ASSIGN, Permission.COHORT_MANAGE)
def bulk(request):
    """Ask, then do the same to several enterprises; each that cannot says why, the others go through."""
    rows, action = chosen_rows(request), request.POST.get("aksi", "")
    if action == EXPORT and rows.exists():
        return sheet_response(actions.export_enterprises(rows, by=request.user), export_name())
    form_class = FORMS.get(action)
    chosen = list(rows.with_standing()[:MOST_AT_ONCE]) if form_class else []
    if form_class is None or not chosen:
        messages.warning(request, _("Pilih dulu IKM pada daftar, lalu pilih tindakannya."))
        return redirect(back_to_list(request))
    is_confirmed = "jalankan" in request.POST
    form = form_class(request.POST if is_confirmed else None)
    if is_confirmed and form.is_valid():
        return told(request, form, carried_out(form, chosen, by=request.user))
    context = {
        "form": form,
        "chosen": chosen,
        "action": action,
        "found": rows.count() if "semua" in request.POST else len(chosen),
        "most": MOST_AT_ONCE,
        "query": request.POST.get("saringan", ""),
        "back": back_to_list(request),
    }
    return render(request, "participants/bulk.html", context)


def carried_out(form, chosen: list[Enterprise], *, by) -> Outcome:
    """Do what the form asks to each; what one refuses keeps nobody else from it."""
    outcome = Outcome()
    for enterprise in chosen:
        try:
            form.apply(enterprise, by=by)
        except ValidationError as error:
            outcome.refused.append((enterprise, " ".join(error.messages)))
        else:
            outcome.done += 1
    return outcome


def told(request, form, outcome: Outcome):
    """Lead back to the list as it was; those that refused are named first, on a page of their own."""
    text = _("%(text)s: %(done)d dari %(all)d IKM.") % {
        "text": form.done,
        "done": outcome.done,
        "all": outcome.all,
    }
    if outcome.done:
        messages.success(request, text)
    warn_of_quota(request, form)
    if not outcome.refused:
        return redirect(back_to_list(request))
    context = {"form": form, "outcome": outcome, "back": back_to_list(request)}
    return render(request, "participants/bulk_done.html", context)


def warn_of_quota(request, form) -> None:
    """Say that a cohort has more members than planned; that is allowed, and worth knowing."""
    cohort = form.cleaned_data.get("cohort")
    if cohort and (left := cohort.places_left) < 0:
        text = _("%(cohort)s melebihi kuota: %(count)d IKM di atas %(quota)d.")
        messages.warning(request, text % {"cohort": cohort, "count": -left, "quota": cohort.quota})
