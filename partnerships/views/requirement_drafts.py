"""Writing requirements: drafts, their lines, publishing, a new version, the end."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from partnerships import actions
from partnerships.affected import affected_by
from partnerships.forms import EndForm, LineForm, PublishForm, RequirementForm
from partnerships.models import Requirement, RequirementLine
from partnerships.requirement_revision import changes_of
from partnerships.requirement_values import FIELDS
from partnerships.views.requirements import requirement_of
from partnerships.views.shared import Refused, buyer_of, errors_on, say

FORM = "partnerships/requirement_form.html"


def line_of(request, pk) -> RequirementLine:
    visible = Requirement.objects.visible_to(request.user)
    return get_object_or_404(
        RequirementLine.objects.select_related("requirement__buyer"), pk=pk, requirement__in=visible
    )


def saved(form, act, *args, **values):
    """Run an act; return what it made, or None with its messages on the form."""
    try:
        with errors_on(form):
            return act(*args, **values)
    except Refused:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REQUIREMENT_WRITE)
def add_requirement(request, code):
    buyer = buyer_of(request, code)
    contact = buyer.contacts.filter(user=request.user, is_active=True).first()
    form = RequirementForm(request.POST or None, buyer=buyer, initial={"contact": contact})
    if request.method == "POST" and form.is_valid():
        made = saved(form, actions.add_requirement, buyer, by=request.user, **form.values())
        if made:
            messages.success(
                request, _("Draf tersimpan. Tambahkan baris yang harus dipenuhi, lalu terbitkan.")
            )
            return redirect(made)
    context = {"form": form, "heading": _("Tambah kebutuhan"), "verb": _("Simpan draf"), "buyer": buyer}
    return render(request, FORM, context | {"cancel": reverse("partnerships:requirements")})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REQUIREMENT_WRITE)
def edit_requirement(request, code, version):
    draft = requirement_of(request, code, version)
    initial = {name: getattr(draft, name) for name in FIELDS}
    form = RequirementForm(request.POST or None, buyer=draft.buyer, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        values.pop("id")
        if saved(form, actions.change_requirement, draft, by=request.user, **values):
            messages.success(request, _("Perubahan tersimpan."))
            return redirect(draft)
    context = {
        "form": form,
        "heading": _("Ubah kebutuhan"),
        "verb": _("Simpan"),
        "cancel": draft.get_absolute_url(),
    }
    return render(request, FORM, context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REQUIREMENT_WRITE)
def add_requirement_line(request, code, version):
    draft = requirement_of(request, code, version)
    form = LineForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, actions.add_line, draft, by=request.user, **form.values())
    ):
        messages.success(request, _("Baris tersimpan."))
        return redirect(draft)
    context = {
        "form": form,
        "heading": _("Tambah baris"),
        "verb": _("Simpan baris"),
        "cancel": draft.get_absolute_url(),
    }
    return render(request, FORM, context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REQUIREMENT_WRITE)
def edit_requirement_line(request, pk):
    line = line_of(request, pk)
    draft = line.requirement
    form = LineForm(request.POST or None, initial=LineForm.initial_of(line))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        values.pop("id")
        if saved(form, actions.change_line, line, by=request.user, **values):
            messages.success(request, _("Perubahan tersimpan."))
            return redirect(draft)
    context = {
        "form": form,
        "heading": _("Ubah baris"),
        "verb": _("Simpan baris"),
        "cancel": draft.get_absolute_url(),
    }
    return render(request, FORM, context)


@require_POST
@requires(Permission.REQUIREMENT_WRITE)
def remove_requirement_line(request, pk):
    line = line_of(request, pk)
    try:
        actions.remove_line(line, by=request.user)
    except ValidationError as error:
        say(request, error)
    else:
        messages.success(request, _("Baris dihapus dari draf."))
    return redirect(line.requirement)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REQUIREMENT_WRITE)
def publish_requirement(request, code, version):
    """What changes, and which IKM answer differently to it, before it is frozen."""
    draft = requirement_of(request, code, version)
    form = PublishForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, actions.publish_requirement, draft, by=request.user, **form.cleaned_data)
    ):
        messages.success(
            request, _("Kebutuhan terbit. Isinya tidak berubah lagi; perubahan menjadi versi baru.")
        )
        return redirect(draft)
    if draft.based_on is None:
        del form.fields["change_note"]
    context = {
        "requirement": draft,
        "form": form,
        "changes": changes_of(draft, with_price=True),
        "affected": affected_by(draft, request.user) if draft.is_draft else [],
    }
    return render(request, "partnerships/requirement_publish.html", context)


@require_POST
@requires(Permission.REQUIREMENT_WRITE)
def start_requirement_version(request, code):
    rows = Requirement.objects.visible_to(request.user).filter(code=code)
    source = get_object_or_404(rows.select_related("buyer").order_by("-version")[:1])
    return redirect(actions.start_requirement_version(source, by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REQUIREMENT_WRITE)
def discard_requirement(request, code, version):
    draft = requirement_of(request, code, version)
    if request.method == "POST":
        try:
            actions.discard_requirement(draft, by=request.user)
        except ValidationError as error:
            say(request, error)
            return redirect(draft)
        messages.success(request, _("Draf dihapus."))
        return redirect("partnerships:requirements")
    context = {
        "title": _("Hapus draf %(part)s?") % {"part": draft.part_name},
        "text": _("Versi yang sudah terbit tetap berlaku."),
        "verb": _("Hapus draf"),
        "cancel": draft.get_absolute_url(),
        "danger": True,
        "consequences": [],
        "form": None,
    }
    return render(request, "components/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REQUIREMENT_WRITE)
def close_requirement(request, code, version):
    """Met or withdrawn; IKM no longer find it among what is wanted."""
    record = requirement_of(request, code, version)
    form = EndForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, actions.close_requirement, record, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Akhir kebutuhan tercatat."))
        return redirect(record)
    context = {
        "title": _("Akhiri kebutuhan %(part)s?") % {"part": record.part_name},
        "text": _(
            "IKM tidak lagi melihatnya sebagai kebutuhan yang dicari. Bila dicari lagi, buat versi baru."
        ),
        "verb": _("Akhiri kebutuhan"),
        "cancel": record.get_absolute_url(),
        "danger": False,
        "consequences": [],
        "form": form,
    }
    return render(request, "components/confirm.html", context)
