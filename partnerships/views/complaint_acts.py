"""What people do with one complaint: hold it back, explain, plan, show, propose, look again, link."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.closers import offer_of
from assessments.forms.mending import CausesForm, PlanForm
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from partnerships import actions
from partnerships.actions.complaint_mending import may_check_complaint
from partnerships.complaint_page import criteria_of
from partnerships.forms.complaints import ContainForm, DoneForm, LinkComplaintForm, VerdictForm
from partnerships.models import Complaint, ComplaintAction, RequirementLine
from partnerships.views.complaints import complaint_of
from partnerships.views.shared import Refused, errors_on, say

METHODS = ["GET", "HEAD", "POST"]


def written(request, one: Complaint, form, act: Callable, **words):
    """Show the form, or do the act with what is in it and go back to the complaint; `words` are for the page."""
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                target = act() or one
        except Refused:
            pass
        else:
            messages.success(request, words["done"])
            return redirect(target)
    return render(request, "partnerships/complaint_form.html", {"complaint": one, "form": form, **words})


def data_of(request) -> tuple:
    return (request.POST, request.FILES) if request.method == "POST" else ()


@require_http_methods(METHODS)
@requires(Permission.COMPLAINT_ANSWER)
def contain_complaint(request, code):
    one = complaint_of(request, code)
    form = ContainForm(*data_of(request))
    return written(
        request,
        one,
        form,
        lambda: actions.contain(one, form.cleaned_data["containment"], by=request.user),
        title=_("Tahan dulu masalahnya"),
        intro=_(
            "Yang dilakukan hari ini supaya barang keliru tidak sampai lagi, sebelum penyebabnya ketemu."
        ),
        verb=_("Simpan penahanan"),
        done=_("Penahanan tersimpan. Pembeli diberi tahu."),
    )


@require_http_methods(METHODS)
@requires(Permission.COMPLAINT_ANSWER)
def complaint_causes(request, code):
    one = complaint_of(request, code)
    form = CausesForm(*data_of(request), finding=one)
    return written(
        request,
        one,
        form,
        lambda: actions.explain_complaint(one, form.whys(), form.cleaned_data["root_cause"], by=request.user),
        title=_("Mengapa ini terjadi?"),
        intro=_("Tanya mengapa, lalu tanya lagi tentang jawabannya, sampai ketemu yang dapat dihilangkan."),
        verb=_("Simpan akar masalah"),
        done=_("Akar masalah tersimpan."),
    )


@require_http_methods(METHODS)
@requires(Permission.COMPLAINT_ANSWER)
def plan_complaint_action(request, code):
    one = complaint_of(request, code)
    form = PlanForm(*data_of(request), initial={"due_on": one.due_on})
    return written(
        request,
        one,
        form,
        lambda: actions.plan_complaint_action(one, **form.values(), by=request.user) and None,
        title=_("Rencanakan tindakan"),
        intro="",
        verb=_("Simpan tindakan"),
        done=_("Tindakan direncanakan."),
    )


@require_http_methods(METHODS)
@requires(Permission.COMPLAINT_ANSWER)
def finish_complaint_action(request, pk):
    action = get_object_or_404(ComplaintAction.objects.visible_to(request.user), pk=pk)
    form = DoneForm(*data_of(request))
    return written(
        request,
        complaint_of(request, action.complaint.code),
        form,
        lambda: actions.finish_complaint_action(action, form.cleaned_data["photo"], by=request.user),
        title=_("Tindakan selesai"),
        intro=action.description,
        verb=_("Simpan foto"),
        done=_("Tindakan ditandai selesai."),
    )


@require_POST
@requires(Permission.COMPLAINT_ANSWER)
def propose_complaint(request, code):
    one = complaint_of(request, code)
    try:
        actions.propose_complaint(one, by=request.user)
    except ValidationError as error:
        say(request, error)
    else:
        messages.success(request, _("Dikirim. Pembeli akan mengecek hasilnya."))
    return redirect(one)


@require_http_methods(METHODS)
@requires(Permission.COMPLAINT_RAISE)
def check_complaint(request, code):
    one = complaint_of(request, code)
    if not may_check_complaint(one, request.user):
        raise PermissionDenied
    form = VerdictForm(*data_of(request))
    return written(
        request,
        one,
        form,
        lambda: actions.check_complaint(one, **form.cleaned_data, by=request.user),
        title=_("Cek keefektifan"),
        intro=_("Bila tidak efektif, portal membuat keluhan baru yang terkait."),
        verb=_("Simpan hasil cek"),
        done=_("Hasil cek tersimpan."),
    )


@require_http_methods(METHODS)
@requires(Permission.COMPLAINT_LINK)
def link_complaint(request, code):
    one = complaint_of(request, code)
    form = LinkComplaintForm(
        *data_of(request),
        offer=offer_of(one.enterprise),
        criteria=criteria_of(one.enterprise),
        asked=RequirementLine.objects.visible_to(request.user).current().filter(requirement__buyer=one.buyer),
        initial={
            "criterion": one.criterion,
            "requirement_line": one.requirement_line,
            "closer": chosen_closer(one),
        },
    )
    return written(
        request,
        one,
        form,
        lambda: actions.link_complaint(
            one,
            criterion=form.cleaned_data["criterion"],
            requirement_line=form.cleaned_data["requirement_line"],
            module=form.chosen()[0],
            session=form.chosen()[1],
            by=request.user,
        ),
        title=_("Kaitkan keluhan"),
        intro=_("Keluhan menunjuk butir penilaian yang dipertanyakan dan pelatihan yang menjawabnya."),
        verb=_("Simpan kaitan"),
        done=_("Kaitan tersimpan."),
    )


def chosen_closer(one: Complaint) -> str:
    """Return the choice that stands in the form."""
    if one.closing_session:
        return f"s-{one.closing_session.code}"
    return f"m-{one.closing_module.code}" if one.closing_module else ""
