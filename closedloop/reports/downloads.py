"""Finished reports as somebody takes them away: clear names, one file or a zip."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
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
    Kind.MINUTES: "berita-acara",
    Kind.CARD: "kartu-kemajuan",
    Kind.TRAINING: "sertifikat-pelatihan",
    Kind.CLASS: "sertifikat-kelas",
    Kind.REGISTER: "daftar-hadir",
    Kind.AUDIT: "audit-5r-k3l",
    Kind.REVIEW: "notulen-tinjauan",
}


def file_name(job: ReportJob, kind: str) -> str:
    """Return "laporan-ikm-cv-contoh-presisi-20261124.pdf": kind, subject, day of the data."""
    day = date.fromisoformat(job.snapshot["day"])
    subject = slugify(job.subject_name)[:60].strip("-").removeprefix("angkatan-")
    return f"{WORDS[Kind(kind)]}-{subject}-{day:%Y%m%d}.pdf"


def zip_name(batch: ReportBatch) -> str:
    return f"{WORDS[Kind(batch.kind)]}-{batch.code.lower()}-{batch.created_at:%Y%m%d}.zip"


def chunks(file: IO[bytes], size: int = 64 * 1024) -> Iterator[bytes]:
    """Yield the file from where it stands."""
    while part := file.read(size):
        yield part


def pdf_stream(job: ReportJob) -> Iterator[bytes]:
    """Yield one report; nothing is opened before the first byte is asked for."""
    with path_of(job.artifact_sha256).open("rb") as file:
        yield from chunks(file)


def zip_stream(jobs: Iterable[ReportJob], kind: str) -> Iterator[bytes]:
    """Yield the reports as one zip, made in a temporary file.

    PDFs are compressed already, so they are only stored; two IKM of one name get the code beside it.
    """
    names: set[str] = set()
    with tempfile.TemporaryFile() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for job in jobs:
                name = file_name(job, kind)
                if name in names:
                    name = f"{name.removesuffix('.pdf')}-{job.code.lower()}.pdf"
                names.add(name)
                archive.write(path_of(job.artifact_sha256), name)
        out.seek(0)
        yield from chunks(out)
