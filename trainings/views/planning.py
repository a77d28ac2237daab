"""A whole module in one form: proposed, looked over, changed row by row, saved all or none."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from trainings import actions
from trainings.clashes import NotAgreed
from trainings.filters import cohorts_known_to
from trainings.forms.places import zone_of_text
from trainings.forms.plan import PlanForm, RowSet, row_options
from trainings.models import CohortCurriculum, Module
from trainings.order_of_modules import hours_planned
from trainings.plan_page import PlanPage, typed_proposal

SAVING = {"draft", "publish"}
USUAL_HOURS = 4


@requires(Permission.TRAINING_MANAGE)
def plan(request, code):
    """Propose, look again, or save; nothing that was typed is lost on the way."""
    cohort = get_object_or_404(cohorts_known_to(request.user), code=code)
    if not CohortCurriculum.objects.filter(cohort=cohort).exists():
        messages.info(request, _("Pilih kurikulum angkatan ini lebih dahulu."))
        return redirect("trainings:pin_curriculum", cohort.code)
    modules = Module.objects.filter(curriculum__cohort_pins__cohort=cohort)
    modules = modules.select_related("prerequisite", "curriculum").order_by("order")
    planned = hours_planned(cohort)
    head = PlanForm(
        request.POST if request.method == "POST" else None,
        modules=modules,
        planned=planned,
        initial=first_words(request, modules, planned),
    )
    page = PlanPage(cohort, head, planned)
    act = request.POST.get("do", "")
    if request.method == "POST":
        options = row_options(modules)
        if "row-TOTAL_FORMS" in request.POST and act != "propose":
            page.rows = RowSet(request.POST, **options)
        elif head.is_valid() and (typed := typed_proposal(head, planned)):
            page.rows = RowSet(typed, **options)
        page.look()
        if act in SAVING and page.can_be_saved and save(request, page, publish=act == "publish"):
            return redirect("trainings:cohort", cohort.code)
    return render(request, "trainings/plan.html", {"page": page, "cohort": cohort, "form": head})


@requires(Permission.TRAINING_MANAGE)
def zone(request):
    """Say on which clock the hours are, of a place as somebody types it; every other answer is the usual hint."""
    return HttpResponse(zone_of_text(request.GET.get("regency", "")[:80]), content_type="text/plain")


def first_words(request, modules, planned: dict) -> dict:
    """Return what the form begins with: the module asked for, else the first that is not planned wholly."""
    asked = request.GET.get("modul", "")
    unfinished = [one for one in modules if planned.get(one.pk, 0) < one.lesson_hours]
    chosen = [one for one in unfinished if str(one.pk) == asked] or unfinished[:1]
    today = timezone.localdate()
    return {
        "modules": [one.pk for one in chosen],
        "first_day": today + timedelta(days=7 - today.weekday()),
        "begin": "09:00",
        "most_hours": USUAL_HOURS,
    }


def save(request, page: PlanPage, *, publish: bool) -> bool:
    """Save all, or put what is wrong at the row it is about; return whether it is saved."""
    try:
        made = actions.plan_sessions(
            page.cohort,
            page.details,
            by=request.user,
            key=page.head.cleaned_data["key"],
            publish=publish,
            agreed=request.POST.get("agreed", ""),
        )
    except NotAgreed as refusal:
        page.show(refusal.review)
        return False
    except ValidationError as error:
        row = page.rows.kept()[getattr(error, "row", 0)]
        row.take_errors(error)
        return False
    if publish:
        text = ngettext("%(n)d sesi dijadwalkan.", "%(n)d sesi dijadwalkan.", len(made))
    else:
        text = ngettext("%(n)d sesi disimpan sebagai draf.", "%(n)d sesi disimpan sebagai draf.", len(made))
    messages.success(request, text % {"n": len(made)})
    return True
