"""One enterprise's part in a cohort; the moves of many at once; what follows graduation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.consents import withdrawn
from participants.forms.enrolments import BulkMoveForm, FollowUpForm
from participants.models import Cohort, Enrolment, FollowUp
from participants.views.saving import is_good, saved

# a confirmation lists every name, and nobody reads more
MOST_AT_ONCE = 500


@requires(Permission.COHORT_VIEW)
def enrolment(request, pk):
    """From application to graduation: every move with its day, its person and its reason."""
    rows = Enrolment.objects.visible_to(request.user).select_related("enterprise", "cohort").with_mentor()
    found = get_object_or_404(rows, pk=pk)
    context = {
        "enrolment": found,
        "enterprise": found.enterprise,
        "withdrawn": withdrawn(found.enterprise),
        "moves": found.moves.select_related("by"),
        "assignments": found.mentor_assignments.select_related("mentor", "assigned_by"),
        "follow_ups": found.follow_ups.select_related("done_by"),
        "today": timezone.localdate(),
        "may_manage": request.user.may(Permission.COHORT_MANAGE),
    }
    return render(request, "participants/enrolment.html", context)


@require_POST
@requires(Permission.COHORT_MANAGE)
def bulk_move(request, code):
    """Ask, then move several members of a cohort; each that cannot says why, the others go through."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), code=code)
    codes = request.POST.getlist("ikm")[:MOST_AT_ONCE]
    members = Enrolment.objects.visible_to(request.user).filter(cohort=cohort, enterprise__code__in=codes)
    chosen = list(members.select_related("enterprise", "cohort").order_by("enterprise__name"))
    if not chosen:
        messages.warning(request, _("Pilih dulu IKM pada daftar, lalu pilih tindakannya."))
        return redirect("participants:cohort", code)
    is_confirmed = "jalankan" in request.POST
    form = BulkMoveForm(request.POST if is_confirmed else None, chosen=chosen)
    if is_confirmed and form.is_valid():
        refusals = [text for one in chosen if (text := refusal(one, form, request.user))]
        done = len(chosen) - len(refusals)
        if done:
            text = _("Status %(done)d dari %(all)d IKM diubah.")
            messages.success(request, text % {"done": done, "all": len(chosen)})
        for text in refusals:
            messages.error(request, text)
        return redirect("participants:cohort", code)
    return render(request, "participants/bulk_move.html", {"form": form, "cohort": cohort, "chosen": chosen})


def refusal(enrolment: Enrolment, form: BulkMoveForm, user) -> str:
    """Move one enrolment; return why that cannot be, or nothing."""
    try:
        actions.move_enrolment(enrolment, by=user, **form.cleaned_data)
    except ValidationError as error:
        return f"{enrolment.enterprise}: {' '.join(error.messages)}"
    return ""


@requires(Permission.COHORT_MANAGE)
def finish_follow_up(request, pk):
    """Write down what was found when somebody looked after a graduate."""
    rows = FollowUp.objects.visible_to(request.user).select_related("enrolment__enterprise", "done_by")
    found = get_object_or_404(rows, pk=pk)
    form = FollowUpForm(request.POST or None)
    if is_good(request, form) and saved(
        form, actions.finish_follow_up, found, form.cleaned_data["note"], by=request.user
    ):
        messages.success(request, _("Tindak lanjut tercatat."))
        return redirect("participants:enrolment", found.enrolment_id)
    return render(request, "participants/follow_up.html", {"form": form, "follow_up": found})
