"""Invite an IKM to make up for a missed session with another cohort, or take the invitation back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enrolment
from trainings import actions
from trainings.forms.make_up import MakeUpForm
from trainings.models import MakeUpSeat, TrainingSession


@requires(Permission.SESSION_RUN)
def invite(request, enrolment, code):
    """Choose among the coming sessions of the same module that other cohorts hold."""
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.user).select_related("enterprise", "cohort"), pk=enrolment
    )
    missed = get_object_or_404(
        TrainingSession.objects.held().filter(cohort=enrolment.cohort_id).with_place(), code=code
    )
    back = back_to(enrolment)
    form = MakeUpForm(
        request.POST if request.method == "POST" else None, sessions=offered(request.user, missed)
    )
    if request.method == "POST" and form.is_valid():
        try:
            seat = actions.invite_to_make_up(enrolment, form.cleaned_data["session"], missed, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                _("%(enterprise)s diundang ke %(session)s. Pemilik dan narasumber diberi tahu.")
                % {"enterprise": enrolment.enterprise, "session": seat.session},
            )
            return redirect(back)
    context = {"form": form, "enrolment": enrolment, "missed": missed, "back": back}
    return render(request, "trainings/make_up.html", context)


@require_POST
@requires(Permission.SESSION_RUN)
def withdraw(request, pk):
    """Take an invitation back."""
    seat = get_object_or_404(MakeUpSeat.objects.visible_to(request.user).with_sessions(), pk=pk)
    try:
        actions.withdraw_make_up(seat, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Undangan sesi susulan dibatalkan. Pemilik diberi tahu."))
    return redirect(back_to(seat.enrolment))


def offered(user, missed: TrainingSession):
    """Return the sessions of other cohorts at which the missed one can be made up for, the next first."""
    waiting = (TrainingSession.Status.SCHEDULED, TrainingSession.Status.OPEN)
    return (
        TrainingSession.objects.visible_to(user)
        .filter(module__code=missed.module.code, status__in=waiting, ends_at__gte=timezone.now())
        .exclude(cohort=missed.cohort_id)
        .with_place()
        .order_by("starts_at")
        .distinct()
    )


def back_to(enrolment: Enrolment) -> str:
    """Return the list of sessions in which the missed one stands."""
    address = reverse("trainings:enterprise", args=[enrolment.enterprise.code])
    return f"{address}#sesi-{enrolment.cohort.code}"
