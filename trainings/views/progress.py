"""Attendance and modules of one IKM."""

from django.shortcuts import get_object_or_404, render

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Enrolment, Enterprise
from trainings.counting import total
from trainings.models import Attendance, TrainingSession
from trainings.progress import progress_of, was_expected


@requires(Permission.TRAINING_VIEW)
def enterprise(request, code):
    """Each module with its sessions, hours, marks and verdict; below it every session held and the mark."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), code=code)
    enrolments = list(
        Enrolment.objects.filter(enterprise=enterprise)
        .exclude(status=Enrolment.Status.APPLICANT)
        .select_related("cohort")
        .order_by("-cohort__starts_on")
    )
    progress = progress_of(enrolments)
    parts = [
        {
            "enrolment": enrolment,
            "modules": progress[enrolment.pk],
            "share": total(item.attendance for item in progress[enrolment.pk]),
            "sessions": sessions_with_marks(enrolment),
        }
        for enrolment in enrolments
    ]
    template = "my_attendance.html" if request.user.role == Role.OWNER else "enterprise.html"
    return render(request, f"trainings/{template}", {"enterprise": enterprise, "parts": parts})


def sessions_with_marks(enrolment):
    """Return (session, marks) of every session held for this enrolment, newest first."""
    marks: dict = {}
    for mark in (
        Attendance.objects.filter(enrolment=enrolment, session__status=TrainingSession.Status.CLOSED)
        .select_related("person")
        .prefetch_related("corrections__by")
    ):
        marks.setdefault(mark.session_id, []).append(mark)
    sessions = TrainingSession.objects.held().filter(cohort=enrolment.cohort_id).with_place()
    presence = Enrolment.objects.filter(pk=enrolment.pk).presences()[enrolment.pk]
    return [
        (session, marks.get(session.pk, []))
        for session in sessions.order_by("-starts_at")
        if session.pk in marks
        or (session.kind != TrainingSession.Kind.MAKE_UP and was_expected(presence, session, has_mark=False))
    ]
