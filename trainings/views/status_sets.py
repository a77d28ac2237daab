"""What a presence is worth: every version, and the next one."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.views.saving import is_good, saved
from trainings import actions
from trainings.forms.status_sets import StatusSetForm
from trainings.models import StatusSet
from trainings.models.status_sets import STATUSES, WINDOWS


@requires(Permission.COHORT_VIEW)
def status_sets(request):
    """Every version, newest first, with what it changed and how many sessions follow it."""
    versions = list(StatusSet.objects.annotate(session_count=Count("sessions")).order_by("-version"))
    earlier = [*versions[1:], None]
    context = {
        "rows": [
            (version, cells(version, before, STATUSES), cells(version, before, WINDOWS))
            for version, before in zip(versions, earlier, strict=True)
        ],
        "statuses": [StatusSet._meta.get_field(status).verbose_name for status in STATUSES],
        "may_make": request.user.may(Permission.CURRICULUM_MANAGE),
    }
    return render(request, "trainings/status_sets.html", context)


def cells(version, before, names):
    """Return (label, value, the earlier value where it differs) for each name."""
    return [
        (
            StatusSet._meta.get_field(name).verbose_name,
            getattr(version, name),
            getattr(before, name) if before and getattr(before, name) != getattr(version, name) else None,
        )
        for name in names
    ]


@requires(Permission.CURRICULUM_MANAGE)
def new_status_set(request):
    """Publish the next version, starting from the one in force."""
    newest = StatusSet.objects.newest()
    form = StatusSetForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(newest, name) for name in ("name", *STATUSES, *WINDOWS)},
    )
    if is_good(request, form):
        made = saved(form, actions.publish_status_set, by=request.user, **form.values())
        if made:
            messages.success(
                request,
                _("Versi %(version)d terbit. Sesi yang dibuat mulai sekarang memakainya.")
                % {"version": made.version},
            )
            return redirect("trainings:status_sets")
    return render(request, "trainings/status_set_new.html", {"form": form, "newest": newest})
