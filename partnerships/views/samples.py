"""Samples: the IKM hands one over, the buyer approves it or says what to mend."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Enterprise
from partnerships.actions.samples import decide_sample, submit_sample
from partnerships.forms.samples import DecideSampleForm, SubmitSampleForm
from partnerships.models import Buyer, Sample
from partnerships.views.shared import Refused, errors_on, page_of


@require_safe
@requires(Permission.SAMPLE_DECIDE)
def samples(request):
    """Samples that wait for a word first, then those decided."""
    rows = Sample.objects.visible_to(request.user).select_related("enterprise", "buyer")
    page = page_of(request, rows.order_by("decided_on", "-submitted_on"))
    context = {"page": page, "waiting": rows.waiting().count()}
    return render(request, "partnerships/samples.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SAMPLE_SUBMIT)
def add_sample(request, code, buyer_code):
    """Record a sample that was handed to the buyer."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), code=code)
    buyer = get_object_or_404(Buyer.objects.visible_to(request.user), code=buyer_code)
    back = reverse("partnerships:clearance", args=[enterprise.code, buyer.code])
    form = SubmitSampleForm(request.POST or None, initial={"submitted_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                submit_sample(enterprise, buyer, by=request.user, **form.values())
        except Refused:
            pass
        else:
            messages.success(request, _("Sampel tercatat. Pembeli diberi tahu."))
            return redirect(back)
    context = {
        "title": _("Catat sampel untuk %(buyer)s") % {"buyer": buyer},
        "text": _("Pembeli memutuskan sampel ini. Persetujuannya membuka syarat sampel pada Siap Pasok."),
        "consequences": [],
        "verb": _("Simpan sampel"),
        "danger": False,
        "cancel": back,
        "form": form,
    }
    return render(request, "components/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SAMPLE_DECIDE)
def decide(request, pk):
    """Approve or refuse a sample: the buyer, or staff who hold the buyer's letter."""
    rows = Sample.objects.visible_to(request.user).select_related("enterprise", "buyer")
    sample = get_object_or_404(rows, pk=pk)
    back = reverse("partnerships:samples")
    if request.user.role != Role.BUYER:
        back = reverse("partnerships:clearance", args=[sample.enterprise.code, sample.buyer.code])
    form = DecideSampleForm(request.POST or None, initial={"decided_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                decide_sample(sample, by=request.user, **form.values())
        except Refused:
            pass
        else:
            messages.success(request, _("Putusan tersimpan. IKM diberi tahu."))
            return redirect(back)
    context = {
        "title": _("Putuskan sampel %(part)s") % {"part": sample},
        "text": _("%(enterprise)s mengirim %(quantity)s buah untuk %(buyer)s.")
        % {"enterprise": sample.enterprise, "quantity": sample.quantity, "buyer": sample.buyer},
        "consequences": [],
        "verb": _("Simpan putusan"),
        "danger": False,
        "cancel": back,
        "form": form,
    }
    return render(request, "components/confirm.html", context)
