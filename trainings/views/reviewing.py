"""Check-ins that look odd: the trainer looks at them before closing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from trainings import actions
from trainings.models import SignalAnswer, TrainingSession
from trainings.reviewed import signals_of
from trainings.signal_words import signal_facts
from trainings.views.rostering import of_session


@requires(Permission.SESSION_RUN)
@of_session
def review(request, session):
    """What looks odd, with its facts, and what was said of it."""
    rows = [{"signal": signal, "facts": signal_facts(signal, session)} for signal in signals_of(session)]
    return render(
        request,
        "trainings/session_review.html",
        {
            "session": session,
            "open": [row for row in rows if row["signal"].answer is None],
            "answered": [row for row in rows if row["signal"].answer],
            "can_answer": session.status == TrainingSession.Status.OPEN,
        },
    )


@require_POST
@requires(Permission.SESSION_RUN)
@of_session
def answer(request, session):
    """One tap: fair, or refused."""
    verdict = request.POST.get("verdict", "")
    if verdict not in (SignalAnswer.Verdict.FAIR, SignalAnswer.Verdict.REFUSED):
        messages.error(request, _("Pilih wajar atau tolak."))
        return redirect("trainings:session_review", session.code)
    kind, key = request.POST.get("kind", ""), request.POST.get("key", "")
    try:
        done = actions.answer_signal(session, kind, key, verdict, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        words = {"enterprise": done.enrolment.enterprise, "verdict": done.get_verdict_display().lower()}
        messages.success(request, _("%(enterprise)s: %(verdict)s.") % words)
    return redirect("trainings:session_review", session.code)
