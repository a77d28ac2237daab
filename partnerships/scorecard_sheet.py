"""Read a buyer's own scorecard from its Excel sheet: one row per IKM and month, each fault with its cell.

Pure, no ORM. What a hostile file could do is bounded by participants/archive.py before anything is parsed. A cell
that cannot be read gives a fault and never a guess; an empty one is unknown, never 0.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from closedloop.core.formats import MONTHS
from participants.archive import UnreadableWorkbook, check_archive
from participants.workbook import parsing_hostile_input
from participants.xlsx import Book, Formula, SheetCells

MOST_ROWS = 500
MOST_COLUMNS = 40
LOOK_FOR_HEADER = 20  # rows
COLUMNS = {
    "enterprise": {"ikm", "namaikm", "pemasok", "namapemasok", "supplier", "vendor"},
    "month": {"bulan", "periode", "month", "period"},
    "on_time": {"tepatkirim", "ketepatankirim", "delivery", "otd", "ontime", "ontimedelivery"},
    "ppm": {"ppm", "cacat", "cacatppm", "qualityppm"},
    "score": {"nilai", "skor", "score", "total", "totalscore", "nilaitotal"},
}
NEEDED = ("enterprise", "month")
NOTHING = {"", "-", "–", "n/a", "na"}


@dataclass(frozen=True)
class Fault:
    """One cell that cannot be read: where it is, what it holds, what to do."""

    cell: str
    value: str
    message: str


@dataclass(frozen=True)
class Row:
    """What one row says. `cell` is that of the IKM's name; rates are None where the sheet says nothing."""

    cell: str
    enterprise: str
    month: date
    on_time: Decimal | None  # share, 0 to 1
    ppm: int | None
    score: Decimal | None  # of 100


def read_sheet(content: bytes) -> tuple[list[Row], list[Fault]]:
    """Return the rows and the faults of the first sheet that has the columns; raises UnreadableWorkbook."""
    check_archive(content)
    with parsing_hostile_input(), zipfile.ZipFile(BytesIO(content)) as archive:
        book = Book(archive)
        for title in book.sheets:
            lines = list(lines_of(SheetCells(book, title, columns=MOST_COLUMNS)))
            if found := header_of(lines):
                return rows_of(lines, *found)
    raise UnreadableWorkbook(
        "no_header",
        _("Judul kolom tidak ditemukan. Pastikan ada kolom IKM, Bulan, dan Tepat kirim, PPM atau Nilai."),
    )


def lines_of(cells: SheetCells) -> Iterator[tuple[int, list]]:
    for number, _width, row in cells.rows():
        if number > MOST_ROWS + LOOK_FOR_HEADER:
            raise UnreadableWorkbook(
                "too_long", _("Lembar ini lebih dari %(most)s baris. Bagi per bulan.") % {"most": MOST_ROWS}
            )
        yield number, list(row)


def header_of(lines: list[tuple[int, list]]) -> tuple[int, dict[str, int]] | None:
    """Return the row of the header and where each column stands, or None."""
    for number, row in lines[:LOOK_FOR_HEADER]:
        found: dict[str, int] = {}
        for index, value in enumerate(row):
            word = re.sub(r"[^a-z]", "", str(value or "").lower())
            for name, words in COLUMNS.items():
                if word in words:
                    found.setdefault(name, index)
        if all(name in found for name in NEEDED) and len(found) > len(NEEDED):
            return number, found
    return None


def rows_of(
    lines: list[tuple[int, list]], header: int, columns: dict[str, int]
) -> tuple[list[Row], list[Fault]]:
    rows, faults, seen = [], [], set()
    for number, row in lines:
        if number <= header or all(is_nothing(row, index) for index in columns.values()):
            continue
        read = RowReader(number, row, columns)
        values = {name: read.take(name, READERS[name]) for name in COLUMNS}
        cell = read.cell("enterprise")
        if not read.faults and all(values[name] is None for name in ("on_time", "ppm", "score")):
            read.fault("enterprise", _("Baris ini tidak berisi satu angka pun. Isi atau hapus barisnya."))
        key = (str(values["enterprise"]).casefold(), values["month"])
        if not read.faults and key in seen:
            read.fault("enterprise", _("IKM dan bulan ini sudah ada di baris lain."))
        seen.add(key)
        faults += read.faults
        if not read.faults:
            rows.append(Row(cell, **values))
    return rows, faults


