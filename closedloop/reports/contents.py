"""The list in a zip of reports: every report that was asked for, which file it is, or why it is none."""

from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from closedloop.core.sheets import SheetTable
from closedloop.reports.models import ReportBatch, ReportJob


def contents(batch: ReportBatch, files: dict[UUID, str]) -> SheetTable:
    """Return the list in the language of the reports; `files` are the names in the zip by report."""
    with translation.override(batch.language):
        headers = [
            _("Berkas"),
            _("Tentang"),
            _("Nomor"),
            _("Status"),
            _("Alasan"),
            _("Kode verifikasi"),
            _("Periksa di"),
            "SHA-256",
        ]
        jobs = batch.jobs.defer("snapshot").order_by("subject_name")
        return SheetTable(_("Daftar isi"), headers, [row(job, files.get(job.pk)) for job in jobs])


def row(job: ReportJob, name: str | None) -> list:
    address = f"{settings.SITE_URL}/periksa/{job.code}/" if name else None
    return [
        name,
        job.subject_name,
        job.number,
        job.get_status_display(),
        job.error_text or None,
        job.spoken_code if name else None,
        address,
        job.artifact_sha256 or None,
    ]
