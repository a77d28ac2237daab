"""Open a registration workbook somebody uploaded, and find its table.

No ORM and no judgement of values: `read_workbook` gives rows of raw cells under recognised columns. What a
hostile or broken file could do is bounded before anything is parsed (archive.py) and while it is.
"""

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from participants.archive import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    UnreadableWorkbook,
    broken,
    check_archive,
    content_of,
    too_large,
    too_many_sheets,
)
from participants.headers import FIELDS, Layout, find_layout
from participants.progress import WHOLE, Progress
from participants.xlsx import Book, Formula, SheetCells

__all__ = ["FIELDS", "Formula", "Layout", "RawRow", "Sheet", "UnreadableWorkbook", "read_workbook"]


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands in the file, by its number there."""

    sheet_row: int
    cells: tuple[object, ...]
    layout: Layout

    def value(self, field: str) -> object:
        """The cell of that field; None where the sheet has no such column or the row ends before it."""
        index = self.layout.columns.get(field)
        return self.cells[index] if index is not None and index < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """The table found in a workbook."""

    title: str
    layout: Layout
    rows: list[RawRow]
    ignored_sheets: list[str]


def read_workbook(
    file: str | Path | bytes | BinaryIO,
    *,
    mapping: Mapping[str, str | None] | None = None,
    progress: Progress | None = None,
) -> Sheet:
    """Return the registration table of an .xlsx file, or raise UnreadableWorkbook with what to do about it.

    `mapping` is a person's own answer, header to field or None for a column to leave out; it wins over ours.
    """
    content = content_of(file)
    check_archive(content)
    with parsing_hostile_input(), zipfile.ZipFile(BytesIO(content)) as archive:
        book = Book(archive)
        if len(book.sheets) > MAX_SHEETS:
            raise too_many_sheets()
        title, layout = best_layout(book, mapping or {})
        return Sheet(
            title=title,
            layout=layout,
            rows=list(table_rows(SheetCells(book, title, columns=MAX_COLUMNS), layout, progress)),
            ignored_sheets=[name for name in book.sheets if name != title],
        )


def best_layout(book: Book, mapping: Mapping[str, str | None]) -> tuple[str, Layout]:
    """Return the sheet with the most known headers, and its layout."""
    candidates = []
    for title in book.sheets:
        cells = SheetCells(book, title, columns=MAX_COLUMNS)
        layout = find_layout(((number, row) for number, _width, row in cells.rows()), mapping)
        if layout is not None:
            candidates.append((len(layout.columns), title, layout, cells.declared))
    if not candidates:
        raise UnreadableWorkbook(
            "no_header",
            _("Judul kolom tidak ditemukan. Pastikan ada kolom Nama Usaha, No. HP, dan Kab/Kota."),
        )
    _count, title, layout, declared = max(candidates, key=lambda candidate: candidate[0])
    if declared[0] > MAX_ROWS or declared[1] > MAX_COLUMNS:
        raise too_large()
    return title, layout


@contextmanager
def parsing_hostile_input() -> Iterator[None]:
    """Turn whatever the parser trips over into UnreadableWorkbook.

    A damaged file can raise nearly anything while it is parsed (KeyError, ValueError, XML errors …), and none
    of it is a fault of ours that must be seen.
    """
    try:
        yield
    except UnreadableWorkbook:
        raise
    except Exception as error:
        raise broken() from error


def table_rows(cells: SheetCells, layout: Layout, progress: Progress | None = None) -> Iterator[RawRow]:
    """Yield the rows under the header that hold anything, stopping a sheet that is larger than allowed."""
    told = 0
    for number, width, row in cells.rows():
        if number > MAX_ROWS or width > MAX_COLUMNS:
            raise too_large()
        reached = int(WHOLE * cells.share)
        if progress and reached > told:
            told = reached
            progress(told, WHOLE)
        if number <= layout.header_row:
            continue
        values = tuple([None if isinstance(value, str) and not value.strip() else value for value in row])
        if any(value is not None for value in values):
            yield RawRow(number, values, layout)
