"""Sheets of the registry: downloaded with full numbers, and clashes of one that came back decided."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.sheets import XLSX
from participants import actions
from participants.forms.filters import EnterpriseFilter
from participants.models import Enterprise, ImportBatch, ImportRow
from participants.views.saving import refused


def sheet_response(content: bytes, name: str) -> HttpResponse:
    """Return a workbook to be saved under that name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def export_name() -> str:
    return f"peserta-ikm-{timezone.localdate():%Y-%m-%d}.xlsx"


@require_POST
@requires(Permission.IDENTITY_VIEW_FULL)
def export_full(request):
    """The list, as filtered in the address or chosen in the form, with full NIB and NPWP; that is recorded."""
    rows = EnterpriseFilter(request.GET, user=request.user).narrow(
        Enterprise.objects.visible_to(request.user)
    )
    if chosen := request.POST.getlist("ikm"):
        rows = rows.filter(code__in=chosen)
    content = actions.export_enterprises(rows, by=request.user, with_identity=True)
    return sheet_response(content, export_name())


@require_POST
@requires(Permission.ENTERPRISE_IMPORT)
def take_sheet_value(request, pk):
    """Decide that of a clash the sheet's value is the right one."""
    mine = ImportBatch.objects.visible_to(request.user)
    row = get_object_or_404(ImportRow.objects.filter(batch__in=mine).select_related("batch"), pk=pk)
    try:
        actions.take_sheet_value(row, request.POST.get("isi", ""), by=request.user)
    except ValidationError as error:
        refused(request, error)
    else:
        text = _("Baris %(row)d: isi lembar yang akan disimpan.")
        messages.success(request, text % {"row": row.sheet_row})
    return redirect(row.batch)
