"""What people do with one finding on its own page: begin, show, propose, close, send back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import actions
from assessments.before_after import has_before
from assessments.forms.findings import ReasonForm
from assessments.forms.mending import BeforeForm, CloseForm, ProposeForm
from assessments.models import Finding
from assessments.views.finding_page import page, visible
from assessments.views.shared import words_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission


def tried(request, one: Finding, action, done: str, *args, **values):
    """Do it, say so or say why not, and go back to the finding."""
    try:
        action(one, *args, by=request.user, **values)
    except ValidationError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, done)
    return redirect(one)


@require_POST
@requires(Permission.FINDING_PROPOSE)
def start(request, code):
    return tried(
        request, visible(request, code), actions.start_finding, _("Temuan ditandai sedang dikerjakan.")
    )


@require_POST
@requires(Permission.FINDING_PROPOSE, Permission.FINDING_CLOSE)
def show_before(request, code):
    one = visible(request, code)
    form = BeforeForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, one, before_form=form)
    return tried(request, one, actions.show_before, _("Foto sebelum tersimpan."), form.cleaned_data["photo"])


@require_POST
@requires(Permission.FINDING_PROPOSE)
def propose(request, code):
    one = visible(request, code)
    form = ProposeForm(request.POST, request.FILES, asks_before=not has_before(one))
    if form.is_valid():
        try:
            actions.propose_closing(one, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Bukti dikirim. Mentor akan memeriksanya."))
            return redirect(one)
    return page(request, one, propose_form=form)


@require_POST
@requires(Permission.FINDING_CLOSE)
def close(request, code):
    one = visible(request, code)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            actions.close_finding(one, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Temuan ditutup."))
            return redirect(one)
    return page(request, one, close_form=form)


@require_POST
@requires(Permission.FINDING_CLOSE)
def reopen(request, code):
    one = visible(request, code)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return page(request, one, reason_form=form)
    done = _("Pemilik diminta memperbaiki lagi.")
    return tried(request, one, actions.reopen, done, form.cleaned_data["reason"])