def is_nothing(row: list, index: int) -> bool:
    return index >= len(row) or row[index] is None or str(row[index]).strip().lower() in NOTHING


class RowReader:
    """One row of the sheet, read cell by cell; every cell that cannot be read leaves a fault."""

    def __init__(self, number: int, row: list, columns: dict[str, int]):
        self.number, self.row, self.columns = number, row, columns
        self.faults: list[Fault] = []

    def cell(self, name: str) -> str:
        return f"{get_column_letter(self.columns[name] + 1)}{self.number}"

    def fault(self, name: str, message: str) -> None:
        index = self.columns[name]
        value = "" if index >= len(self.row) or self.row[index] is None else str(self.row[index])
        self.faults.append(Fault(self.cell(name), value[:80], message))

    def take(self, name: str, read: Callable[[Any], Any]) -> Any:
        """Return what the cell says, or None where it is empty, missing or unreadable."""
        if name not in self.columns:
            return None
        if is_nothing(self.row, self.columns[name]):
            if name in NEEDED:
                self.fault(name, _("Sel ini harus diisi."))
            return None
        value = self.row[self.columns[name]]
        if isinstance(value, Formula):
            self.fault(name, _("Sel ini berisi rumus tanpa hasil. Salin sebagai nilai, lalu unggah lagi."))
            return None
        try:
            return read(value)
        except ValueError as error:
            self.fault(name, str(error))
            return None


def name_in(value: Any) -> str:
    return " ".join(str(value).split())


def month_in(value: Any) -> date:
    """Return the first day of the month: a date, "2026-02", "02/2026", "Februari 2026"."""
    if isinstance(value, datetime | date):
        return date(value.year, value.month, 1)
    text = str(value).strip().lower()
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?", text):
        year, month = int(match[1]), int(match[2])
    elif match := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", text):
        year, month = int(match[2]), int(match[1])
    elif (match := re.fullmatch(r"([a-z]+)\s+(\d{4})", text)) and (number := month_called(match[1])):
        year, month = int(match[2]), number
    else:
        raise ValueError(_("Tulis bulannya, misalnya Februari 2026 atau 2026-02."))
    if not (1 <= month <= 12 and 2000 <= year <= 2100):
        raise ValueError(_("Tulis bulannya, misalnya Februari 2026 atau 2026-02."))
    return date(year, month, 1)


def month_called(word: str) -> int | None:
    for names in MONTHS.values():
        for number, name in enumerate(names, 1):
            if word in (name.lower(), name.lower()[:3]):
                return number
    return None


def share_in(value: Any) -> Decimal:
    """Return a share of 0 to 1: a cell of percent (0,95), a plain 95, or "95%"; 1 is the whole."""
    number = number_in(str(value).rstrip("% "))
    is_percent = str(value).strip().endswith("%") or number > 1
    share = number / 100 if is_percent else number
    if not 0 <= share <= 1:
        raise ValueError(_("Tulis persentase dari 0 sampai 100, misalnya 95."))
    return share.quantize(Decimal("0.0001"))


def ppm_in(value: Any) -> int:
    number = number_in(value)
    if number != int(number) or not 0 <= number <= 1_000_000:
        raise ValueError(_("Tulis ppm sebagai bilangan bulat dari 0 sampai 1.000.000."))
    return int(number)


def score_in(value: Any) -> Decimal:
    number = number_in(value)
    if not 0 <= number <= 100:
        raise ValueError(_("Tulis nilai dari 0 sampai 100."))
    return number.quantize(Decimal("0.01"))


def number_in(value: Any) -> Decimal:
    """Return a number as people write it: 1.200 and 1200 are the same, 92,5 and 92.5 too."""
    text = str(value).strip().replace(" ", "")
    if isinstance(value, float):
        text = f"{value:.6f}"
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "")
    text = text.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,12})?", text):
        raise ValueError(_("Tulis angka saja."))
    return Decimal(text)


READERS = {"enterprise": name_in, "month": month_in, "on_time": share_in, "ppm": ppm_in, "score": score_in}
