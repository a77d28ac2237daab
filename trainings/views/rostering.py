"""What every page about one session's roster needs: the session, its lines, their numbers."""

from functools import wraps

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from participants.models import Enterprise
from trainings.models import Attendance, Excuse, TrainingSession
from trainings.roster import counts, roster

# what fits on a button under a thumb; the long word for the last one is for reading
SHORT = {Attendance.Status.ABSENT: _("Alpa")}
STATUSES = [(status.value, SHORT.get(status, status.label)) for status in Attendance.Status]


def of_session(view):
    """Give the view the session of the address, if the reader may know of it."""

    @wraps(view)
    def wrapper(request, code, **kwargs):
        sessions = TrainingSession.objects.visible_to(request.user).with_place()
        return view(request, get_object_or_404(sessions, code=code), **kwargs)

    return wrapper


def roster_context(request, session, enrolment=None) -> dict:
    """Return what the roster's templates show: all lines, or only those of one enrolment; the counts are of all."""
    lines = roster(session, request.user)
    runs = request.user.may(Permission.SESSION_RUN)
    numbers = counts(lines, session.guests.heads().count())
    shown = [line for line in lines if enrolment is None or line.enrolment.pk == enrolment.pk]
    if wanted := request.GET.get("cari", "").strip().casefold():
        shown = [line for line in shown if wanted in f"{line.enrolment.enterprise} {line.name}".casefold()]
    return {
        "session": session,
        "lines": shown,
        "enrolment": enrolment,
        "refused": "",
        "counts": numbers,
        "sought": request.GET.get("cari", ""),
        "runs": runs,
        "is_tapped": runs and session.status == TrainingSession.Status.OPEN,
        "manages": request.user.may(Permission.TRAINING_MANAGE),
        "last_tap": session.taps.last_of(request.user) if runs else None,
        "statuses": STATUSES,
        "known": set(Enterprise.objects.visible_to(request.user).values_list("pk", flat=True)),
        "excused": set(Excuse.objects.granted().filter(session=session).values_list("enrolment", flat=True)),
        "now": timezone.now(),
    }
