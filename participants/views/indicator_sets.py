"""The versions of the figures that enterprises are asked for: read, and followed by a new one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.indicator_sets import IndicatorForm, IndicatorSetForm
from participants.models import Indicator, IndicatorSet
from participants.set_lines import differences, digest
from participants.set_words import in_words, lines_of
from participants.views.saving import is_good, key_of, saved


def newest_set() -> IndicatorSet | None:
    return IndicatorSet.objects.exclude(published_at=None).order_by("-published_at", "-version").first()


@requires(Permission.COHORT_VIEW)
def indicator_sets(request):
    """Every version, the newest first, with what it asks and which cohorts follow it."""
    rows = IndicatorSet.objects.exclude(published_at=None).order_by("-published_at", "-version")
    context = {
        "sets": rows.prefetch_related("lines__indicator", "cohort_pins__cohort"),
        "may_manage": request.user.may(Permission.COHORT_MANAGE),
    }
    return render(request, "participants/indicator_sets.html", context)


@requires(Permission.COHORT_MANAGE)
def new_indicator_set(request):
    """Begin with the newest version, look at what differs, then publish; what was not seen is not published."""
    based_on = newest_set()
    if based_on is None:
        raise Http404
    if request.method == "POST" and IndicatorSet.objects.filter(pk=key_of(request)).exists():
        return redirect("participants:indicator_sets")
    before = lines_of(based_on)
    form = IndicatorSetForm(request.POST or None, lines=before, name=based_on.name)
    context = {
        "form": form,
        "based_on": based_on,
        "next_version": based_on.version + 1,
        "is_asked": False,
        "differences": [],
        "seen": "",
    }
    if is_good(request, form):
        lines = form.lines()
        if request.POST.get("terbitkan") == digest(lines) and request.POST.get("dari") == str(based_on.pk):
            key = {"id": form.cleaned_data["key"]}
            name = form.cleaned_data["name"]
            if made := saved(
                form,
                actions.publish_indicators,
                lines,
                by=request.user,
                name=name,
                based_on=based_on,
                **key,
            ):
                messages.success(
                    request, _("%(set)s terbit. Angkatan memakainya bila Anda pilih.") % {"set": made}
                )
                return redirect("participants:indicator_sets")
        found = differences(before, lines)
        known = {one.code: one for one in Indicator.objects.filter(code__in=[one.code for one in found])}
        context |= {"is_asked": True, "differences": in_words(found, known), "seen": digest(lines)}
    return render(request, "participants/indicator_set_form.html", context)


@requires(Permission.COHORT_MANAGE)
def add_indicator(request):
    """Add a figure to choose from."""
    form = IndicatorForm(request.POST or None)
    if request.method == "POST" and Indicator.objects.filter(pk=key_of(request)).exists():
        return redirect("participants:new_indicator_set")
    if is_good(request, form) and saved(form, actions.add_indicator, by=request.user, **form.values()):
        messages.success(request, _("Angka ditambahkan. Pilih di versi berikutnya agar ditanyakan."))
        return redirect("participants:new_indicator_set")
    return render(request, "participants/indicator_form.html", {"form": form})
