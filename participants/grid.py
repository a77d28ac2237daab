"""The sheet in the browser: its columns, what was typed into it, and what is wrong with each cell.

Its rows become a workbook like any other, so that what the import does with one it does with the other.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.sheets import workbook_bytes
from participants.columns import LABELS, REQUIRED
from participants.headers import Layout
from participants.import_template import HEADERS
from participants.places import Places
from participants.reading import Problem, read_row
from participants.workbook import RawRow

MOST_ROWS = 500
LONGEST_CELL = 1000
# the headings take the first line, as in Excel, so that a row has one number here, in the preview and in Excel
FIRST_ROW = 2
FIELDS = (
    "name", "legal_form", "owner_name", "phone", "email", "nib", "npwp", "kbli", "founded_year", "address",
    "regency", "province", "postal_code", "employees_male", "employees_female", "capital", "annual_sales",
    "products", "processes", "certificates", "consent",
)  # fmt: skip
# fields of which the browser offers the words to choose from
LISTED = ("legal_form", "kbli", "regency", "province", "processes", "consent")
WIDE = ("name", "owner_name", "address", "products", "processes", "regency", "email")
NUMBERS = (
    "nib",
    "npwp",
    "kbli",
    "founded_year",
    "postal_code",
    "employees_male",
    "employees_female",
    "phone",
)


@dataclass(frozen=True)
class GridRow:
    """What was typed into one row, by its number on the screen."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)


def columns(year: int) -> list[dict[str, Any]]:
    """Return what the browser must know of each column; `year` is that of the sales."""
    return [
        {
            "field": field,
            "label": f"{LABELS[field]} {year}" if field == "annual_sales" else str(LABELS[field]),
            "header": header.format(year=year),
            "isRequired": field in REQUIRED or field == "legal_form",
            "isWide": field in WIDE,
            "isNumber": field in NUMBERS,
            "isListed": field in LISTED,
        }
        for field, header in zip(FIELDS, HEADERS, strict=True)
    ]


def layout(year: int) -> Layout:
    """Return the grid as the import sees it: a sheet whose every column is known."""
    headers = tuple(header.format(year=year) for header in HEADERS)
    return Layout(headers, {field: index for index, field in enumerate(FIELDS)}, 1, year)


def rows_in(text: str) -> list[GridRow]:
    """Return the rows that a browser sent as JSON: [[number, [cell, …]], …]; ValidationError for anything else."""
    try:
        rows = [
            GridRow(int(number), tuple(cell_in(cell) for cell in cells)) for number, cells in json.loads(text)
        ]
    except (ValueError, TypeError, RecursionError) as error:
        raise ValidationError(_("Isi lembar tidak terbaca. Muat ulang halaman ini.")) from error
    numbers = [row.number for row in rows]
    if (
        len(rows) > MOST_ROWS
        or len(set(numbers)) < len(numbers)
        or any(len(row.cells) > len(FIELDS) for row in rows)
    ):
        raise ValidationError(_("Paling banyak %(rows)d baris. Bagi isiannya.") % {"rows": MOST_ROWS})
    if any(not FIRST_ROW <= number < FIRST_ROW + MOST_ROWS for number in numbers):
        raise ValidationError(_("Isi lembar tidak terbaca. Muat ulang halaman ini."))
    return sorted(rows, key=lambda row: row.number)


def cell_in(cell: Any) -> str:
    """Return a cell as typed; a longer text than any field holds is cut where the reading refuses it anyway."""
    return "" if cell is None else str(cell)[:LONGEST_CELL].strip()


def faults(rows: Iterable[GridRow], *, places: Places, year: int, today: date) -> dict[int, list[Problem]]:
    """Return {row: what is wrong with its cells} by the reading that the import has; a blank row has none."""
    at = layout(year)
    return {
        row.number: read_row(
            RawRow(row.number, raw_cells(row.cells), at), places=places, today=today
        ).problems
        for row in rows
        if not row.is_blank
    }


def raw_cells(cells: Sequence[str]) -> tuple[str | None, ...]:
    """Return the cells as a workbook would hold them: an empty one holds nothing."""
    return tuple(cell or None for cell in cells)


def grid_workbook(rows: Sequence[GridRow], *, year: int) -> bytes:
    """Return the workbook of the grid, each row at its number."""
    by_number = {row.number: raw_cells(row.cells) for row in rows if not row.is_blank}
    last = max(by_number, default=FIRST_ROW)
    headers = [header.format(year=year) for header in HEADERS]
    lines = [by_number.get(number, ()) for number in range(FIRST_ROW, last + 1)]
    return workbook_bytes("Isian lembar", headers, lines)
