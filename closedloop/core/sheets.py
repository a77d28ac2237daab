"""Sheets the portal gives out: the only place that writes .xlsx or CSV (reliability I3).

Text stays text: what begins like a formula is neither run nor lost, in Excel, LibreOffice or after an edit.
Numbers and days stay numbers and days, as long as Excel can hold all their digits.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from math import isfinite
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
WIDEST_COLUMN = 60
# Excel keeps 15 digits of a number and silently makes the others zero
LARGEST_NUMBER = 10**15
LONGEST_TEXT = 32_767
# what XML cannot hold, and therefore no workbook
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# the first character by which some spreadsheet takes a text for a formula or a command
DANGEROUS = ("=", "+", "-", "@", "|", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GREY = PatternFill("solid", start_color="EEF1F4")


@dataclass
class SheetTable:
    """One sheet: its name, the headers, the rows, and how the columns look.

    `grey` are the indexes of columns that are only to be read, `hidden` of those not shown; `choices` maps
    a column's index to the range of cells that lists what may be written there ("=Pilihan!$A$2:$A$8").
    """

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Any]]
    grey: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    choices: Mapping[int, str] = field(default_factory=dict)
    room: int = 0  # rows below the last one in which the choices are offered too


def workbook_bytes(title: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return an .xlsx file with one sheet: a bold header row that stays in sight, and the rows."""
    return book_bytes([SheetTable(title, headers, rows)])


def book_bytes(tables: Iterable[SheetTable]) -> bytes:
    """Return an .xlsx file with one sheet per table."""
    book = Workbook(write_only=True)
    for table in tables:
        write_table(book.create_sheet(table.title[:31]), table)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_table(sheet, table: SheetTable) -> None:
    """Write headers and rows; widths come first, since a write-only sheet cannot go back."""
    lines = [[safe_value(value) for value in row] for row in table.rows]
    sheet.freeze_panes = "A2"
    for index, header in enumerate(table.headers):
        told = (len(str(line[index])) for line in lines if index < len(line) and line[index] is not None)
        column = sheet.column_dimensions[get_column_letter(index + 1)]
        column.width = min(max([len(str(header)), *told]) + 2, WIDEST_COLUMN)
        column.hidden = index in table.hidden
    for index, cells in table.choices.items():
        letter = get_column_letter(index + 1)
        offered = DataValidation(type="list", formula1=cells, allow_blank=True, errorStyle="warning")
        offered.add(f"{letter}2:{letter}{len(lines) + 1 + table.room}")
        sheet.data_validations.append(offered)
    sheet.append([safe_cell(sheet, header, bold=True) for header in table.headers])
    for line in lines:
        sheet.append([safe_cell(sheet, cell, grey=at in table.grey) for at, cell in enumerate(line)])


def safe_value(value: Any) -> Any:
    """Return what a cell can hold of the value: a number Excel would round, and all else, as text."""
    match value:
        case None | bool() | date():
            return value.replace(tzinfo=None) if isinstance(value, datetime) else value
        case time():
            return f"{value:%H.%M}"
        case int() | Decimal() | float():
            if isfinite(value) and -LARGEST_NUMBER < value < LARGEST_NUMBER:
                return value
    return UNWRITABLE.sub("", str(value))[:LONGEST_TEXT]


def safe_cell(sheet, value: Any, *, bold: bool = False, grey: bool = False) -> WriteOnlyCell:
    """Return a cell that shows the value and runs nothing: "=1+1" and "+62…" are text, also after an edit."""
    value = safe_value(value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(DANGEROUS)
    if bold:
        cell.font = Font(bold=True)
    if grey:
        cell.fill = GREY
    return cell


def csv_text(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a CSV file's text. Whoever opens it in a spreadsheet runs nothing: an apostrophe goes first."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([csv_cell(header) for header in headers])
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return out.getvalue()


def csv_cell(value: Any) -> str:
    """Return the text of a CSV cell; a number is none of the dangerous texts, also when it is negative."""
    match value:
        case None:
            return ""
        case int() | float() | Decimal():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
    text = UNWRITABLE.sub("", str(value))
    return f"'{text}" if text.startswith(DANGEROUS) else text
