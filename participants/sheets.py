"""Workbooks the registry gives out."""

from django.utils.translation import gettext as _

from closedloop.core.sheets import XLSX, SheetTable, book_bytes, workbook_bytes
from participants.columns import ORIGIN_SHEET, OWN_HEADERS
from participants.headers import header_key

__all__ = ["XLSX", "problem_sheet", "workbook_bytes"]


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
