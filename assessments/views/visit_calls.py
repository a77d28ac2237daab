"""Visits that a month's standing asks for: what is open, one call, its session planned, or settled in words."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.actions.visit_calls import plan_visit, settle_visit_call
from assessments.forms.visit_calls import PlanVisitForm, SettleVisitForm
from assessments.models import VisitCall
from assessments.visit_proposal import cause_of, mentor_of, proposal_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from trainings.clashes import NotAgreed

SHOWN = 30


@require_safe
@requires(Permission.COHORT_VIEW)
def visit_calls(request):
    """Those that nobody answered, the most urgent first; and the newest that somebody did."""
    rows = VisitCall.objects.visible_to(request.user)
    waiting = rows.open().select_related("enterprise", "scorecard")
    answered = rows.for_pages().exclude(pk__in=rows.open().values("pk")).order_by("-created_at")
    context = {"waiting": described(waiting), "answered": described(answered[:SHOWN])}
    return render(request, "assessments/visit_calls.html", context | {"today": timezone.localdate()})


def described(calls) -> list[dict]:
    return [{"call": call, "cause": cause_of(call)} for call in calls]


@require_safe
@requires(Permission.COHORT_VIEW)
def visit_call(request, pk):
    """Why a visit is asked for, and the form that plans it for whoever may."""
    return page(request, visible(request, pk))


@require_POST
@requires(Permission.TRAINING_MANAGE)
def plan(request, pk):
    """Plan the visit as a session of the IKM's cohort."""
    call = visible(request, pk)
    proposal = proposal_of(call, timezone.localdate())
    if proposal is None:
        messages.error(
            request, _("IKM ini tidak ada di angkatan yang berjalan, jadi tidak ada sesi baginya.")
        )
        return redirect(call)
    form = PlanVisitForm(request.POST, cohort=proposal.enrolment.cohort)
    found = None
    if form.is_valid():
        try:
            session = plan_visit(
                call,
                proposal.enrolment,
                by=request.user,
                key=form.cleaned_data["key"],
                agreed=request.POST.get("agreed", ""),
                **form.details(),
            )
        except NotAgreed as refusal:
            found = refusal.review
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Kunjungan dijadwalkan. Peserta dan narasumber diberi tahu."))
            return redirect(session)
    return page(request, call, form=form, review=found)


@require_POST
@requires(Permission.PLAN_KEEP)
def settle(request, pk):
    """Say why no session is planned."""
    call, form = visible(request, pk), SettleVisitForm(request.POST)
    if form.is_valid():
        try:
            settle_visit_call(call, form.cleaned_data["note"], by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Permintaan kunjungan ditutup tanpa sesi."))
        return redirect(call)
    return page(request, call, settle_form=form)


def visible(request, pk) -> VisitCall:
    rows = VisitCall.objects.visible_to(request.user).for_pages()
    return get_object_or_404(rows.select_related("enterprise__regency__province"), pk=pk)


def page(request, call: VisitCall, *, form=None, settle_form=None, review=None):
    """Draw one call with the forms its reader may use now."""
    today = timezone.localdate()
    is_open = call.settled_at is None and call.session_code is None
    proposal = proposal_of(call, today) if is_open else None
    if form is None and proposal and request.user.may(Permission.TRAINING_MANAGE):
        form = PlanVisitForm(cohort=proposal.enrolment.cohort, initial=proposal.initial)
    context = {
        "call": call,
        "cause": cause_of(call),
        "mentor": proposal.mentor if proposal else mentor_of(call),
        "proposal": proposal,
        "is_open": is_open,
        "is_late": is_open and call.due_on < today,
        "form": form if is_open else None,
        "settle_form": (settle_form or SettleVisitForm())
        if is_open and request.user.may(Permission.PLAN_KEEP)
        else None,
        "review": review,
        "refused": settle_form or form,
    }
    return render(request, "assessments/visit_call.html", context)
