"""Reviewing what others assessed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import actions
from assessments.forms.reviewing import RemarksForm, ReviewForm
from assessments.models import Assessment
from assessments.views.results import result_context
from assessments.views.shared import TONES, page_of, words_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission


def others(request):
    """The assessments this person may review: visible ones that somebody else made."""
    return Assessment.objects.visible_to(request.user).exclude(assessor=request.user)


@requires(Permission.ASSESSMENT_REVIEW)
def reviews(request):
    rows = others(request).awaiting_review().for_lists().select_related("reviewed_by")
    page = page_of(request, rows.order_by("submitted_at", "pk"))
    for row in page:
        row.tone = TONES[row.status]
    return render(request, "assessments/reviews.html", {"page": page})


@requires(Permission.ASSESSMENT_REVIEW)
def review(request, code):
    rows = others(request).select_related(
        "enterprise", "enrolment__cohort", "rubric", "assessor", "reviewed_by"
    )
    assessment = get_object_or_404(rows, code=code)
    if not assessment.can_become(Assessment.Status.APPROVED):
        messages.warning(
            request,
            _("Penilaian ini berstatus %(status)s; tidak ada yang perlu ditinjau.")
            % {"status": assessment.get_status_display().lower()},
        )
        return redirect(assessment)
    context = result_context(request, assessment)
    form = ReviewForm(request.POST or None)
    marks = RemarksForm(request.POST or None, sheet=context["sheet"])
    if request.method == "POST" and form.is_valid() and marks.is_valid() and fits(form, marks):
        try:
            act(form, marks, assessment, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            approved = assessment.status == Assessment.Status.APPROVED
            messages.success(request, _("Penilaian disetujui.") if approved else _("Penilaian dikembalikan."))
            return redirect("assessments:reviews" if not approved else assessment)
    return render(request, "assessments/review.html", {**context, "form": form, "marks": marks})


def fits(form: ReviewForm, marks: RemarksForm) -> bool:
    """Whether the decision and what was written go together; says beside its field what does not."""
    returns = form.cleaned_data["decision"] == ReviewForm.RETURN
    if returns and not form.cleaned_data["note"] and not marks.remarks():
        form.add_error("note", _("Tulis apa yang harus diperbaiki"))
    if not returns and marks.remarks():
        form.add_error("decision", _("Ada catatan pada butir: kembalikan, atau kosongkan catatannya"))
    return form.is_valid()


def act(form: ReviewForm, marks: RemarksForm, assessment: Assessment, *, by) -> None:
    if form.cleaned_data["decision"] == ReviewForm.APPROVE:
        actions.approve(assessment, by=by)
    else:
        reason = form.cleaned_data["note"]
        actions.return_to_assessor(assessment, reason, remarks=marks.remarks(), by=by)


@require_POST
@requires(Permission.ASSESSMENT_REVIEW)
def take(request, code):
    assessment = get_object_or_404(others(request), code=code)
    try:
        actions.take_review(assessment, by=request.user)
    except ValidationError as error:
        messages.error(request, words_of(error))
    return redirect("assessments:review", assessment.code)
