"""The first two steps of an import: the workbook, and what its columns mean."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.regions.models import Regency
from participants import actions
from participants.archive import UnreadableWorkbook
from participants.columns import look
from participants.forms.imports import ColumnsForm, UploadForm
from participants.import_template import template_sheet
from participants.models import Cohort, ImportBatch, ImportWork, Process
from participants.sheets import XLSX
from participants.views.imports import batch_of
from participants.views.saving import is_good, key_of, refused, saved, say


@requires(Permission.ENTERPRISE_IMPORT)
def upload(request):
    """Take a workbook and check it; nothing is saved to the registry yet."""
    wanted = Cohort.objects.not_closed().filter(code=request.GET.get("angkatan", "")).first()
    if request.method == "POST" and (key := key_of(request)):
        pressed = ImportBatch.objects.visible_to(request.user).filter(pk=key).first()
        if pressed:  # a second press of the same form
            return redirect(pressed)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"cohort": wanted})
    if is_good(request, form) and (answer := received(request, form)):
        return answer
    return render(request, "participants/upload.html", {"form": form})


def received(request, form):
    """Keep the workbook, check it if its columns are known, and lead on; None when the form says why not."""
    values = form.values()
    file = values.pop("file")
    try:
        batch = actions.receive_workbook(file, by=request.user, file_name=file.name, **values)
    except actions.AlreadyImported as error:
        messages.info(request, " ".join(error.messages))
        return redirect(error.batch)
    except ValidationError as error:
        return say(form, error)
    except IntegrityError:  # a second press while the first one was under way
        return redirect("participants:import", values["id"])
    except UnreadableWorkbook as error:
        return form.add_error("file", str(error))
    try:
        if batch.mapping:
            actions.take_step(batch, ImportWork.Step.CHECK, by=request.user)
    except UnreadableWorkbook as error:  # its head was good, and no more
        actions.discard_import(batch, by=request.user)
        return form.add_error("file", str(error))
    return redirect(batch)


@requires(Permission.ENTERPRISE_IMPORT)
def import_columns(request, pk):
    """Say what each column of the workbook means; the next workbook of this layout is read the same way."""
    batch = batch_of(request, pk)
    if batch.status not in ImportBatch.WAITING or not batch.upload:
        return redirect(batch)
    try:
        head = look(actions.kept_workbook(batch))
    except UnreadableWorkbook as error:
        messages.error(request, str(error))
        return redirect("participants:upload")
    mapping = batch.mapping or head.recognised()
    form = ColumnsForm(request.POST or None, columns=head.columns, mapping=mapping)
    if is_good(request, form):
        batch = saved(form, actions.match_columns, batch, form.mapping(), by=request.user)
        if batch:
            return checked(request, batch)
    return render(request, "participants/import_columns.html", {"batch": batch, "form": form, "head": head})


def checked(request, batch: ImportBatch):
    """Check the rows of a workbook whose columns are known, here or in a worker, and show its page."""
    try:
        actions.take_step(batch, ImportWork.Step.CHECK, by=request.user)
    except ValidationError as error:
        refused(request, error)
    except UnreadableWorkbook as error:
        messages.error(request, str(error))
        return redirect("participants:import_columns", batch.pk)
    return redirect(batch)


@requires(Permission.ENTERPRISE_IMPORT)
def template(request):
    """The workbook to fill in: known headings, lists to choose from, and an example."""
    regencies = Regency.objects.select_related("province").order_by("province__name", "name")
    content = template_sheet(
        [(regency.name, regency.province.name) for regency in regencies],
        [process.name for process in Process.objects.offered()],
        year=timezone.localdate().year - 1,
    )
    name = f"{_('lembar-pendaftaran-ikm')}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)
