"""What an enterprise can make: one page that everybody reads, changed by its owner and by staff."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.capability import profile_of
from participants.consents import has_consent
from participants.forms.capability import KINDS, CapabilityForm, KbliForm, new_form
from participants.models import Capability, Consent
from participants.views.clashes import saved_knowingly
from participants.views.enterprises import enterprise_of
from participants.views.saving import is_good, refused, saved

MAY_CHANGE = (Permission.ENTERPRISE_EDIT, Permission.ENTERPRISE_EDIT_OWN)
TITLES = {
    "mesin": (gettext_lazy("Tambah mesin"), gettext_lazy("Ubah mesin")),
    "bahan": (gettext_lazy("Tambah bahan"), gettext_lazy("Ubah bahan")),
    "alat-ukur": (gettext_lazy("Tambah alat ukur"), gettext_lazy("Ubah alat ukur")),
    "produk": (gettext_lazy("Tambah produk"), gettext_lazy("Ubah produk")),
}


def form_class(kind: str):
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def page_of_form(request, enterprise, form, title, *, is_upload=False, remove=""):
    """Show a short form about the profile, to an owner on a phone or to staff at a desk."""
    context = {
        "form": form,
        "enterprise": enterprise,
        "title": title,
        "is_upload": is_upload,
        "remove": remove,
    }
    return render(request, "participants/capability_form.html", context)


@requires(Permission.ENTERPRISE_VIEW)
def capability(request, code):
    """The profile, section by section."""
    enterprise = enterprise_of(request, code)
    context = {
        "enterprise": enterprise,
        "profile": profile_of(enterprise),
        "may_publish": has_consent(enterprise, Consent.Purpose.PUBLICITY),
        "may_change": any(request.user.may(permission) for permission in MAY_CHANGE),
    }
    return render(request, "participants/capability.html", context)


@requires(*MAY_CHANGE)
def add_item(request, code, kind):
    """Add a machine, material, measuring tool or product."""
    enterprise, form_of = enterprise_of(request, code), form_class(kind)
    form, model = new_form(form_of)(request.POST or None), form_of._meta.model
    if is_good(request, form):
        twin = model.objects.filter(pk=form.cleaned_data["key"], enterprise=enterprise).first()
        if twin or saved(form, actions.add_item, model, enterprise, by=request.user, **form.values()):
            messages.success(request, _("Tersimpan."))
            return redirect("participants:capability", code)
    return page_of_form(request, enterprise, form, TITLES[kind][0])


@requires(*MAY_CHANGE)
def edit_item(request, code, kind, pk):
    """Change one; what somebody else wrote meanwhile is shown beside what was typed."""
    enterprise, form_of = enterprise_of(request, code), form_class(kind)
    row = get_object_or_404(form_of._meta.model, pk=pk, enterprise=enterprise)
    form = form_of(request.POST or None, instance=row)
    if is_good(request, form):
        form, changed = saved_knowingly(request, form, actions.update_item, row)
        if changed:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("participants:capability", code)
    remove = reverse("participants:remove_item", args=[code, kind, pk])
    return page_of_form(request, enterprise, form, TITLES[kind][1], remove=remove)


@requires(*MAY_CHANGE)
def remove_item(request, code, kind, pk):
    """Ask, then take it out."""
    enterprise, form_of = enterprise_of(request, code), form_class(kind)
    row = get_object_or_404(form_of._meta.model, pk=pk, enterprise=enterprise)
    if request.method == "POST":
        actions.remove_item(row, by=request.user)
        messages.success(request, _("%(name)s dihapus.") % {"name": row})
        return redirect("participants:capability", code)
    context = {
        "title": _("Hapus %(name)s?") % {"name": row},
        "text": _("Dihapus dari profil. Catatan perubahannya tetap ada di riwayat."),
        "verb": _("Hapus"),
        "cancel": reverse("participants:edit_item", args=[code, kind, pk]),
        "danger": True,
        "consequences": [],
        "form": None,
    }
    return render(request, "components/confirm.html", context)


@requires(*MAY_CHANGE)
def edit_capability(request, code):
    """How finely and how long the enterprise works."""
    enterprise = enterprise_of(request, code)
    row = Capability.objects.filter(enterprise=enterprise).first() or Capability(enterprise=enterprise)
    form = CapabilityForm(request.POST or None, instance=row)
    if is_good(request, form):
        form, changed = saved_knowingly(request, form, actions.update_capability, enterprise)
        if changed:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("participants:capability", code)
    return page_of_form(request, enterprise, form, _("Ketelitian dan jam kerja"))


@requires(*MAY_CHANGE)
def add_kbli(request, code):
    """Add an activity beside the main one."""
    enterprise = enterprise_of(request, code)
    form = KbliForm(request.POST or None)
    if is_good(request, form) and saved(
        form, actions.add_kbli, enterprise, form.cleaned_data["kbli"], by=request.user
    ):
        messages.success(request, _("KBLI ditambahkan."))
        return redirect("participants:capability", code)
    return page_of_form(request, enterprise, form, _("Tambah KBLI"))


@requires(*MAY_CHANGE)
def remove_kbli(request, code, pk):
    """Ask, then take away an activity that is not the main one."""
    enterprise = enterprise_of(request, code)
    link = get_object_or_404(enterprise.kbli_links.select_related("kbli"), pk=pk)
    back = reverse("participants:capability", args=[code])
    if request.method == "POST":
        try:
            actions.remove_kbli(link, by=request.user)
        except ValidationError as error:
            refused(request, error)
        else:
            messages.success(request, _("KBLI dihapus."))
        return redirect(back)
    context = {
        "title": _("Hapus KBLI %(code)s?") % {"code": link.kbli.code},
        "text": link.kbli.title,
        "verb": _("Hapus"),
        "cancel": back,
        "danger": True,
        "consequences": [],
        "form": None,
    }
    return render(request, "components/confirm.html", context)
