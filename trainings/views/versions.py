"""A new version of a curriculum: begun, seen beside its predecessor, published or thrown away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from trainings import actions
from trainings.forms.modules import PublishForm
from trainings.models import Curriculum
from trainings.versions import changes_of, lines_of


def find_draft(code, version) -> Curriculum:
    """Return the draft of this number, or 404: what is published is not edited."""
    return get_object_or_404(
        Curriculum.objects.drafts().select_related("based_on"), code=code, version=version
    )


def changes_for_page(curriculum) -> dict:
    """Return what _changes.html shows: the sums, and each module that differs with its lines."""
    changes = changes_of(curriculum)
    rows = [(module, lines_of(module)) for module in changes.modules] if changes else []
    return {"changes": changes, "change_rows": rows}


@require_POST
@requires(Permission.CURRICULUM_MANAGE)
def start(request, code, version):
    """Begin a draft from a published version."""
    curriculum = get_object_or_404(Curriculum.objects.published(), code=code, version=version)
    try:
        draft = actions.start_version(curriculum, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(curriculum)
    messages.success(request, _("Versi %(version)s dibuat sebagai draf.") % {"version": draft.version})
    return redirect(draft)


@requires(Permission.CURRICULUM_MANAGE)
def publish(request, code, version):
    """Everything that differs, and the words with which it is published."""
    curriculum = find_draft(code, version)
    form = PublishForm(
        request.POST if request.method == "POST" else None,
        initial={"name": curriculum.name, "change_note": curriculum.change_note},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_version(curriculum, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Versi %(version)s terbit. Angkatan dapat memakainya.") % {"version": version}
            )
            return redirect(curriculum)
    context = {"curriculum": curriculum, "form": form, **changes_for_page(curriculum)}
    return render(request, "trainings/publish_version.html", context)


@requires(Permission.CURRICULUM_MANAGE)
def discard(request, code, version):
    """Ask, then throw a draft away."""
    curriculum = find_draft(code, version)
    if request.method == "POST":
        try:
            actions.discard_version(curriculum, by=request.user)
        except ValidationError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Draf dihapus."))
        return redirect("trainings:curricula")
    context = {
        "title": _("Hapus draf versi %(version)s?") % {"version": version},
        "text": _("Modul dan soal di draf ini ikut terhapus. Versi yang sudah terbit tidak berubah."),
        "consequences": [],
        "form": None,
        "verb": _("Hapus draf"),
        "cancel": curriculum.get_absolute_url(),
        "danger": True,
    }
    return render(request, "components/confirm.html", context)
