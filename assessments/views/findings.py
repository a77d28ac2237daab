"""Findings: what is weak, who mends it, and whether it is mended."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import actions
from assessments.forms.findings import FindingForm, ProposeForm, ReasonForm
from assessments.models import Evidence, Finding
from assessments.views.owner import my_findings
from assessments.views.shared import FINDING_TONES, page_of, thumbs_of, trail_of, words_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Enterprise


@requires(Permission.FINDING_VIEW)
def findings(request):
    if request.user.role == Role.OWNER:
        return my_findings(request)
    query, today = request.GET, timezone.localdate()
    rows = Finding.objects.visible_to(request.user).for_lists()
    if query.get("status") in Finding.Status.values:
        rows = rows.filter(status=query["status"])
    elif query.get("status") != "all":
        rows = rows.open()
    if query.get("lewat"):
        rows = rows.overdue(today)
    if query.get("kritis"):
        rows = rows.critical()
    if text := query.get("q", "").strip():
        found = Enterprise.objects.visible_to(request.user).search(text)
        rows = rows.filter(enterprise__in=found.values("pk"))
    page = page_of(request, rows.order_by("due_on", "pk"))
    for row in page:
        row.tone, row.is_late = FINDING_TONES[row.status], row.is_open and row.due_on < today
    context = {
        "page": page,
        "statuses": Finding.Status.choices,
        "filters": {name: query.get(name, "") for name in ("q", "status", "kritis", "lewat")},
        "may_add": request.user.may(Permission.FINDING_CLOSE),
    }
    return render(request, "assessments/findings.html", context)


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


def visible(request, code: str) -> Finding:
    rows = Finding.objects.visible_to(request.user).for_lists().select_related("closed_by")
    return get_object_or_404(rows, code=code)


@requires(Permission.FINDING_VIEW)
def finding(request, code):
    return page(request, visible(request, code))


def page(request, one: Finding, **forms):
    """Draw one finding with the forms its reader may use now."""
    user = request.user
    mends = user.may(Permission.FINDING_PROPOSE) and one.can_become(Finding.Status.PROPOSED)
    checks = user.may(Permission.FINDING_CLOSE) and one.is_open
    before = Evidence.objects.none()
    if one.assessment_id and one.criterion_id:
        before = Evidence.objects.visible_to(user).photos()
        before = before.filter(assessment=one.assessment_id, criterion=one.criterion_id)
    context = {
        "finding": one,
        "tone": FINDING_TONES[one.status],
        "is_late": one.is_open and one.due_on < timezone.localdate(),
        "corrections": one.actions.select_related("entered_by").order_by("-created_at"),
        "before": thumbs_of(before.select_related("criterion")),
        "trail": trail_of(one),
        "may_start": mends and one.status == Finding.Status.OPEN,
        "propose_form": forms.get("propose_form") or (ProposeForm() if mends else None),
        "may_close": checks,
        "reason_form": forms.get("reason_form")
        or (ReasonForm() if checks and one.status == Finding.Status.PROPOSED else None),
        "form": forms.get("propose_form") or forms.get("reason_form"),
    }
    name = "finding_field.html" if user.role == Role.OWNER else "finding.html"
    return render(request, f"assessments/{name}", context)


@require_POST
@requires(Permission.FINDING_PROPOSE)
def start(request, code):
    return tried(
        request, visible(request, code), actions.start_finding, _("Temuan ditandai sedang dikerjakan.")
    )


def tried(request, one: Finding, action, done: str, *args):
    """Do it, say so or say why not, and go back to the finding."""
    try:
        action(one, *args, by=request.user)
    except ValidationError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, done)
    return redirect(one)


@require_POST
@requires(Permission.FINDING_PROPOSE)
def propose(request, code):
    one = visible(request, code)
    form = ProposeForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, one, propose_form=form)
    done = _("Bukti dikirim. Mentor akan memeriksanya.")
    values = form.cleaned_data
    return tried(request, one, actions.propose_closing, done, values["description"], values["photo"])


@require_POST
@requires(Permission.FINDING_CLOSE)
def close(request, code):
    return tried(request, visible(request, code), actions.close_finding, _("Temuan ditutup."))


@require_POST
@requires(Permission.FINDING_CLOSE)
def reopen(request, code):
    one = visible(request, code)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return page(request, one, reason_form=form)
    done = _("Pemilik diminta memperbaiki lagi.")
    return tried(request, one, actions.reopen, done, form.cleaned_data["reason"])
