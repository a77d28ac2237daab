"""A reviewer's page: what the applicant wrote, without who they are, and one's own scores."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.selection import ReviewForm
from participants.models import ApplicationReview
from participants.selection import total
from participants.views.saving import is_good, refused, saved


def review_of(request, code: str) -> ApplicationReview:
    """Return one's own review of the application, or 404."""
    rows = ApplicationReview.objects.visible_to(request.user).filter(reviewer=request.user)
    return get_object_or_404(
        rows.select_related("application__cohort", "application__form", "application__regency__province"),
        application__code=code,
    )


@requires(Permission.APPLICATION_REVIEW)
def review_application(request, code):
    """Score one application, blind: neither the applicant's person nor the other reviewer is shown."""
    review = review_of(request, code)
    application, criteria = review.application, review.application.form.read()
    initial = {f"nilai_{code}": score for code, score in review.scores.items()}
    initial |= {"recommendation": review.recommendation, "remark": review.remark}
    form = ReviewForm(
        request.POST or None, criteria=criteria, is_correction=bool(review.filed_at), initial=initial
    )
    if is_good(request, form) and saved(form, actions.file_review, review, by=request.user, **form.values()):
        messages.success(request, _("Nilai Anda dikirim."))
        return redirect("participants:applications")
    both = list(application.reviews.select_related("reviewer")) if application.is_judged else []
    context = {
        "review": review,
        "application": application,
        "form": form,
        "both": [(one, total(one.scores, criteria)) for one in both],
        "is_open": application.status == "in_review" and not both,
    }
    return render(request, "participants/selection_review.html", context)


@require_POST
@requires(Permission.APPLICATION_REVIEW)
def recuse(request, code):
    """Give the seat back, with a reason."""
    try:
        actions.recuse(review_of(request, code), by=request.user, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        refused(request, error)
        return redirect("participants:review_application", code)
    messages.success(request, _("Petugas akan meminta penilai lain."))
    return redirect("participants:applications")
