"""Issue real reports in a test: asked for, drawn and stored as a worker does."""

import io
from uuid import uuid4

from pypdf import PdfReader

from closedloop.reports import actions
from closedloop.reports.artefacts import path_of
from closedloop.reports.models import ReportJob
from closedloop.reports.work import work_on


def issue(kind: str, subject, *, by, language: str = "id") -> ReportJob:
    """Return an issued report of one subject."""
    batch = actions.request_reports(kind, [subject], language=language, by=by, form_key=uuid4())
    job = batch.jobs.get()
    work_on(job.pk)
    job.refresh_from_db()
    assert job.status == ReportJob.Status.DONE, job.error_text
    return job


def bytes_of(job: ReportJob) -> bytes:
    return path_of(job.artifact_sha256).read_bytes()


def links_in(content: bytes) -> list[str]:
    """Return the addresses that the pages of a PDF link to, in their order."""
    notes = [
        note.get_object() for page in PdfReader(io.BytesIO(content)).pages for note in page.annotations or []
    ]
    return [note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})]
