"""Pictures of an enterprise: added, described, put in order, taken away, and shown to those who may see it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.photos import CaptionForm, PhotoForm
from participants.models import Photo
from participants.views.capability import MAY_CHANGE, page_of_form
from participants.views.enterprises import enterprise_of
from participants.views.saving import is_good, saved

KEPT_BY_BROWSERS = "private, max-age=86400"  # a picture never changes under its address


@requires(*MAY_CHANGE)
def add_photo(request, code):
    """Add a picture; ?produk= chooses the product it shows."""
    enterprise = enterprise_of(request, code)
    initial = {"product": request.GET.get("produk", "")}
    form = PhotoForm(request.POST or None, request.FILES or None, enterprise=enterprise, initial=initial)
    if is_good(request, form):
        twin = Photo.objects.filter(pk=form.cleaned_data["key"], enterprise=enterprise).first()
        if twin or saved(form, actions.add_photo, enterprise, by=request.user, **form.values()):
            messages.success(request, _("Foto ditambahkan."))
            return redirect("participants:capability", code)
    return page_of_form(request, enterprise, form, _("Tambah foto"), is_upload=True)


@requires(*MAY_CHANGE)
def edit_photo(request, code, pk):
    """Say differently what a picture shows."""
    enterprise = enterprise_of(request, code)
    photo = get_object_or_404(enterprise.photos, pk=pk)
    form = CaptionForm(request.POST or None, instance=photo)
    if is_good(request, form) and saved(
        form, actions.update_photo, photo, by=request.user, caption=form.cleaned_data["caption"]
    ):
        messages.success(request, _("Perubahan tersimpan."))
        return redirect("participants:capability", code)
    remove = reverse("participants:remove_photo", args=[code, pk])
    return page_of_form(request, enterprise, form, _("Ubah keterangan foto"), remove=remove)


@require_POST
@requires(*MAY_CHANGE)
def put_photo_first(request, code, pk):
    """Move a picture to the front."""
    enterprise = enterprise_of(request, code)
    actions.put_photo_first(get_object_or_404(enterprise.photos, pk=pk), by=request.user)
    messages.success(request, _("Foto ini sekarang yang pertama."))
    return redirect("participants:capability", code)


@requires(*MAY_CHANGE)
def remove_photo(request, code, pk):
    """Ask, then take a picture away."""
    enterprise = enterprise_of(request, code)
    photo = get_object_or_404(enterprise.photos, pk=pk)
    if request.method == "POST":
        actions.remove_photo(photo, by=request.user)
        messages.success(request, _("Foto dihapus."))
        return redirect("participants:capability", code)
    context = {
        "title": _("Hapus foto ini?"),
        "text": photo.caption,
        "verb": _("Hapus foto"),
        "cancel": reverse("participants:capability", args=[code]),
        "danger": True,
        "consequences": [],
        "form": None,
    }
    return render(request, "components/confirm.html", context)


@requires(Permission.ENTERPRISE_VIEW)
def photo(request, pk):
    """The picture itself, for those who may know of its enterprise."""
    return _picture(get_object_or_404(Photo.objects.visible_to(request.user), pk=pk).file)


@requires(Permission.ENTERPRISE_VIEW)
def photo_small(request, pk):
    """Its small copy, at most 30 KB."""
    return _picture(get_object_or_404(Photo.objects.visible_to(request.user), pk=pk).thumbnail)


def _picture(stored) -> HttpResponse:
    with stored.open() as file:
        content = file.read()
    return HttpResponse(content, content_type="image/jpeg", headers={"Cache-Control": KEPT_BY_BROWSERS})
