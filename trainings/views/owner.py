"""The owner's phone: the plan, and the receipt of a check-in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enrolment
from trainings import actions
from trainings.actions.checking_in import can_undo
from trainings.actions.leaving import leaves_from, may_leave
from trainings.models import Attendance, Excuse, MakeUpSeat, TrainingSession
from trainings.progress import enrolment_attendance, module_progress, progress_of
from trainings.views.checking_in import people_to_check_in


@requires(Permission.CHECK_IN)
def my_schedule(request):
    """Coming and past sessions with one's own marks, and how far one is with each module."""
    now = timezone.now()
    sessions = TrainingSession.objects.visible_to(request.user).published().with_place()
    past = Paginator(sessions.filter(ends_at__lt=now).order_by("-starts_at"), 10)
    page = past.get_page(request.GET.get("page"))
    enrolments = list(
        Enrolment.objects.visible_to(request.user)
        .exclude(status__in=[Enrolment.Status.APPLICANT, Enrolment.Status.WITHDRAWN])
        .select_related("enterprise", "cohort")
        .order_by("-cohort__starts_on")
    )
    progress = progress_of(enrolments)
    return render(
        request,
        "trainings/my_schedule.html",
        {
            "coming": with_own_marks(sessions.expecting(request.user).filter(ends_at__gte=now), enrolments),
            "past": with_own_marks(page, enrolments),
            "page": page,
            "modules": [(enrolment, progress[enrolment.pk]) for enrolment in enrolments],
            "today": timezone.localdate(),
        },
    )


@requires(Permission.CHECK_IN)
def my_session(request, code):
    """One session: when, where, by whom, and one's own marks at it."""
    session = get_object_or_404(
        TrainingSession.objects.visible_to(request.user).published().with_place(), code=code
    )
    marks = Attendance.objects.visible_to(request.user).filter(session=session)
    return render(
        request,
        "trainings/my_session.html",
        {
            "session": session,
            "marks": marks.select_related("person"),
            "phase": session.window.phase(timezone.now()),
            "waits_for": own_waits_for(request.user, session),
            "excuses": Excuse.objects.visible_to(request.user).filter(session=session),
            "make_ups": MakeUpSeat.objects.visible_to(request.user).filter(session=session).with_sessions(),
        },
    )


@requires(Permission.CHECK_IN)
def receipt(request, receipt):
    """What was recorded, when, and for how long it can be taken back."""
    mark = own_mark(request.user, receipt)
    return render(
        request,
        "trainings/receipt.html",
        {
            "mark": mark,
            "session": mark.session,
            "leaves_from": leaves_from(mark.session),
            "may_leave": may_leave(mark, timezone.now()),
            "others": people_to_check_in(request.user, mark.session),
            "share": enrolment_attendance(mark.enrolment),
            "can_undo": can_undo(mark, request.user, timezone.now()),
            "corrections": mark.corrections.select_related("by"),
            "asked": mark.correction_requests.order_by("-created_at"),
        },
    )


@require_POST
@requires(Permission.CHECK_IN)
def undo(request, receipt):
    """Take one's own mark back."""
    mark = own_mark(request.user, receipt)
    try:
        actions.undo_check_in(mark, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("trainings:receipt", receipt)
    messages.success(request, _("Kehadiran dibatalkan."))
    return redirect("trainings:my_session", mark.session.code)


def own_mark(user, receipt):
    return get_object_or_404(
        Attendance.objects.visible_to(user).select_related(
            "person", "enrolment__enterprise", "enrolment__cohort", "session__regency__province", "leaving"
        ),
        receipt=receipt,
    )


def with_own_marks(sessions, enrolments):
    """Return (session, mark or None) pairs; the marks come in one query."""
    sessions = list(sessions)
    marks = {}
    for mark in Attendance.objects.filter(enrolment__in=enrolments, session__in=sessions):
        known = marks.get(mark.session_id)
        if known is None or (mark.counts_as_present and not known.counts_as_present):
            marks[mark.session_id] = mark
    return [(session, marks.get(session.pk)) for session in sessions]


def own_waits_for(user, session) -> str:
    """Return the code of the prerequisite that the reader's IKM has not passed before a session to come."""
    is_to_come = session.status in (TrainingSession.Status.SCHEDULED, TrainingSession.Status.OPEN)
    if not is_to_come or session.module.prerequisite_id is None:
        return ""
    enrolment = Enrolment.objects.visible_to(user).filter(cohort=session.cohort_id).first()
    items = module_progress(enrolment) if enrolment else []
    return next((item.waits_for for item in items if item.module.code == session.module.code), "")
