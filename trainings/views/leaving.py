"""Going home: the second scan of a session that asks for it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.formats import time_at
from trainings import actions
from trainings.actions.leaving import may_leave
from trainings.forms.check_in import CheckInForm
from trainings.models import Attendance
from trainings.views.checking_in import posted
from trainings.views.scans import scan_of


@requires(Permission.CHECK_IN)
def leave(request, receipt):
    """Ask "Anda pulang dari sesi ini?" and record the answer beside the mark."""
    own = Attendance.objects.visible_to(request.user).filter(person__user=request.user)
    marks = own.select_related("session__regency__province", "enrolment__enterprise", "person")
    mark = get_object_or_404(marks, receipt=receipt)
    now = timezone.now()
    scan, why_not = scan_of(request, mark.session, now)
    form = CheckInForm(posted(request), needs_code=scan is None)
    if request.method == "POST" and form.is_valid():
        try:
            leaving = actions.leave_session(
                mark,
                scan.token if scan else form.cleaned_data["code"],
                by=request.user,
                now=now,
                scanned_at=scan.at if scan else None,
            )
        except ValidationError as error:
            form.add_error("code" if "code" in form.fields else None, error)
        else:
            words = {"time": time_at(leaving.left_at, mark.session)}
            messages.success(request, _("Waktu pulang tercatat pukul %(time)s.") % words)
            return redirect("trainings:receipt", mark.receipt)
    if request.method == "GET" and not may_leave(mark, now):
        return redirect("trainings:receipt", mark.receipt)
    context = {"mark": mark, "session": mark.session, "form": form, "why_not": why_not}
    return render(request, "trainings/leave.html", context)
