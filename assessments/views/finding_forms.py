"""What is written about a finding on a page of its own: why, what is planned, another day, the later look."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import actions
from assessments.closers import offer_of
from assessments.forms.mending import CausesForm, CloserForm, DueForm, EffectForm, PlanForm
from assessments.models import Finding
from assessments.views.finding_page import visible
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role


def written(request, one: Finding, form, act: Callable, **words):
    """Show the form, or do the act with what is in it and go back to the finding; `words` are for the page."""
    if request.method == "POST" and form.is_valid():
        try:
            target = act() or one
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, words["done"])
            return redirect(target)
    base = "base_field.html" if request.user.role == Role.OWNER else "base_staff.html"
    return render(
        request, "assessments/finding_form.html", {"finding": one, "form": form, "base": base, **words}
    )


def data_of(request) -> tuple:
    return (request.POST, request.FILES) if request.method == "POST" else ()


@requires(Permission.FINDING_PROPOSE, Permission.FINDING_CLOSE)
def causes(request, code):
    """Up to five times why."""
    one = visible(request, code)
    form = CausesForm(*data_of(request), finding=one)
    return written(
        request,
        one,
        form,
        lambda: actions.write_causes(one, form.whys(), form.cleaned_data["root_cause"], by=request.user),
        title=_("Mengapa ini terjadi?"),
        intro=_("Tanya mengapa, lalu tanya lagi tentang jawabannya, sampai ketemu yang dapat dihilangkan."),
        verb=_("Simpan akar masalah"),
        done=_("Akar masalah tersimpan."),
    )


@requires(Permission.FINDING_PROPOSE, Permission.FINDING_CLOSE)
def plan(request, code):
    """One action more."""
    one = visible(request, code)
    form = PlanForm(*data_of(request), initial={"due_on": max(one.due_on, timezone.localdate())})
    return written(
        request,
        one,
        form,
        lambda: actions.plan_action(one, **form.values(), by=request.user) and None,
        title=_("Rencanakan tindakan"),
        intro="",
        verb=_("Simpan tindakan"),
        done=_("Tindakan direncanakan."),
    )


@requires(Permission.FINDING_CLOSE)
def due(request, code):
    """Another day."""
    one = visible(request, code)
    form = DueForm(*data_of(request), initial={"due_on": one.due_on})
    return written(
        request,
        one,
        form,
        lambda: actions.move_due(one, **form.cleaned_data, by=request.user),
        title=_("Ubah tenggat"),
        intro=_("Pemilik membaca alasannya. Umur temuan tetap dihitung sejak ditemukan."),
        verb=_("Simpan tenggat"),
        done=_("Tenggat diubah."),
    )


@requires(Permission.FINDING_CLOSE)
def closer(request, code):
    """Which module or session deals with it."""
    one = visible(request, code)
    offer = offer_of(one.enterprise)
    chosen = ""
    if one.closing_session:
        chosen = f"s-{one.closing_session.code}"
    elif one.closing_module or offer.closer(one.dimension):
        chosen = f"m-{one.closing_module.code if one.closing_module else one.dimension}"
    form = CloserForm(*data_of(request), offer=offer, initial={"closer": chosen})
    return written(
        request,
        one,
        form,
        lambda: actions.close_by(one, *form.chosen(), by=request.user),
        title=_("Modul atau kunjungan yang menutup"),
        intro=_("Usulan mengikuti bidang butirnya."),
        verb=_("Simpan"),
        done=_("Pilihan tersimpan."),
    )


@requires(Permission.FINDING_CLOSE)
def check(request, code):
    """Whether the mending holds."""
    one = visible(request, code)
    waiting = get_object_or_404(Finding.objects.awaiting_check(), pk=one.pk).effectiveness
    form = EffectForm(*data_of(request))
    return written(
        request,
        one,
        form,
        lambda: actions.check_effect(waiting, **form.cleaned_data, by=request.user),
        title=_("Cek keefektifan"),
        intro=_("Bila tidak efektif, portal membuat temuan baru yang terkait; temuan ini tetap ditutup."),
        verb=_("Simpan hasil cek"),
        done=_("Hasil cek tersimpan."),
    )
