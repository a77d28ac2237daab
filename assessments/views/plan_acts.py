"""What is done with an item of a plan: worded, begun, reported, sent back, closed, dropped."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import actions
from assessments.forms.plans import PlanItemForm, RemarkForm, ReportForm
from assessments.models import PlanItem
from assessments.views.plans import page, visible
from assessments.views.shared import words_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission


def tried(request, item: PlanItem, action, done: str, *args):
    """Do it, say so or say why not, and go back to the item."""
    try:
        action(item, *args, by=request.user)
    except ValidationError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, done)
    return redirect(item)


@requires(Permission.PLAN_KEEP)
def change(request, code):
    item = visible(request, code)
    initial = {name: getattr(item, name) for name in ("action", "responsible", "due_on", "evidence_wanted")}
    form = PlanItemForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_plan_item(item, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Rencana disimpan."))
            return redirect(item)
    return render(request, "assessments/change_plan_item.html", {"item": item, "form": form})


@require_POST
@requires(Permission.PLAN_REPORT)
def start(request, code):
    return tried(
        request, visible(request, code), actions.start_plan_item, _("Rencana ditandai sedang dikerjakan.")
    )


@require_POST
@requires(Permission.PLAN_REPORT)
def report(request, code):
    item, form = visible(request, code), ReportForm(request.POST)
    if not form.is_valid():
        return page(request, item, report_form=form)
    done = _("Laporan dikirim. Mentor akan memeriksanya.")
    return tried(request, item, actions.report_plan_item, done, form.cleaned_data["report"])


@require_POST
@requires(Permission.PLAN_CLOSE)
def close(request, code):
    return tried(request, visible(request, code), actions.close_plan_item, _("Rencana dinyatakan selesai."))


@require_POST
@requires(Permission.PLAN_CLOSE)
def send_back(request, code):
    item, form = visible(request, code), RemarkForm(request.POST, prefix="kembali")
    if not form.is_valid():
        return page(request, item, return_form=form)
    done = _("Pemilik diminta melanjutkan.")
    return tried(request, item, actions.return_plan_item, done, form.cleaned_data["remark"])


@require_POST
@requires(Permission.PLAN_CLOSE)
def drop(request, code):
    item, form = visible(request, code), RemarkForm(request.POST, prefix="henti")
    if not form.is_valid():
        return page(request, item, drop_form=form)
    done = _("Rencana tidak dilanjutkan.")
    return tried(request, item, actions.drop_plan_item, done, form.cleaned_data["remark"])
