"""The sheet in the browser: typed or pasted, looked at cell by cell, and handed to the import."""

import json
from io import BytesIO

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.regions.models import Province, Regency
from participants import actions
from participants.forms.grid import GridForm, GridRowsForm
from participants.grid import MOST_ROWS, columns, faults, grid_workbook
from participants.models import Cohort, ImportBatch, ImportWork, Kbli, LegalForm, Process
from participants.places import Places
from participants.views.saving import is_good, key_of, say

# the last imports of the reader, by which the browser knows that what it kept has arrived
ARRIVED = 10


def sales_year() -> int:
    """The last year that is over."""
    return timezone.localdate().year - 1


@requires(Permission.ENTERPRISE_IMPORT)
def grid(request):
    """Type or paste enterprises like into a spreadsheet; nothing is saved before the import's own page."""
    mine = ImportBatch.objects.visible_to(request.user).filter(uploaded_by=request.user)
    if request.method == "POST" and (pressed := mine.filter(pk=key_of(request)).first()):
        return redirect(pressed)
    wanted = Cohort.objects.not_closed().filter(code=request.GET.get("angkatan", "")).first()
    form = GridForm(request.POST or None, initial={"cohort": wanted})
    if is_good(request, form) and (answer := handed_over(request, form)):
        return answer
    context = {
        "form": form,
        "columns": json.dumps(columns(sales_year()), ensure_ascii=False),
        "choices": choices(),
        "most": MOST_ROWS,
        "arrived": [str(pk) for pk in mine.order_by("-created_at").values_list("pk", flat=True)[:ARRIVED]],
    }
    return render(request, "participants/grid.html", context)


def handed_over(request, form):
    """Keep the rows as a workbook, check them, and lead to the import; None when the form says why not."""
    content = grid_workbook(form.cleaned_data["rows"], year=sales_year())
    name = f"isian-lembar-{timezone.localtime():%Y-%m-%d-%H.%M}.xlsx"
    key, cohort = form.cleaned_data["key"], form.cleaned_data["cohort"]
    try:
        batch = actions.receive_workbook(BytesIO(content), cohort, by=request.user, file_name=name, id=key)
        actions.take_step(batch, ImportWork.Step.CHECK, by=request.user)
    except ValidationError as error:
        return say(form, error)
    except IntegrityError:  # a second press while the first one was under way
        return redirect("participants:import", key)
    return redirect(batch)


@require_POST
@requires(Permission.ENTERPRISE_IMPORT)
def grid_check(request):
    """Return what is wrong with each cell of the rows sent, by the reading that the import has."""
    form = GridRowsForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": " ".join(form.errors["rows"])}, status=400)
    places = Places(list(Province.objects.all()), list(Regency.objects.all()))
    found = faults(form.cleaned_data["rows"], places=places, year=sales_year(), today=timezone.localdate())
    rows = {
        number: [
            {"field": one.field, "message": str(one.message), "isWarning": one.is_warning} for one in problems
        ]
        for number, problems in found.items()
    }
    return JsonResponse({"rows": rows})


def choices() -> dict[str, list[tuple[str, str]]]:
    """Return {field: words to choose from, each with what explains it}; other spellings are read as well."""
    return {
        "legal_form": [(str(label), "") for label in LegalForm.labels],
        "kbli": list(Kbli.objects.offered().filter(version="2020").values_list("code", "title")),
        "regency": list(Regency.objects.order_by("name").values_list("name", "province__name")),
        "province": [(one.name, "") for one in Province.objects.order_by("name")],
        "processes": [(one.name, "") for one in Process.objects.offered()],
        "consent": [("Ya", ""), ("Tidak", "")],
    }
