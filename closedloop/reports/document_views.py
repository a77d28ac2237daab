"""Ask for a document from the page of what it is about, with one press; and take away the Excel beside a paper."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.sheets import XLSX
from closedloop.reports import actions, kinds
from closedloop.reports.downloads import file_name
from closedloop.reports.models import ReportJob
from closedloop.reports.views import TAKERS
from closedloop.reports.workbook import workbook


@require_POST
@requires(Permission.DOCUMENT_REQUEST)
def request_document(request, kind, code):
    """Freeze and queue the document; pressed twice with one key, the first request is shown again."""
    if kind not in kinds.DOCUMENTS:
        raise Http404
    of = kinds.DOCUMENTS[kind]
    subject = found_by(kinds.KINDS[of].subjects(request.user), code)
    try:
        key = UUID(request.POST.get("form_key", ""))
    except ValueError:
        messages.error(request, _("Halaman ini sudah lama terbuka. Muat ulang, lalu kirim lagi."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    try:
        return redirect(
            actions.request_reports(
                of, [subject], language=request.LANGUAGE_CODE, by=request.user, form_key=key
            )
        )
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(settings.LOGIN_REDIRECT_URL)


def found_by(subjects, code: str):
    """Return the one with this code, or this id where its kind has no code; 404 without one."""
    has_code = any(field.name == "code" for field in subjects.model._meta.fields)
    if has_code:
        return get_object_or_404(subjects, code=code)
    try:
        return get_object_or_404(subjects, pk=UUID(code))
    except ValueError as error:
        raise Http404 from error


@require_POST
@requires(*TAKERS)
def download_sheet(request, code):
    """Hand over the numbers of one paper as Excel; a POST, because it leaves a trace."""
    jobs = ReportJob.objects.visible_to(request.user).done().select_related("batch")
    job = get_object_or_404(jobs, code=code)
    kinds.require_taker(request.user, job.batch.kind)
    if not kinds.has_sheet(job.batch.kind):
        raise Http404
    content = workbook(job.snapshot, kinds.cells_of(job.snapshot))
    actions.note_download([job], by=request.user, what="xlsx")
    name = file_name(job, job.batch.kind).removesuffix(".pdf") + ".xlsx"
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": content_disposition_header(True, name),
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)
