"""A lead takes an issued report out of force."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.reports import actions
from closedloop.reports.models import ReportJob
from closedloop.reports.revoke_form import RevokeForm


@requires(Permission.REPORT_REVOKE)
def revoke(request, code):
    """Ask for the reason, then revoke; the public page of the report says so at once."""
    jobs = ReportJob.objects.visible_to(request.user).done().filter(revocation=None)
    job = get_object_or_404(jobs.select_related("batch", "superseded__new"), code=code)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revoke(job, form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Laporan dicabut."))
            return redirect("reports:verify", job.code)
    return render(request, "reports/revoke.html", {"job": job, "form": form})
