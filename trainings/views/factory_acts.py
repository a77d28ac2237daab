"""What people do with one factory action: show, report, close, return, change, take back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from trainings import actions
from trainings.forms.factory import BeforeForm, ChangeForm, ReportForm, ReturnForm
from trainings.models import FactoryAction, TrainingSession
from trainings.views.factory import is_owner, page_of, visible


@require_POST
@requires(Permission.ACTION_REPORT)
def report(request, code):
    """Photo and note in one press."""
    one = visible(request, code)
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid():
        values = form.values()
        try:
            actions.report_action(one, values.pop("photo"), by=request.user, **values)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Laporan terkirim. Mentor akan memeriksanya."))
            return redirect("trainings:my_actions" if is_owner(request.user) else one)
    return page_of(request, one, report_form=form)


@require_POST
@requires(Permission.ACTION_REPORT)
def show_before(request, code):
    one = visible(request, code)
    form = BeforeForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.show_before(one, form.cleaned_data["photo"], by=request.user)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Foto sebelum tersimpan."))
            return redirect(one)
    return page_of(request, one, before_form=form)


@require_POST
@requires(Permission.ACTION_VERIFY)
def close(request, code):
    one = visible(request, code)
    try:
        actions.close_action(one, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(one)
    messages.success(request, _("Aksi selesai. Pemilik diberi tahu."))
    return redirect(waiting_list())


@require_POST
@requires(Permission.ACTION_VERIFY)
def send_back(request, code):
    """Return it with what is missing."""
    one = visible(request, code)
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            actions.return_action(one, form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Aksi dikembalikan. Pemilik membaca yang masih kurang."))
            return redirect(waiting_list())
    return page_of(request, one, return_form=form)


@requires(Permission.SESSION_RUN)
def change(request, code):
    """Say it better, give it to somebody else, or set another day."""
    one = given_by(request, code)
    form = ChangeForm(request.POST if request.method == "POST" else None, action=one)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_action(one, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("trainings:session_actions", one.session.code)
    return render(request, "trainings/action_change.html", {"action": one, "form": form})


@requires(Permission.SESSION_RUN)
def remove(request, code):
    """Take back what was given by mistake."""
    one = given_by(request, code)
    back = reverse("trainings:session_actions", args=[one.session.code])
    if request.method == "POST":
        try:
            actions.remove_action(one, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Aksi dihapus."))
        return redirect(back)
    context = {
        "title": _("Hapus aksi ini?"),
        "text": f"{one.enrolment.enterprise}: {one}",
        "consequences": [_("Hanya aksi yang belum dikerjakan dapat dihapus.")],
        "verb": _("Hapus aksi"),
        "danger": True,
        "form": None,
        "cancel": back,
    }
    return render(request, "components/confirm.html", context)


def given_by(request, code: str) -> FactoryAction:
    """Return an action of a session the reader may run."""
    sessions = TrainingSession.objects.visible_to(request.user)
    return get_object_or_404(FactoryAction.objects.filter(session__in=sessions).for_lists(), code=code)


def waiting_list() -> str:
    return f"{reverse('trainings:actions')}?status={FactoryAction.Status.REPORTED}"
