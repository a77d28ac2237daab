"""The list of processes: renamed, retired and added; never deleted."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.processes import NewProcessForm, ProcessForm
from participants.models import Process
from participants.views.saving import is_good, saved


@requires(Permission.COHORT_MANAGE)
def process_list(request):
    """Every process with the number of enterprises that name it, retired ones last."""
    rows = Process.objects.annotate(enterprise_count=Count("enterprises")).order_by("is_retired", "name")
    return render(request, "participants/processes.html", {"processes": rows})


@requires(Permission.COHORT_MANAGE)
def add_process(request):
    """Add a process."""
    form = NewProcessForm(request.POST or None)
    if is_good(request, form):
        twin = Process.objects.filter(pk=form.cleaned_data["key"]).first()
        if twin or saved(form, actions.add_process, by=request.user, **form.values()):
            messages.success(request, _("Proses ditambahkan."))
            return redirect("participants:processes")
    return render(request, "participants/process_form.html", {"form": form, "process": None})


@requires(Permission.COHORT_MANAGE)
def edit_process(request, code):
    """Rename or retire a process."""
    process = get_object_or_404(Process, code=code)
    shown = {"name": process.name, "is_retired": process.is_retired}
    form = ProcessForm(request.POST or None, initial=shown)
    if is_good(request, form) and saved(
        form, actions.update_process, process, by=request.user, **form.cleaned_data
    ):
        messages.success(request, _("Perubahan tersimpan."))
        return redirect("participants:processes")
    return render(request, "participants/process_form.html", {"form": form, "process": process})
