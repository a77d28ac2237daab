"""Correcting an approved assessment: a reason, a new version, and what it changes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessments import actions
from assessments.actions.correcting import may_correct
from assessments.corrected import correction_of
from assessments.forms.corrections import CorrectionForm
from assessments.later_correction import later_correction, newest_correction
from assessments.models import Assessment, ClassDecision, SecondAssessment
from assessments.sheet import Sheet
from assessments.views.shared import words_of
from assessments.wording import line_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission


def correction_context(user, assessment: Assessment, sheet: Sheet) -> dict:
    """Return what a result page says of versions: what this one corrects, and what corrects this one."""
    is_approved = assessment.status == Assessment.Status.APPROVED
    opened = Assessment.objects.filter(supersedes=assessment).exclude(status=Assessment.Status.APPROVED)
    return {
        "correction": correction_of(assessment, sheet),
        "replaced_by": newest_correction(assessment) if is_approved else None,
        "open_correction": opened.visible_to(user).select_related("assessor").first(),
        "second": SecondAssessment.objects.visible_to(user).filter(assessment=assessment).first(),
        "may_correct": is_approved and may_correct(assessment, user),
    }


def later_context(decision: ClassDecision, names: dict) -> dict:
    """Return what a decided page says of a correction approved since; `names` as the decision stored them."""
    later = later_correction(decision)
    return {
        "later": later,
        "later_lines": [line_of(new, names) for _old, new in later.changed] if later else [],
    }


@requires(Permission.ASSESSMENT_WRITE)
def correct(request, code):
    rows = Assessment.objects.visible_to(request.user).select_related("enterprise", "enrolment", "rubric")
    assessment = get_object_or_404(rows, code=code)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.start_correction(assessment, form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error(None if not hasattr(error, "error_dict") else "reason", words_of(error))
        else:
            return redirect("assessments:fill", made.code)
    return render(request, "assessments/correct.html", {"assessment": assessment, "form": form})


@requires(Permission.ASSESSMENT_WRITE)
def discard(request, code):
    rows = Assessment.objects.visible_to(request.user).filter(
        assessor=request.user, supersedes__isnull=False, status=Assessment.Status.DRAFT
    )
    correction = get_object_or_404(rows.select_related("enterprise", "supersedes"), code=code)
    old = correction.supersedes
    if request.method == "POST":
        actions.discard_correction(correction, by=request.user)
        messages.success(request, _("Koreksi dibatalkan; penilaian yang disetujui tetap berlaku."))
        return redirect(old)
    return render(request, "assessments/discard_correction.html", {"assessment": correction, "old": old})
