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
    """The actions of one session, with the form that gives another."""
    session = session_of(request, code)
    present = present_at(session)
    form = form_of(request, session, present)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        chosen = [values["enrolment"]] if values["enrolment"] else list(present)
        try:
            made = actions.set_actions(
                session, chosen, [values["text"]], due_on=values["due_on"], by=request.user
            )
        except ValidationError as error:
            form.take_errors(error)
        else:
            said = ngettext("Aksi diberikan kepada %(n)d IKM.", "Aksi diberikan kepada %(n)d IKM.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect("trainings:session_actions", session.code)
    return render(request, "trainings/session_actions.html", page_context(session, present, form=form))


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
    present = present_at(session)
    context = page_context(
        session, present, form=form_of(request, session, present, bound=False), no_action_form=form
    )
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


def form_of(request, session: TrainingSession, present, *, bound: bool = True) -> GiveForm:
    roster = Enrolment.objects.on_roster().filter(cohort=session.cohort_id)
    return GiveForm(
        request.POST if bound and request.method == "POST" else None,
        initial={"due_on": timezone.localdate() + timedelta(days=DAYS_TO_DO)},
        enrolments=(roster | Enrolment.objects.filter(pk__in=present.values("pk")))
        .select_related("enterprise")
        .order_by("enterprise__name"),
        everybody=_("Semua IKM yang hadir (%(n)d)") % {"n": len(present)},
        module_code=session.module.code,
    )


def page_context(session: TrainingSession, present, *, form, no_action_form=None) -> dict:
    """Return what the page shows: actions by IKM, and who of those present has none."""
    rows = with_words(
        session.factory_actions.for_lists().order_by("enrolment__enterprise__name", "order"),
        timezone.localdate(),
    )
    having = {row.enrolment_id for row in rows}
    return {
        "session": session,
        "form": form,
        "no_action_form": no_action_form or NoActionForm(),
        "refused": form if form.errors else no_action_form,
        "rows": rows,
        "begun": session.status in (TrainingSession.Status.OPEN, TrainingSession.Status.CLOSED),
        "present": len(present),
        "having": len(having & {one.pk for one in present}),
        "without": [one for one in present if one.pk not in having],
        "most": FactoryAction.MOST,
    }
