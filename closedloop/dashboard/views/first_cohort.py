"""The way from an empty site to the first session's code, as a list of things to do."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.dashboard.first_cohort import cohort_to_set_up, steps_of
from closedloop.dashboard.forms import NewCohortForm
from closedloop.dashboard.planning import plan_cohort, usual
from participants.models import Cohort
from participants.views.saving import is_good, key_of, saved


@requires(Permission.COHORT_MANAGE)
def first_cohort(request):
    """What is done and what is not; left and come back to as one likes, since the records remember."""
    if request.method == "POST" and Cohort.objects.filter(pk=key_of(request)).exists():
        return redirect("dashboard:first_cohort")
    cohort = None if "baru" in request.GET else cohort_to_set_up(request.GET.get("angkatan", ""))
    form = NewCohortForm(request.POST or None, initial=usual(timezone.localdate()))
    if is_good(request, form):
        made = saved(form, plan_cohort, by=request.user, **form.values())
        if made:
            messages.success(request, _("%(name)s dibuat.") % {"name": made})
            return redirect(f"{reverse('dashboard:first_cohort')}?angkatan={made.code}")
    steps = steps_of(cohort, request.user)
    context = {
        "cohort": cohort,
        "form": form if cohort is None or form.is_bound else None,
        "steps": steps,
        "left": sum(not step.is_done for step in steps),
        "session": cohort and cohort.sessions.live().order_by("starts_at").first(),
    }
    return render(request, "dashboard/first_cohort.html", context)
