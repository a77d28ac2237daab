"""Workbooks the portal gives out. Text stays text: nothing that begins like a formula becomes one."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST_COLUMN = 60


def workbook_bytes(title: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return an .xlsx file with one sheet: a bold header row that stays in sight, and the rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    lines = [list(row) for row in rows]
    for index, header in enumerate(headers):
        longest = max(
            [len(str(header)), *(len(str(line[index])) for line in lines if line[index] is not None)]
        )
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(longest + 2, WIDEST_COLUMN)
    sheet.append([safe_cell(sheet, header, bold=True) for header in headers])
    for line in lines:
        sheet.append([safe_cell(sheet, value) for value in line])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def safe_cell(sheet, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell that shows the value and runs nothing: "=1+1" and "+62…" are text, also after an edit."""
    match value:
        case None | bool() | int() | float() | Decimal() | date():
            cell = WriteOnlyCell(
                sheet, value=value.replace(tzinfo=None) if isinstance(value, datetime) else value
            )
        case _:
            text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"
            cell.quotePrefix = text[:1] in ("=", "+", "-", "@")
    if bold:
        cell.font = Font(bold=True)
    return cell


def problem_sheet(batch) -> bytes:
    """Return the refused rows of an import as the same sheet, with the row number and the reason in front."""
    headers = [_("Baris"), _("Alasan"), *batch.headers]
    width = len(batch.headers)
    rows = []
    for row in batch.rows.refused():
        reasons = [
            f"{problem['header'] or problem['field']}: {problem['message']}"
            for problem in row.problems
            if not problem["is_warning"]
        ]
        cells = [*row.cells, *[None] * width][:width]
        rows.append([row.sheet_row, " ".join(reasons), *cells])
    return workbook_bytes("Perbaiki", headers, rows)


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
