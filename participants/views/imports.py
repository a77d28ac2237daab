"""Importing a registration workbook: upload, look, save or put away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.imports import UploadForm
from participants.models import Cohort, ImportBatch, ImportRow
from participants.sheets import XLSX, problem_sheet
from participants.views.saving import is_good, refused, saved
from participants.workbook import UnreadableWorkbook

ROWS_A_PAGE = 50


def batch_of(request, pk) -> ImportBatch:
    rows = ImportBatch.objects.visible_to(request.user).select_related("cohort", "uploaded_by")
    return get_object_or_404(rows, pk=pk)


@requires(Permission.ENTERPRISE_IMPORT)
def imports(request):
    """Every workbook that was uploaded, newest first."""
    rows = ImportBatch.objects.visible_to(request.user).select_related("cohort", "uploaded_by").with_counts()
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "participants/imports.html", {"page": page})


@requires(Permission.ENTERPRISE_IMPORT)
def upload(request):
    """Take a workbook and read it; nothing is saved to the registry yet."""
    wanted = Cohort.objects.not_closed().filter(code=request.GET.get("angkatan", "")).first()
    form = UploadForm(request.POST or None, request.FILES or None, initial={"cohort": wanted})
    if is_good(request, form):
        file, cohort = form.cleaned_data["file"], form.cleaned_data["cohort"]
        try:
            batch = saved(form, actions.preview_import, file, cohort, by=request.user, file_name=file.name)
        except UnreadableWorkbook as error:
            form.add_error("file", str(error))
        else:
            if batch:
                return redirect(batch)
    return render(request, "participants/upload.html", {"form": form})


@requires(Permission.ENTERPRISE_IMPORT)
def import_detail(request, pk):
    """What became, or would become, of each row; the rows with something to say come first."""
    batch = batch_of(request, pk)
    counts = batch.counts()
    rows = batch.rows.worth_a_look().select_related("enterprise")
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "page": page,
        "counts": counts,
        "total": sum(counts.values()),
        "ready": sum(counts[outcome] for outcome in ImportRow.WRITTEN),
        "refused": sum(counts[outcome] for outcome in ImportRow.REFUSED),
        "can_decide": batch.status == ImportBatch.Status.PREVIEWED,
    }
    return render(request, "participants/import.html", context)


@require_POST
@requires(Permission.ENTERPRISE_IMPORT)
def save(request, pk):
    """Write all good rows to the registry, or none."""
    batch = batch_of(request, pk)
    try:
        actions.save_import(batch, by=request.user)
    except ValidationError as error:
        refused(request, error)
    else:
        counts = batch.counts()
        text = _("%(new)d IKM baru dan %(changed)d perubahan tersimpan.")
        messages.success(request, text % {"new": counts["new"], "changed": counts["changed"]})
    return redirect(batch)


@require_POST
@requires(Permission.ENTERPRISE_IMPORT)
def discard(request, pk):
    """Put a workbook away without saving it."""
    batch = batch_of(request, pk)
    try:
        actions.discard_import(batch, by=request.user)
    except ValidationError as error:
        refused(request, error)
    else:
        messages.success(request, _("Impor dibatalkan. Tidak ada yang tersimpan."))
    return redirect("participants:imports")


@require_POST
@requires(Permission.ENTERPRISE_IMPORT)
def import_as_new(request, pk):
    """Decide that a possible duplicate is another enterprise."""
    row = get_object_or_404(
        ImportRow.objects.filter(batch__in=ImportBatch.objects.visible_to(request.user)), pk=pk
    )
    try:
        actions.import_as_new(row, by=request.user)
    except ValidationError as error:
        refused(request, error)
    else:
        messages.success(request, _("Baris %(row)d ikut disimpan sebagai IKM baru.") % {"row": row.sheet_row})
    return redirect(row.batch)


@requires(Permission.ENTERPRISE_IMPORT)
def problems(request, pk):
    """The refused rows as the same sheet, with the reason in front."""
    batch = batch_of(request, pk)
    name = f"perbaiki-{slugify(batch.file_name.removesuffix('.xlsx')) or 'impor'}.xlsx"
    return HttpResponse(
        problem_sheet(batch),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
