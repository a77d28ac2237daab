"""Workbooks the registry gives out."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.core.sheets import XLSX, SheetTable, book_bytes, workbook_bytes
from participants.columns import ORIGIN_SHEET, OWN_HEADERS
from participants.headers import header_key

__all__ = ["XLSX", "enterprise_sheet", "problem_sheet", "workbook_bytes"]


def problem_sheet(batch) -> bytes:
    """Return the refused rows of an import as the same sheet, with the row number and the reason in front.

    A second sheet says which import they are of, so that they are known when they come back.
    """
    kept = [index for index, header in enumerate(batch.headers) if header_key(header) not in OWN_HEADERS]
    headers = [_("Baris"), _("Alasan"), *(batch.headers[index] for index in kept)]
    width = len(batch.headers)
    rows = []
    for row in batch.rows.refused():
        reasons = [
            f"{problem['header'] or problem['field']}: {problem['message']}"
            for problem in row.problems
            if not problem["is_warning"]
        ]
        cells = [*row.cells, *[None] * width]
        rows.append([row.sheet_row, " ".join(reasons), *(cells[index] for index in kept)])
    origin = SheetTable(ORIGIN_SHEET, [_("Impor")], [[batch.file_name], [str(batch.pk)]])
    return book_bytes([SheetTable("Perbaiki", headers, rows), origin])


def enterprise_sheet(enterprises: Iterable) -> bytes:
    """Return a list of enterprises as a workbook; identity numbers by their last four digits only."""
    headers = [
        _("Kode"),
        _("Nama usaha"),
        _("Bentuk usaha"),
        "NIB",
        "NPWP",
        "KBLI",
        _("Kabupaten/kota"),
        _("Provinsi"),
        _("Angkatan"),
        _("Status"),
        _("Sejak"),
        _("Kelas usaha"),
        _("Mentor"),
        _("Produk"),
        _("Proses"),
        _("Karyawan laki-laki"),
        _("Karyawan perempuan"),
        _("Modal usaha (Rp)"),
        _("Narahubung"),
        _("Diperbarui"),
    ]
    return workbook_bytes(_("Peserta IKM"), headers, (enterprise_row(one) for one in enterprises))


def enterprise_row(enterprise) -> list[Any]:
    """Return the cells of one enterprise in the order of the headers above; unknown is an empty cell."""
    present = enterprise.present
    primary = next((link.kbli.code for link in enterprise.kbli_links.all() if link.is_primary), None)
    contact = next((person.full_name for person in enterprise.people.all() if person.is_primary), None)
    return [
        enterprise.code,
        enterprise.name,
        enterprise.get_legal_form_display(),
        enterprise.masked_nib or None,
        enterprise.masked_npwp or None,
        primary,
        enterprise.regency.name,
        enterprise.regency.province.name,
        present.cohort.name if present else None,
        present.get_status_display() if present else None,
        present.status_since if present else None,
        enterprise.get_class_level_display() if enterprise.class_level else None,
        str(present.mentor) if present and present.mentor else None,
        ", ".join(product.name for product in enterprise.products.all()) or None,
        ", ".join(process.name for process in enterprise.processes.all()) or None,
        enterprise.employees_male,
        enterprise.employees_female,
        enterprise.capital,
        contact,
        timezone.localdate(enterprise.updated_at),
    ]
