"""Photos and papers, to those who may see the record they belong to (reliability F4)."""

from django.core.files.storage import Storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from assessments.models import CorrectiveAction, Evidence
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission

TYPES = {"jpg": "image/jpeg", "pdf": "application/pdf"}


@require_safe
@requires(Permission.ASSESSMENT_VIEW)
def evidence(request, pk):
    item = get_object_or_404(Evidence.objects.visible_to(request.user).exclude(file=""), pk=pk)
    return inline(item.file, f"bukti-{item.pk}")


@require_safe
@requires(Permission.FINDING_VIEW)
def action_photo(request, pk):
    action = get_object_or_404(CorrectiveAction.objects.visible_to(request.user).exclude(photo=""), pk=pk)
    return inline(action.photo, f"perbaikan-{action.pk}")


def inline(stored, name: str) -> HttpResponse:
    """Return the stored file so that it can be looked at and cannot run; it is never kept by a cache."""
    storage: Storage = stored.storage
    ending = stored.name.rpartition(".")[2]
    if ending not in TYPES or not storage.exists(stored.name):
        raise Http404
    with storage.open(stored.name) as content:
        response = HttpResponse(content.read(), content_type=TYPES[ending])
    response["Content-Disposition"] = content_disposition_header(False, f"{name}.{ending}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
