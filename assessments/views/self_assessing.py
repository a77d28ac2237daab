"""An owner rates the own workshop, on the phone and with the same items as the assessor."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import actions
from assessments.models import Assessment, CohortRubric
from assessments.views.owner import chosen_enterprise
from assessments.views.shared import words_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission


@requires(Permission.SELF_ASSESS)
def self_rating(request):
    """Where one's own rating stands; a press begins a new one or goes on with the one that is open."""
    enterprise, mine = chosen_enterprise(request)
    enrolment = enterprise.enrolments.on_roster().first() if enterprise else None
    if request.method == "POST":
        return begin(request, enrolment)
    rows = Assessment.objects.none()
    if enterprise:
        rows = Assessment.objects.visible_to(request.user).filter(
            enterprise=enterprise, kind=Assessment.Kind.SELF
        )
    context = {
        "enterprise": enterprise,
        "mine": mine,
        "enrolment": enrolment,
        "has_rubric": enrolment and CohortRubric.objects.filter(cohort=enrolment.cohort_id).exists(),
        "open": rows.writable().filter(assessor=request.user).with_counts().first(),
        "handed_in": rows.self_rated().order_by("-submitted_at")[:6],
    }
    return render(request, "assessments/self_rating.html", context)


def begin(request, enrolment):
    if enrolment is None:
        messages.warning(request, _("IKM Anda tidak sedang menjadi peserta angkatan."))
        return redirect("assessments:self_rating")
    try:
        assessment = actions.start_assessment(
            enrolment, Assessment.Kind.SELF, timezone.localdate(), by=request.user
        )
    except ValidationError as error:
        messages.warning(request, words_of(error))
        return redirect("assessments:self_rating")
    return redirect("assessments:fill", assessment.code)
