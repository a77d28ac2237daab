"""A cohort is planned: with proposals for every field, and the newest versions."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.dashboard.forms import NewCohortForm
from closedloop.dashboard.pins import newest_pins
from closedloop.dashboard.planning import plan_cohort, usual
from participants.models import Cohort
from participants.views.saving import is_good, key_of, saved


@requires(Permission.COHORT_MANAGE)
def add_cohort(request):
    """Plan a new round; a second press leads to the one that was made."""
    if request.method == "POST" and (twin := Cohort.objects.filter(pk=key_of(request)).first()):
        return redirect(twin)
    form = NewCohortForm(request.POST or None, initial=usual(timezone.localdate()))
    if is_good(request, form):
        made = saved(form, plan_cohort, by=request.user, **form.values())
        if made:
            messages.success(request, _("%(name)s dibuat.") % {"name": made})
            return redirect(made)
    return render(request, "dashboard/new_cohort.html", {"form": form, "pins": newest_pins()})
