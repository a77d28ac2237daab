"""A new version of a rubric: begun, weighed, published or thrown away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.actions.dimensions import set_weights
from assessments.actions.rubric_versions import discard_rubric, publish_rubric, start_rubric
from assessments.forms.dimensions import PublishForm, WeightsForm
from assessments.models import Rubric
from assessments.rubric_faults import forbidding, lacks_english, total_weight
from assessments.rubric_revision import changes_of, faults_in, lines_of
from assessments.rubric_values import criteria_of, seen
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission


def find_draft(code, version) -> Rubric:
    """Return the draft of this number, or 404: what is published is not edited."""
    return get_object_or_404(Rubric.objects.drafts().select_related("based_on"), code=code, version=version)


def changes_for_page(rubric: Rubric) -> dict:
    """Return what _rubric_changes.html shows: each row that differs with its lines."""
    changes = changes_of(rubric)
    rows = [(row, lines_of(row)) for row in changes.rows] if changes else []
    return {"changes": changes, "change_rows": rows}


def faults_for_page(rubric: Rubric) -> dict:
    """Return what _rubric_faults.html shows: what forbids publishing, and what is only missing."""
    faults = faults_in(rubric)
    return {
        "faults": forbidding(faults),
        "warnings": [fault for fault in faults if fault.is_warning],
        "dimension_codes": set(rubric.dimensions.values_list("code", flat=True)),
    }


def draft_page(request, rubric: Rubric, form: WeightsForm | None = None):
    """Show everything a draft says, section by section, with what is still to mend."""
    dimensions = list(rubric.dimensions.prefetch_related("criteria").order_by("order", "id"))
    no_english = {row["code"] for row in criteria_of(rubric) if lacks_english(row, rubric.scale_max)}
    context = {
        "rubric": rubric,
        "dimensions": dimensions,
        "no_english": no_english,
        "form": form or WeightsForm(dimensions=dimensions),
        "total": total_weight({"weight": row.weight} for row in dimensions),
        "items": sum(len(row.criteria.all()) for row in dimensions),
        **faults_for_page(rubric),
        **changes_for_page(rubric),
    }
    return render(request, "assessments/rubric_draft.html", context)


@require_POST
@requires(Permission.RUBRIC_MANAGE)
def start(request, code, version):
    """Begin a draft from a published version."""
    rubric = get_object_or_404(Rubric.objects.published(), code=code, version=version)
    try:
        draft = start_rubric(rubric, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(rubric)
    messages.success(request, _("Versi %(version)s dibuat sebagai draf.") % {"version": draft.version})
    return redirect(draft)


@requires(Permission.RUBRIC_MANAGE)
def weights(request, code, version):
    """Weigh all dimensions of a draft; they may be saved before they are 100."""
    rubric = find_draft(code, version)
    if request.method != "POST":
        return redirect(rubric)
    form = WeightsForm(request.POST, dimensions=list(rubric.dimensions.order_by("order", "id")))
    if not form.is_valid():
        return draft_page(request, rubric, form)
    try:
        set_weights(rubric, form.weights(), by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Bobot tersimpan."))
    return redirect(rubric)


@requires(Permission.RUBRIC_MANAGE)
def publish(request, code, version):
    """Everything that differs and everything at fault, and the words with which it is published."""
    rubric = find_draft(code, version)
    now = seen(rubric)
    initial = {"name": rubric.name, "change_note": rubric.change_note, "seen_as": now}
    form = PublishForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            publish_rubric(rubric, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Versi %(version)s terbit. Angkatan dapat memakainya.") % {"version": version}
            )
            return redirect(rubric)
    context = {"rubric": rubric, "form": form, "now": now}
    context |= changes_for_page(rubric) | faults_for_page(rubric)
    return render(request, "assessments/publish_rubric.html", context)


@requires(Permission.RUBRIC_MANAGE)
def discard(request, code, version):
    """Ask, then throw a draft away."""
    rubric = find_draft(code, version)
    if request.method == "POST":
        try:
            discard_rubric(rubric, by=request.user)
        except ValidationError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Draf dihapus."))
        return redirect("assessments:rubrics")
    context = {
        "title": _("Hapus draf versi %(version)s?") % {"version": version},
        "text": _("Bidang dan butir di draf ini ikut terhapus. Versi yang sudah terbit tidak berubah."),
        "consequences": [],
        "form": None,
        "verb": _("Hapus draf"),
        "cancel": rubric.get_absolute_url(),
        "danger": True,
    }
    return render(request, "components/confirm.html", context)
