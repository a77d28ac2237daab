"""What may be decided about an import: check it, save it, put it away, take it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.models import ImportBatch, ImportRow, ImportWork
from participants.undo_refusals import undo_refusals
from participants.views.import_upload import checked
from participants.views.imports import batch_of
from participants.views.saving import refused

Status = ImportBatch.Status
Step = ImportWork.Step


@require_POST
@requires(Permission.ENTERPRISE_IMPORT)
def check(request, pk):
    """Check an uploaded workbook (again), where the first try was cut short."""
    batch = batch_of(request, pk)
    return checked(request, batch) if batch.mapping else redirect("participants:import_columns", batch.pk)


@require_POST
@requires(Permission.ENTERPRISE_IMPORT)
def save(request, pk):
    """Write all good rows to the registry, or none."""
    batch = batch_of(request, pk)
    if batch.status == Status.SAVED:  # a second press
        messages.info(request, _("Impor ini sudah tersimpan."))
        return redirect(batch)
    try:
        is_done = actions.take_step(batch, Step.SAVE, by=request.user)
    except ValidationError as error:
        refused(request, error)
    else:
        counts = batch.counts()
        text = _("%(new)d IKM baru dan %(changed)d perubahan tersimpan.")
        if is_done:
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


@requires(Permission.ENTERPRISE_IMPORT)
def undo(request, pk):
    """Say what taking a saved import back would do, or why it cannot be; a post does it."""
    batch = batch_of(request, pk)
    if batch.status != Status.SAVED:
        if request.method == "POST":
            messages.info(
                request, _("Impor ini tidak sedang tersimpan, jadi tidak ada yang ditarik kembali.")
            )
        return redirect(batch)
    if request.method == "POST":
        try:
            is_done = actions.take_step(batch, Step.UNDO, by=request.user)
        except ValidationError:
            return redirect("participants:undo_import", batch.pk)  # which lists the reasons
        if is_done:
            messages.success(request, _("Impor ditarik kembali. Data kembali seperti sebelum disimpan."))
        return redirect(batch)
    context = {"batch": batch, "counts": batch.counts(), "reasons": undo_refusals(batch)}
    return render(request, "participants/import_undo.html", context)


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
