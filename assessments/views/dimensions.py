"""The dimensions of a draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.actions import dimensions as fields
from assessments.forms.dimensions import DimensionForm, NewDimensionForm
from assessments.models import Dimension
from assessments.views.rubric_drafts import find_draft
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.views.saving import is_good, saved


def find_dimension(code, version, dimension) -> Dimension:
    """Return the dimension of the draft, or 404."""
    draft = find_draft(code, version)
    return get_object_or_404(draft.dimensions.select_related("rubric__based_on"), code=dimension)


@requires(Permission.RUBRIC_MANAGE)
def add(request, code, version):
    """Add a dimension at the end of the draft."""
    draft = find_draft(code, version)
    form = NewDimensionForm(request.POST if request.method == "POST" else None, scale_max=draft.scale_max)
    if is_good(request, form):
        made = saved(form, fields.add_dimension, draft, by=request.user, **form.values())
        if made:
            messages.success(request, _("Bidang %(code)s ditambahkan.") % {"code": made.code})
            return redirect(draft)
    context = {"rubric": draft, "form": form, "dimension": None}
    return render(request, "assessments/dimension_form.html", context)


@requires(Permission.RUBRIC_MANAGE)
def edit(request, code, version, dimension):
    """Change what a dimension says; its code stays."""
    row = find_dimension(code, version, dimension)
    form = DimensionForm(
        request.POST if request.method == "POST" else None,
        scale_max=row.rubric.scale_max,
        initial=DimensionForm.initial_of(row),
    )
    if is_good(request, form) and saved(form, fields.change_dimension, row, by=request.user, **form.values()):
        messages.success(request, _("Bidang %(code)s tersimpan.") % {"code": row.code})
        return redirect(row.rubric)
    context = {"rubric": row.rubric, "form": form, "dimension": row}
    return render(request, "assessments/dimension_form.html", context)


@require_POST
@requires(Permission.RUBRIC_MANAGE)
def move(request, code, version, dimension):
    """Change places with the neighbour above, or below."""
    row = find_dimension(code, version, dimension)
    try:
        fields.move_dimension(row, up=request.POST.get("ke") == "atas", by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect(f"{row.rubric.get_absolute_url()}#{row.code}")


@requires(Permission.RUBRIC_MANAGE)
def remove(request, code, version, dimension):
    """Ask, then take a dimension and its items out of the draft."""
    row = find_dimension(code, version, dimension)
    if request.method == "POST":
        try:
            fields.remove_dimension(row, by=request.user)
        except ValidationError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Bidang %(code)s dikeluarkan dari draf.") % {"code": dimension})
        return redirect(row.rubric)
    context = {
        "title": _("Keluarkan bidang %(name)s?") % {"name": row.title},
        "text": _("%(count)s butirnya ikut keluar dari draf. Kodenya tidak dapat dipakai untuk arti lain.")
        % {"count": row.criteria.count()},
        "consequences": [],
        "form": None,
        "verb": _("Keluarkan bidang"),
        "cancel": row.rubric.get_absolute_url(),
        "danger": True,
    }
    return render(request, "components/confirm.html", context)
