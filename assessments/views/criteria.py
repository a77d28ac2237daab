"""The items of a draft. Each opens in its place on the page of the draft, or on a page of its own."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.actions import criteria as items
from assessments.forms.criteria import CriterionForm, NewCriterionForm
from assessments.models import Criterion
from assessments.views.dimensions import find_dimension
from assessments.views.rubric_drafts import faults_for_page, find_draft
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.views.saving import is_good, refused, saved


def find_criterion(code, version, criterion) -> Criterion:
    """Return the item of the draft, or 404."""
    rows = Criterion.objects.filter(dimension__rubric=find_draft(code, version))
    return get_object_or_404(rows.select_related("dimension__rubric"), code=criterion)


def place_of(criterion: Criterion) -> str:
    """Return the address of an item on the page of its draft."""
    return f"{criterion.dimension.rubric.get_absolute_url()}#b-{criterion.code}"


@requires(Permission.RUBRIC_MANAGE)
def add(request, code, version, dimension):
    """Add an item at the end of a dimension, or put back one that an earlier version had."""
    row = find_dimension(code, version, dimension)
    form = NewCriterionForm(
        request.POST if request.method == "POST" else None, scale_max=row.rubric.scale_max
    )
    if is_good(request, form):
        made = saved(form, items.add_criterion, row, by=request.user, **form.values())
        if made:
            messages.success(request, _("Butir %(code)s ditambahkan.") % {"code": made.code})
            return redirect(place_of(made))
    present = Criterion.objects.filter(dimension__rubric=row.rubric).values("code")
    gone = items.past_criteria(row.rubric).filter(dimension__code=row.code).exclude(code__in=present)
    context = {
        "rubric": row.rubric,
        "dimension": row,
        "form": form,
        "criterion": None,
        "gone": {one.code: one for one in reversed(gone)}.values(),
    }
    return render(request, "assessments/criterion_form.html", context)


@requires(Permission.RUBRIC_MANAGE)
def edit(request, code, version, criterion):
    """Change what an item says; its code stays."""
    row = find_criterion(code, version, criterion)
    rubric = row.dimension.rubric
    form = CriterionForm(
        request.POST if request.method == "POST" else None,
        scale_max=rubric.scale_max,
        initial=CriterionForm.initial_of(row),
    )
    context = {"rubric": rubric, "dimension": row.dimension, "criterion": row, "form": form, "gone": []}
    if is_good(request, form) and saved(form, items.change_criterion, row, by=request.user, **form.values()):
        if request.htmx:
            found = faults_for_page(rubric)
            lacking = {fault.place for fault in found["warnings"]}
            context |= {"is_saved": True, "no_english": lacking, **found}
            return render(request, "assessments/_criterion_row.html", context)
        messages.success(request, _("Butir %(code)s tersimpan.") % {"code": row.code})
        return redirect(place_of(row))
    template = "_criterion_edit.html" if request.htmx else "criterion_form.html"
    return render(request, f"assessments/{template}", context)


@require_POST
@requires(Permission.RUBRIC_MANAGE)
def move(request, code, version, criterion):
    """Change places with the neighbour above, or below."""
    row = find_criterion(code, version, criterion)
    try:
        items.move_criterion(row, up=request.POST.get("ke") == "atas", by=request.user)
    except ValidationError as error:
        refused(request, error)
    return redirect(place_of(row))


@require_POST
@requires(Permission.RUBRIC_MANAGE)
def remove(request, code, version, criterion):
    """Take an item out of the draft; it can be put back."""
    row = find_criterion(code, version, criterion)
    try:
        items.remove_criterion(row, by=request.user)
    except ValidationError as error:
        refused(request, error)
    else:
        messages.success(request, _("Butir %(code)s dikeluarkan dari draf.") % {"code": criterion})
    return redirect(f"{row.dimension.rubric.get_absolute_url()}#{row.dimension.code}")


@require_POST
@requires(Permission.RUBRIC_MANAGE)
def restore(request, code, version, dimension):
    """Put an item back that an earlier version had."""
    row = find_dimension(code, version, dimension)
    try:
        made = items.restore_criterion(row, request.POST.get("kode", ""), by=request.user)
    except ValidationError as error:
        refused(request, error)
        return redirect(f"{row.rubric.get_absolute_url()}#{row.code}")
    messages.success(request, _("Butir %(code)s dikembalikan.") % {"code": made.code})
    return redirect(place_of(made))
