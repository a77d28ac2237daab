"""Finished reports as somebody takes them away: clear names, one file or a zip."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import IO
from uuid import UUID

from django.utils import timezone
from django.utils.text import slugify

from closedloop.core.sheets import book_bytes
from closedloop.reports import kinds
from closedloop.reports.artefacts import path_of
from closedloop.reports.contents import contents
from closedloop.reports.models import Kind, ReportBatch, ReportJob
from closedloop.reports.workbook import workbook

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
    """Return "laporan-perkembangan-ikm-angkatan-5-42-berkas-20261124.zip": what was asked for, of what, when."""
    day = timezone.localdate(batch.created_at)
    return f"{slugify(batch.title)[:100].strip('-')}-{day:%Y%m%d}.zip"


def chunks(file: IO[bytes], size: int = 64 * 1024) -> Iterator[bytes]:
    """Yield the file from where it stands."""
    while part := file.read(size):
        yield part


def pdf_stream(job: ReportJob) -> Iterator[bytes]:
    """Yield one report; nothing is opened before the first byte is asked for."""
    with path_of(job.artifact_sha256).open("rb") as file:
        yield from chunks(file)


class Outlet:
    """Takes what the zip writes, until it is sent on; never more than one file of it."""

    def __init__(self):
        self.parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        parts, self.parts = self.parts, []
        return b"".join(parts)


def zip_stream(batch: ReportBatch, jobs: Iterable[ReportJob]) -> Iterator[bytes]:
    """Yield the finished reports as one zip, file by file as they are read: its first bytes leave at once.

    Beside each paper with figures lies its Excel, and a list names every report that was asked for, those
    that failed too. Two of one name get the code beside it.
    """
    names: dict[str, UUID] = {}  # ids alone: a report carries its whole snapshot
    outlet = Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:  # type: ignore[arg-type]
        for job in jobs:
            name = file_name(job, batch.kind)
            if name in names:
                name = f"{name.removesuffix('.pdf')}-{job.code.lower()}.pdf"
            names[name] = job.pk
            yield from put(archive, outlet, name, job, pdf_stream(job))
            if kinds.has_sheet(batch.kind):
                sheet = workbook(job.snapshot, kinds.cells_of(job.snapshot))
                yield from put(archive, outlet, f"{name.removesuffix('.pdf')}.xlsx", job, [sheet])
        listing = book_bytes([contents(batch, {pk: name for name, pk in names.items()})])
        archive.writestr("00-daftar-isi.xlsx", listing)
        yield outlet.take()
    yield outlet.take()


def put(
    archive: zipfile.ZipFile, outlet: Outlet, name: str, job: ReportJob, parts: Iterable[bytes]
) -> Iterator[bytes]:
    """Add one file, dated when its report was finished, and yield the archive's bytes so far."""
    assert job.finished_at  # only what is done is handed over
    info = zipfile.ZipInfo(name, timezone.localtime(job.finished_at).timetuple()[:6])
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    with archive.open(info, "w") as file:
        for part in parts:
            file.write(part)
            yield outlet.take()
