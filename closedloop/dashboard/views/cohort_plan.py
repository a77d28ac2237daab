"""A cohort's versions and their change; a cohort copied to other days."""

from dataclasses import replace

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.dashboard.cloning import clone_cohort, plan_of
from closedloop.dashboard.forms import CloneForm, PinsForm
from closedloop.dashboard.pin_effects import effects_of
from closedloop.dashboard.pinning import set_pins
from closedloop.dashboard.pins import Pins, newest_pins, pins_of
from participants.models import Cohort
from participants.views.saving import key_of, saved


@requires(Permission.COHORT_MANAGE)
def pins(request, code):
    """Choose the versions of a cohort; what that changes is shown before it is saved."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), code=code)
    before = pins_of(cohort)
    form = PinsForm(request.POST if request.method == "POST" else None, pins=before)
    context = {"cohort": cohort, "pins": before, "form": form, "effects": [], "is_asked": False}
    if cohort.status == Cohort.Status.CLOSED and request.method == "POST":
        messages.warning(request, _("Angkatan ini sudah ditutup; versinya tidak berubah lagi."))
        return redirect("dashboard:cohort_pins", code)
    if request.method == "POST" and form.is_valid():
        wanted = form.pins()
        if not wanted.changed_from(before):
            messages.info(request, _("Tidak ada yang berubah."))
            return redirect("dashboard:cohort_pins", code)
        is_accepted = "terima" in request.POST or cohort.status != Cohort.Status.RUNNING
        if is_accepted and saved(
            form, set_pins, cohort, wanted, by=request.user, reason=form.cleaned_data["reason"]
        ):
            messages.success(request, _("Versi angkatan tersimpan."))
            return redirect("dashboard:cohort_pins", code)
        context |= {"effects": effects_of(cohort, before, wanted), "is_asked": True}
    return render(request, "dashboard/cohort_pins.html", context)


@requires(Permission.COHORT_MANAGE)
def clone(request, code):
    """Copy a cohort: fill in when it begins, look at every date, then save."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), code=code)
    form = CloneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (twin := Cohort.objects.filter(pk=key_of(request)).first()):
        messages.info(request, _("%(name)s sudah tersimpan.") % {"name": twin})
        return redirect(twin)
    plan = None
    if request.method == "POST" and form.is_valid():
        values = form.values()
        chosen = versions_for(cohort, values.pop("versions"))
        try:
            plan = plan_of(cohort, values["starts_on"], chosen, keep_weekdays=values["keep_weekdays"])
        except OverflowError:
            form.add_error("starts_on", _("Periksa tahunnya."))
        if plan and "simpan" in request.POST:
            made = saved(form, clone_cohort, cohort, by=request.user, pins=chosen, **values)
            if made:
                messages.success(request, _("%(name)s dibuat. Sesinya masih draf.") % {"name": made})
                return redirect(made)
    context = {"cohort": cohort, "form": form, "plan": plan}
    return render(request, "dashboard/clone_cohort.html", context)


def versions_for(cohort: Cohort, choice: str) -> Pins:
    """Return the cohort's versions, or the newest ones where those are asked for or nothing is pinned."""
    newest, own = newest_pins(), pins_of(cohort)
    if choice == CloneForm.NEWEST:
        return newest
    kept = {name: value for name in Pins.__dataclass_fields__ if (value := getattr(own, name))}
    return replace(newest, **kept)
