"""What a session sets in motion: the trainer gives actions to all who are there, or to one IKM."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enrolment
from trainings import actions
from trainings.forms.factory import GiveForm, NoActionForm
from trainings.models import Attendance, FactoryAction, TrainingSession
from trainings.views.factory import with_words

DAYS_TO_DO = 14  # until the visit that usually follows a class day


@requires(Permission.SESSION_RUN)
def session_actions(request, code):
    """The actions of one session, with the form that gives one to everybody who was there."""
    session = session_of(request, code)
    return give(request, session, present_at(session))


@requires(Permission.SESSION_RUN)
def give_action(request, code, enrolment):
    """The same for one IKM of the cohort."""
    session = session_of(request, code)
    here = Enrolment.objects.filter(cohort=session.cohort_id).select_related("enterprise", "cohort")
    one = here.filter(pk=enrolment).first() or get_object_or_404(present_at(session), pk=enrolment)
    return give(request, session, [one], one=one)


def give(request, session: TrainingSession, enrolments, *, one: Enrolment | None = None):
    """Give what the form says to these, or draw the page."""
    form = form_of(session, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.set_actions(
                session,
                list(enrolments),
                [form.cleaned_data["text"]],
                due_on=form.cleaned_data["due_on"],
                by=request.user,
            )
        except ValidationError as error:
            form.take_errors(error)
        else:
            said = ngettext("Aksi diberikan kepada %(n)d IKM.", "Aksi diberikan kepada %(n)d IKM.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect("trainings:session_actions", session.code)
    context = page_context(session, form=form) | {"one": one}
    return render(request, "trainings/session_actions.html", context)


@require_POST
@requires(Permission.SESSION_RUN)
def no_action(request, code):
    """Say why the session sets nothing in motion."""
    session = session_of(request, code)
    form = NoActionForm(request.POST)
    if form.is_valid():
        try:
            actions.say_no_action(session, form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Alasan tersimpan."))
            return redirect(session)
    context = page_context(session, form=form_of(session), no_action_form=form) | {"one": None}
    return render(request, "trainings/session_actions.html", context)


def session_of(request, code: str) -> TrainingSession:
    return get_object_or_404(TrainingSession.objects.visible_to(request.user).with_place(), code=code)


def present_at(session: TrainingSession):
    """Return the enrolments of which somebody was there."""
    marks = Attendance.objects.present().filter(session=session)
    return (
        Enrolment.objects.filter(pk__in=marks.values("enrolment"))
        .select_related("enterprise", "cohort")
        .order_by("enterprise__name")
    )


def form_of(session: TrainingSession, data=None) -> GiveForm:
    due_on = timezone.localdate() + timedelta(days=DAYS_TO_DO)
    return GiveForm(data, initial={"due_on": due_on}, module_code=session.module.code)


def page_context(session: TrainingSession, *, form, no_action_form=None) -> dict:
    """Return what the page shows: actions by IKM, and who has none, those who were there first."""
    rows = with_words(
        session.factory_actions.for_lists().order_by("enrolment__enterprise__name", "order"),
        timezone.localdate(),
    )
    having = {row.enrolment_id for row in rows}
    present = {one.pk: one for one in present_at(session)}
    roster = Enrolment.objects.on_roster().filter(cohort=session.cohort_id).select_related("enterprise")
    return {
        "session": session,
        "form": form,
        "no_action_form": no_action_form or NoActionForm(),
        "refused": form if form.errors else no_action_form,
        "rows": rows,
        "begun": session.status in (TrainingSession.Status.OPEN, TrainingSession.Status.CLOSED),
        "present": len(present),
        "having": len(having & present.keys()),
        "without": [one for pk, one in present.items() if pk not in having],
        "away": [one for one in roster if one.pk not in present and one.pk not in having],
        "most": FactoryAction.MOST,
    }
