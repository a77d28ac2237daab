"""Which areas an assessment looks at: added, renamed, weighed, removed while it is written."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments import actions
from assessments.forms.areas import AreaForm, NewAreaForm, known_values
from assessments.models import Area, Assessment
from assessments.views.filling import own, refuse_closed
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.formats import number


@requires(Permission.ASSESSMENT_WRITE)
def areas(request, code):
    assessment = with_areas(request, code)
    if closed := refuse_closed(request, assessment):
        return closed
    form = NewAreaForm(request.POST or None, assessment=assessment)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_area(assessment, **form.values(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Area %(name)s ditambahkan.") % {"name": added})
            return redirect("assessments:areas", assessment.code)
    rows = [line_of(one, assessment) for one in assessment.areas.all()]
    context = {
        "assessment": assessment,
        "form": form,
        "rows": rows,
        "source": actions.source_of_areas(assessment),
    }
    return render(request, "assessments/areas.html", context)


def with_areas(request, code: str) -> Assessment:
    """Return one's own assessment on a rubric that asks per area; without one there is nothing to name."""
    assessment = own(request, code)
    if not assessment.rubric.dimensions.filter(is_per_area=True).exists():
        raise Http404
    return assessment


def line_of(area: Area, assessment: Assessment) -> dict:
    """Return an area as {% tasks %} draws it."""
    word = "name_en" if get_language() == "en" else "name"
    kinds = {one["code"]: one[word] for one in assessment.rubric.area_kinds}
    kind = kinds.get(area.kind, "")
    parts = [
        kind if kind != area.name else "",
        _("bobot %(weight)s") % {"weight": number(area.weight, 2, trim=True)},
        area.person_in_charge,
    ]
    return {
        "url": reverse("assessments:area", args=[assessment.code, area.order]),
        "title": area.name,
        "text": ", ".join(part for part in parts if part),
    }


@requires(Permission.ASSESSMENT_WRITE)
def area(request, code, order):
    assessment = with_areas(request, code)
    if closed := refuse_closed(request, assessment):
        return closed
    one = get_object_or_404(assessment.areas, order=order)
    form = AreaForm(request.POST or None, assessment=assessment, initial=known_values(one))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_area(one, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Area %(name)s disimpan.") % {"name": one})
            return redirect("assessments:areas", assessment.code)
    return render(request, "assessments/area.html", {"assessment": assessment, "area": one, "form": form})


@requires(Permission.ASSESSMENT_WRITE)
def remove(request, code, order):
    """Ask first: what was entered for the area goes with it."""
    assessment = with_areas(request, code)
    if closed := refuse_closed(request, assessment):
        return closed
    one = get_object_or_404(assessment.areas, order=order)
    if request.method == "POST":
        try:
            actions.remove_area(one, and_scores=True, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Area %(name)s dihapus.") % {"name": one})
        return redirect("assessments:areas", assessment.code)
    context = {
        "assessment": assessment,
        "area": one,
        "scored": one.scores.count(),
        "photos": one.evidence.count(),
        "is_last": assessment.areas.count() == 1,
    }
    return render(request, "assessments/remove_area.html", context)
