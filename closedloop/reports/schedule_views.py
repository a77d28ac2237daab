"""A lead sets which reports make themselves each month, and sees what became of each month."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core import formats
from closedloop.reports import scheduling
from closedloop.reports.models import ReportSchedule
from closedloop.reports.schedule_forms import DayOfMonthForm, ScheduleForm


def found(request, code: str) -> ReportSchedule:
    return get_object_or_404(ReportSchedule.objects.visible_to(request.user).with_months(), code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REPORT_SCHEDULE)
def schedules(request):
    """All schedules with their next day, and the form of a new one."""
    given = request.POST if request.method == "POST" else None
    initial = {"language": request.LANGUAGE_CODE, "day": 1}
    form = ScheduleForm(given, user=request.user, initial=initial)
    if given and form.is_valid():
        made = scheduling.add_schedule(by=request.user, **form.values())
        tell_next(request, made)
        return redirect("reports:schedules")
    rows = ReportSchedule.objects.visible_to(request.user).with_months()
    return render(request, "reports/schedules.html", {"schedules": rows, "form": form, **now()})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REPORT_SCHEDULE)
def schedule(request, code):
    """One schedule: its months, and the form that changes its day and language."""
    one = found(request, code)
    given = request.POST if request.method == "POST" else None
    form = DayOfMonthForm(given, initial={"language": one.language, "day": one.day})
    if given and form.is_valid():
        tell_next(request, scheduling.change_schedule(one, by=request.user, **form.cleaned_data))
        return redirect(one)
    return render(request, "reports/schedule.html", {"schedule": one, "form": form, **now()})


@require_POST
@requires(Permission.REPORT_SCHEDULE)
def pause(request, code):
    """Pause it, or let it go on: the button says which, so that two presses do not undo each other."""
    one = scheduling.pause(found(request, code), by=request.user, is_paused=request.POST.get("jeda") == "1")
    tell_next(request, one)
    return redirect(one)


@require_POST
@requires(Permission.REPORT_SCHEDULE)
def try_again(request, code):
    """Make the latest month that failed once more."""
    one = found(request, code)
    if scheduling.try_again(one, by=request.user):
        messages.success(request, _("Laporan sedang dikerjakan. Anda boleh menutup halaman ini."))
    else:
        messages.info(request, _("Tidak ada bulan yang baru dibuat. Alasannya ada di bawah."))
    return redirect(one)


def tell_next(request, one: ReportSchedule) -> None:
    """Say when its reports come next."""
    if one.is_paused:
        messages.success(request, _("Jadwal dijeda. Tidak ada laporan yang dibuat sampai dilanjutkan."))
    else:
        day = formats.date_long(one.next_run)
        messages.success(request, _("Jadwal tersimpan. Laporan berikutnya: %(day)s.") % {"day": day})


def now() -> dict:
    return {"today": timezone.localdate()}
