"""The versions of how applications are judged: read, and followed by a new one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.criteria_versions import differences, digest
from participants.criteria_words import in_words, stored
from participants.forms.criteria import CriteriaForm
from participants.models import Cohort, SelectionForm
from participants.views.saving import is_good, key_of, saved


@requires(Permission.APPLICATION_VIEW)
def selection_forms(request):
    """Every version, the newest first, with its criteria and the cohorts that were judged by it."""
    forms = list(SelectionForm.objects.order_by("-version"))
    known = Cohort.objects.visible_to(request.user)
    context = {
        "rows": [
            (form, form.read(), known.filter(applications__form=form).distinct().order_by("-starts_on"))
            for form in forms
        ],
        "may_manage": request.user.may(Permission.COHORT_MANAGE),
    }
    return render(request, "participants/selection_forms.html", context)


@requires(Permission.COHORT_MANAGE)
def new_selection_form(request):
    """Begin with the newest version, look at what differs, then publish; what was not seen is not published."""
    based_on = SelectionForm.objects.order_by("-version").first()
    if based_on is None:
        raise Http404
    if request.method == "POST" and SelectionForm.objects.filter(pk=key_of(request)).exists():
        return redirect("participants:selection_forms")
    form = CriteriaForm(request.POST or None, based_on=based_on)
    context = {
        "form": form,
        "based_on": based_on,
        "next_version": based_on.version + 1,
        "is_asked": False,
        "differences": [],
        "seen": "",
    }
    if is_good(request, form):
        version = form.version()
        if request.POST.get("terbitkan") == digest(version) and request.POST.get("dari") == str(based_on.pk):
            key = form.cleaned_data["key"]
            publish = actions.publish_selection_form
            if saved(form, publish, version, by=request.user, based_on=based_on, id=key):
                messages.success(request, _("Versi baru terbit."))
                return redirect("participants:selection_forms")
        found = differences(stored(based_on), version)
        context |= {"is_asked": True, "differences": in_words(found), "seen": digest(version)}
    return render(request, "participants/selection_form_new.html", context)
