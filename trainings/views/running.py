"""Running a session: roster, code on the wall, verification, closing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.formats import moment
from trainings import actions
from trainings.check_in_codes import CODE_STEP, code_changes_in, in_groups, spoken_code
from trainings.forms.base import ReasonForm
from trainings.forms.roster import ClosingForm, CorrectionForm
from trainings.lacking import lacking_of
from trainings.models import Attendance, TrainingSession, Visit
from trainings.qr import check_in_qr
from trainings.reviewed import unanswered
from trainings.roster import counts, roster
from trainings.views.rostering import of_session, roster_context
from trainings.window import Phase

Status = TrainingSession.Status


# COHORT_VIEW, not TRAINING_VIEW: an owner may know of their training, but not of everybody else's presence
@requires(Permission.COHORT_VIEW)
@of_session
def session(request, session):
    """Who is in, who is not, and what the trainer can do about it."""
    runs = request.user.may(Permission.SESSION_RUN)
    panel = check_in_panel(session) if runs and session.status == Status.OPEN else {"qr": ""}
    # what a page asks for again and again is given what it shows, and nothing else is read
    if request.htmx and request.GET.get("bagian") == "kode":
        return render(request, "trainings/session.html#code", {"session": session, **panel})
    context = roster_context(request, session)
    if request.htmx:
        return render(request, "trainings/_tapped.html", context)
    others = TrainingSession.objects.live().filter(cohort=session.cohort, module=session.module)
    context |= panel | {
        "can_open": runs
        and session.status == Status.SCHEDULED
        and session.window.phase(timezone.now()) != Phase.EARLY,
        "may_see_all": runs or request.user.may(Permission.PROGRAMME_VIEW),
        "number": others.filter(starts_at__lte=session.starts_at).count(),
        "total": others.count(),
        "visit": Visit.objects.for_pages().filter(session=session).first(),
        "given": session.factory_actions.numbers(timezone.localdate()),
        "guests": session.guests.select_related("attendance__enrolment__enterprise"),
        "signals": unanswered(session) if runs else [],
        "late_taps": session.taps.too_late().select_related("enrolment__enterprise", "by"),
    }
    is_to_come = session.status in (Status.SCHEDULED, Status.OPEN)
    context["lacking"] = lacking_of(session.cohort, session.module) if runs and is_to_come else None
    return render(request, "trainings/session.html", context)


@require_POST
@requires(Permission.SESSION_RUN)
@of_session
def open_session(request, session):
    """Open the check-in."""
    return act(
        request, session, lambda: actions.open_session(session, by=request.user), _("Presensi dibuka.")
    )


@require_POST
@requires(Permission.SESSION_RUN)
@of_session
def verify(request, session):
    """Confirm all marks owners made themselves, or the one named."""
    one = None
    if receipt := request.POST.get("receipt"):
        one = get_object_or_404(Attendance, session=session, receipt=receipt)

    def do():
        done = actions.verify(session, by=request.user, attendance=one)
        return ngettext("%(n)d kehadiran diverifikasi.", "%(n)d kehadiran diverifikasi.", done) % {"n": done}

    return act(request, session, do)


@requires(Permission.SESSION_RUN)
@of_session
def close(request, session):
    """Count the heads, explain a difference, close."""
    if session.status != Status.OPEN:
        messages.error(request, _("Sesi ini tidak sedang berlangsung."))
        return redirect(session)
    signals = unanswered(session)
    form = ClosingForm(request.POST if request.method == "POST" else None, has_signals=bool(signals))
    lines = roster(session, request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_session(session, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None if hasattr(error, "error_dict") else "note", error)
        else:
            messages.success(request, _("Sesi ditutup."))
            if session.factory_actions.exists():
                return redirect(session)
            return redirect("trainings:session_actions", session.code)
    return render(
        request,
        "trainings/session_close.html",
        {
            "session": session,
            "form": form,
            "counts": counts(lines, session.guests.heads().count()),
            "recorded": [line for line in lines if line.mark and line.mark.verification == "recorded"],
            "unmarked": [line for line in lines if line.mark is None],
            "signals": signals,
        },
    )


@requires(Permission.SESSION_RUN)
def reject(request, receipt):
    """Say that somebody who checked in was not in the room."""
    mark = mark_of_runner(request, receipt)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return act(
            request,
            mark.session,
            lambda: actions.reject(mark, reason, by=request.user),
            _("Kehadiran ditolak. Pemilik diberi tahu."),
        )
    return render(
        request,
        "components/confirm.html",
        {
            "title": _("Tolak kehadiran %(enterprise)s?") % {"enterprise": mark.enrolment.enterprise},
            "text": _("%(name)s tercatat %(when)s. Kehadiran yang ditolak tidak dihitung.")
            % {"name": mark.attendee, "when": moment(mark.marked_at, mark.session)},
            "consequences": [_("Pemilik membaca alasan Anda.")],
            "verb": _("Tolak kehadiran"),
            "danger": True,
            "form": form,
            "cancel": mark.session.get_absolute_url(),
        },
    )


@requires(Permission.TRAINING_MANAGE)
def correct(request, receipt):
    """Change a mark of a closed session; what it was stays to be read."""
    mark = mark_of_runner(request, receipt)
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial={"status": mark.status})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(mark, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("status", error.message)
        else:
            messages.success(request, _("Koreksi tersimpan. Pemilik diberi tahu."))
            return redirect(mark.session)
    return render(
        request,
        "trainings/correct.html",
        {
            "mark": mark,
            "session": mark.session,
            "form": form,
            "corrections": mark.corrections.select_related("by"),
        },
    )


def mark_of_runner(request, receipt):
    """Return a mark of a session the reader may run."""
    sessions = TrainingSession.objects.visible_to(request.user)
    return get_object_or_404(
        Attendance.objects.filter(session__in=sessions).select_related(
            "person", "enrolment__enterprise", "session__regency__province"
        ),
        receipt=receipt,
    )


def act(request, session, do, done=""):
    """Do it, say what came of it, and go back to the roster."""
    try:
        said = do() or done
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, said)
    return redirect(session)


def check_in_panel(session) -> dict:
    """Return the QR and the spoken code of this moment, and the seconds for which the code is good."""
    now = timezone.now()
    return {
        "qr": check_in_qr(session, now),
        "code": in_groups(spoken_code(session.secret, now)),
        "seconds": code_changes_in(now),
        "step": CODE_STEP,
        "host": reverse("trainings:check_in"),
    }
