"""Attendance and modules of one IKM."""

from django.shortcuts import get_object_or_404, render

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Enrolment, Enterprise
from trainings.counted_sessions import part_of
from trainings.progress import progress_of


@requires(Permission.TRAINING_VIEW)
def enterprise(request, code):
    """Each module with its sessions, hours, marks and verdict; below it every session held and how it counts."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), code=code)
    enrolments = list(
        Enrolment.objects.filter(enterprise=enterprise)
        .exclude(status=Enrolment.Status.APPLICANT)
        .select_related("cohort")
        .order_by("-cohort__starts_on")
    )
    progress = progress_of(enrolments)
    parts = [part_of(enrolment, progress[enrolment.pk]) for enrolment in enrolments]
    context = {
        "enterprise": enterprise,
        "parts": parts,
        "may_invite": request.user.may(Permission.SESSION_RUN),
    }
    template = "my_attendance.html" if request.user.role == Role.OWNER else "enterprise.html"
    return render(request, f"trainings/{template}", context)
