"""Finished reports as somebody takes them away: clear names, one file or a zip."""

import tempfile
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import IO

from django.utils.text import slugify

from closedloop.reports.artefacts import path_of
from closedloop.reports.models import Kind, ReportBatch, ReportJob

WORDS = {
    Kind.ENTERPRISE: "laporan-ikm",
    Kind.COHORT: "laporan-angkatan",
    Kind.AGREEMENT: "laporan-mou",
    Kind.PROGRAMME: "laporan-program",
}


def file_name(job: ReportJob, kind: str) -> str:
    """Return "laporan-ikm-cv-contoh-presisi-20261124.pdf": kind, subject, day of the data."""
    day = date.fromisoformat(job.snapshot["day"])
    return f"{WORDS[Kind(kind)]}-{slugify(job.subject_name)[:60].strip('-')}-{day:%Y%m%d}.pdf"


def zip_name(batch: ReportBatch) -> str:
    return f"{WORDS[Kind(batch.kind)]}-{batch.code.lower()}-{batch.created_at:%Y%m%d}.zip"


def zipped(jobs: Iterable[ReportJob], kind: str) -> IO[bytes]:
    """Return a temporary file with the reports, at its beginning. Raises FileNotFoundError when one is gone.

    PDFs are compressed already, so they are only stored; two IKM of one name get the code beside it.
    """
    out = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    names: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for job in jobs:
            name = file_name(job, kind)
            if name in names:
                name = f"{name.removesuffix('.pdf')}-{job.code.lower()}.pdf"
            names.add(name)
            archive.write(path_of(job.artifact_sha256), name)
    out.seek(0)
    return out
