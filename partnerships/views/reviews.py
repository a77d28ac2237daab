"""Quarterly reviews of an agreement: recording one with its decisions, and one on its own page."""

from datetime import date

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from partnerships import actions
from partnerships.forms.reviews import DecisionFormSet, ReviewForm
from partnerships.models import Complaint, ReviewMeeting
from partnerships.quarter import frozen_figures
from partnerships.quarter_words import rows_of
from partnerships.views.shared import Refused, agreement_of, errors_on


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def add_review(request, code):
    """Record a review beside the figures of its quarter; without a decision it is not saved."""
    record = agreement_of(request, code)
    form = ReviewForm(request.POST or None)
    decisions = DecisionFormSet(request.POST or None, prefix="keputusan", agreement=record)
    if request.method == "POST" and form.is_valid() & decisions.is_valid():
        try:
            with errors_on(form):
                saved = actions.record_review(
                    record, by=request.user, decisions=decisions.drafts, **form.values()
                )
        except Refused:
            pass
        else:
            messages.success(request, _("Tinjauan tersimpan dan ditutup bersama keputusannya."))
            return redirect(saved)
    context = {
        "form": form,
        "decisions": decisions,
        "agreement": record,
        "figures": rows_of(frozen_figures(record, timezone.localdate())),
        "complaints": Complaint.objects.visible_to(request.user)
        .open()
        .filter(line__order__agreement=record)
        .for_lists(),
    }
    return render(request, "partnerships/add_review.html", context)


@require_safe
@requires(Permission.AGREEMENT_VIEW)
def review(request, code, pk):
    """One review: who came, what was said and decided, where each decision led, and the frozen figures.

    The figures are of all the parties together, so a party does not read them; nor a decision about an IKM it
    does not deal with.
    """
    record = agreement_of(request, code)
    meeting = get_object_or_404(
        ReviewMeeting.objects.visible_to(request.user).select_related("recorded_by", "closed_by"),
        agreement=record,
        pk=pk,
    )
    told = Complaint.objects.visible_to(request.user).filter(line__order__agreement=record)
    decisions = (
        meeting.decisions.dealt_with_by(request.user, record)
        .select_related("enterprise", "session", "plan_item__criterion", "requirement")
        .prefetch_related(Prefetch("session__complaints", queryset=told, to_attr="told_complaints"))
    )
    sees_figures = request.user.may(Permission.BUYER_VIEW) and bool(meeting.figures)
    context = {
        "agreement": record,
        "review": meeting,
        "decisions": decisions,
        "figures": rows_of(meeting.figures) if sees_figures else [],
        "until": date.fromisoformat(meeting.figures["until"]) if sees_figures else None,
        "sees_all": sees_figures,
    }
    return render(request, "partnerships/review.html", context)
