"""Walk-ins and delegates: two taps from the roster, and the desk at which staff say whose guests were."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enrolment, Person
from trainings import actions
from trainings.forms.guests import DelegateForm, GuestForm, GuestLinkForm
from trainings.models import Guest
from trainings.roster import meant_for
from trainings.views.rostering import of_session


@requires(Permission.SESSION_RUN)
@of_session
def delegate(request, session, enrolment):
    """Say who came for an IKM: one of its people in one press, or a name."""
    enrolment = get_object_or_404(
        Enrolment.objects.filter(meant_for(session)).select_related("enterprise", "cohort"), pk=enrolment
    )
    form = DelegateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.name_delegate(session, enrolment, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.take_errors(error)
        else:
            values = {"enterprise": enrolment.enterprise, "name": done.attendee}
            messages.success(request, _("%(enterprise)s: %(name)s hadir.") % values)
            return redirect(f"{session.get_absolute_url()}#r-{enrolment.pk}")
    people = Person.objects.active().filter(enterprise=enrolment.enterprise_id)
    context = {"session": session, "enrolment": enrolment, "form": form, "people": people}
    return render(request, "trainings/delegate.html", context)


@requires(Permission.SESSION_RUN)
@of_session
def add(request, session):
    """Write a walk-in down."""
    form = GuestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            guest = actions.add_guest(session, by=request.user, **form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Tamu tercatat: %(guest)s.") % {"guest": guest})
            return redirect(f"{session.get_absolute_url()}#tamu")
    return render(request, "trainings/guest_form.html", {"session": session, "form": form})


@require_POST
@requires(Permission.SESSION_RUN)
def remove(request, pk):
    """Take off a guest who was written down by mistake."""
    guest = get_object_or_404(Guest.objects.visible_to(request.user).select_related("session"), pk=pk)
    try:
        actions.remove_guest(guest, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Tamu dihapus."))
    return redirect(f"{guest.session.get_absolute_url()}#tamu")


@requires(Permission.TRAINING_MANAGE)
def guests(request):
    """Guests of whom nobody has said yet whose they are, the oldest first."""
    waiting = (
        Guest.objects.visible_to(request.user)
        .waiting()
        .select_related("session__regency__province", "added_by")
    )
    return render(request, "trainings/guests.html", {"guests": waiting})


@requires(Permission.TRAINING_MANAGE)
def guest(request, pk):
    """Say for which IKM a guest came, or that they stay a guest."""
    guest = get_object_or_404(
        Guest.objects.visible_to(request.user).select_related(
            "session__regency__province",
            "session__cohort",
            "added_by",
            "reviewed_by",
            "attendance__enrolment__enterprise",
        ),
        pk=pk,
    )
    enrolments = Enrolment.objects.filter(meant_for(guest.session)).exclude(status=Enrolment.Status.APPLICANT)
    form = GuestLinkForm(
        request.POST if request.method == "POST" and "leave" not in request.POST else None,
        enrolments=enrolments.select_related("enterprise", "cohort").order_by("enterprise__name"),
    )
    if request.method == "POST" and ("leave" in request.POST or form.is_valid()):
        try:
            if "leave" in request.POST:
                actions.leave_guest(guest, by=request.user)
            else:
                actions.link_guest(guest, form.cleaned_data["enrolment"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error) if form.is_bound else messages.error(request, error.message)
        else:
            messages.success(request, _("Tinjauan tamu tersimpan."))
            return redirect("trainings:guests")
    return render(request, "trainings/guest.html", {"guest": guest, "session": guest.session, "form": form})
