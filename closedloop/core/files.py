"""Stored photos and papers, handed over so that they can be looked at and cannot run (reliability F4)."""

from django.core.files.storage import Storage
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

TYPES = {"jpg": "image/jpeg", "pdf": "application/pdf"}
NOTHING = "sandbox; default-src 'none'"
# a browser shows a picture in a page of its own making, whose inline style it would refuse and complain of
SHOWN = f"{NOTHING}; style-src 'unsafe-inline'"


def inline(stored, name: str) -> HttpResponse:
    """Return the stored file so that it can be looked at and cannot run; it is never kept by a cache."""
    return _handed_over(stored, name, as_attachment=False)


def attachment(stored, name: str) -> HttpResponse:
    """Return the stored paper to be saved, not opened in the portal's own page; never kept by a cache."""
    return _handed_over(stored, name, as_attachment=True)


def _handed_over(stored, name: str, *, as_attachment: bool) -> HttpResponse:
    storage: Storage = stored.storage
    ending = stored.name.rpartition(".")[2]
    if ending not in TYPES or not storage.exists(stored.name):
        raise Http404
    with storage.open(stored.name) as content:
        response = HttpResponse(content.read(), content_type=TYPES[ending])
    response["Content-Disposition"] = str(content_disposition_header(as_attachment, f"{name}.{ending}"))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = SHOWN if ending == "jpg" else NOTHING
    return response
