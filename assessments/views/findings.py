"""Findings: written down, and one of them for everybody who may know of it."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import actions
from assessments.forms.findings import FindingForm
from assessments.models import Finding
from assessments.views.finding_page import page, visible
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission


@requires(Permission.FINDING_CLOSE)
def add(request):
    initial = {
        "enterprise": request.GET.get("ikm", ""),
        "due_on": timezone.localdate() + timedelta(days=30),
    }
    form = FindingForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        enterprise = values.pop("enterprise")
        same = Finding.objects.filter(enterprise=enterprise).open()
        if known := same.filter(problem=values["problem"], found_on=timezone.localdate()).first():
            messages.info(request, _("Temuan ini sudah dicatat hari ini."))
            return redirect(known)
        try:
            finding = actions.add_finding(enterprise, **values, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Temuan dicatat."))
            return redirect(finding)
    return render(request, "assessments/add_finding.html", {"form": form})


@requires(Permission.FINDING_VIEW)
def finding(request, code):
    return page(request, visible(request, code))
