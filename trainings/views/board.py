"""The wall of the hall: QR, spoken code, and who is in and who is not."""

from hashlib import sha256

from django.db.models import Count, Max
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import etag, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enrolment
from trainings.board import board_of
from trainings.check_in_codes import CODE_STEP, TOKEN_STEP
from trainings.models import TrainingSession
from trainings.roster import counts, meant_for, roster
from trainings.views.rostering import of_session
from trainings.views.running import check_in_panel

Status = TrainingSession.Status
POLL_SECONDS = 4
RELOAD_SECONDS = 15  # without a script
STOP_POLLING = 286  # what htmx understands so


def state_of_board(request, session):
    """Return what changes whenever the board does; two queries, so that asking every four seconds is cheap."""
    if not request.htmx:
        return None
    now = int(timezone.now().timestamp())
    marks = session.attendances.aggregate(Count("pk"), Max("created_at"), Max("verified_at"))
    expected = Enrolment.objects.on_roster().filter(meant_for(session)).count()
    parts = (
        session.status,
        expected,
        *marks.values(),
        now // TOKEN_STEP,
        now // CODE_STEP,
        request.GET.get("q", ""),
        "tanpa-nama" in request.GET,
        translation.get_language(),
    )
    return quote_etag(sha256(repr(parts).encode()).hexdigest()[:20])


@require_safe
@requires(Permission.SESSION_RUN)
@of_session
@etag(state_of_board)
def board(request, session):
    """Show the whole board, or the part that changes when a script asks for it; `tanpa-nama` hides the names."""
    if session.status not in (Status.SCHEDULED, Status.OPEN):
        return over(request, session)
    lines = roster(session, request.user)
    query = " ".join(request.GET.get("q", "").split())[:80]
    context = {
        "session": session,
        "counts": counts(lines),
        "board": board_of(lines, query),
        "query": query,
        "names": "tanpa-nama" not in request.GET,
        "poll": POLL_SECONDS,
        "reload": RELOAD_SECONDS,
        **check_in_panel(session),
    }
    part = "#live" if request.htmx else ""
    response = render(request, f"trainings/session_screen.html{part}", context)
    # kept by this browser alone, and asked for anew each time: "nothing new" then costs no page
    response.headers["Cache-Control"] = "private, no-cache" if request.htmx else "no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response


def over(request, session):
    """Lead to the session; a script gets a line without names instead, as it would follow onto the roster."""
    if not request.htmx:
        return redirect(session)
    response = render(request, "trainings/_screen_over.html", {"session": session}, status=STOP_POLLING)
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response
