"""What the columns of an uploaded workbook are called, before a row of it is judged. Pure: no ORM."""

import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from closedloop.core.identifiers import cell_text, masked
from participants.archive import (
    MAX_COLUMNS,
    MAX_SHEETS,
    UnreadableWorkbook,
    check_archive,
    too_many_sheets,
)
from participants.headers import FEWEST_HEADERS, HEADER_SEARCH_ROWS, field_of, header_key, header_text
from participants.workbook import parsing_hostile_input
from participants.xlsx import Book, SheetCells

SAMPLE_ROWS = 5
LONGEST_SAMPLE = 40
# what the portal itself puts in front of refused rows; never asked about and never read
OWN_HEADERS = {"baris", "alasan", "row", "reason"}
IDENTITY_NUMBER = re.compile(r"(?:\d[ .-]*){13,}")
# the sheet by which refused rows that come back are known
ORIGIN_SHEET = "Asal"

# fields without which no row can be imported; the legal form may also stand in the name
REQUIRED = ("name", "phone", "regency", "consent")
LABELS = {
    "name": _("Nama usaha"),
    "legal_form": _("Bentuk usaha"),
    "owner_name": _("Nama pemilik"),
    "phone": _("Nomor HP"),
    "email": _("Email"),
    "nib": "NIB",
    "npwp": "NPWP",
    "kbli": "KBLI",
    "founded_year": _("Tahun berdiri"),
    "address": _("Alamat"),
    "regency": _("Kabupaten/kota"),
    "province": _("Provinsi"),
    "postal_code": _("Kode pos"),
    "employees_male": _("Karyawan laki-laki"),
    "employees_female": _("Karyawan perempuan"),
    "capital": _("Modal usaha"),
    "annual_sales": _("Omzet setahun"),
    "products": _("Produk"),
    "processes": _("Proses"),
    "certificates": _("Sertifikat"),
    "consent": _("Persetujuan pemrosesan data"),
    "timestamp": _("Waktu pendaftaran"),
}


@dataclass(frozen=True)
class Column:
    """One column as its sheet shows it: letter, heading, and what stands in its first rows."""

    letter: str
    header: str
    field: str | None
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Head:
    """The headings of the table in a workbook, its first rows, and about how many rows it has."""

    title: str
    columns: tuple[Column, ...]
    row_count: int
    origin: UUID | None = None

    @property
    def key(self) -> str:
        """The same for all sheets with these headings, in whatever year and whether or not sent back by us."""
        keys = "\n".join(header_key(column.header) for column in self.columns)
        return sha256(keys.encode()).hexdigest()[:32]

    def recognised(self) -> dict[str, str]:
        """Return {heading: field, or empty}; of two columns for the same field the first one wins."""
        found: dict[str, str] = {}
        for column in self.columns:
            field = column.field if column.field not in found.values() else None
            found.setdefault(column.header, field or "")
        return found

    def is_clear(self) -> bool:
        """Whether every column was recognised and nothing that is required is missing."""
        found = self.recognised()
        return all(found.values()) and not missing(found)


def missing(mapping: Mapping[str, str]) -> list[str]:
    """Return the required fields that no column feeds."""
    return [field for field in REQUIRED if field not in mapping.values()]


def look(content: bytes) -> Head:
    """Return the headings of the workbook's table, known or not; raises UnreadableWorkbook."""
    check_archive(content)
    with parsing_hostile_input(), zipfile.ZipFile(BytesIO(content)) as archive:
        book = Book(archive)
        if len(book.sheets) > MAX_SHEETS:
            raise too_many_sheets()
        tables = [(title, *table) for title in book.sheets if (table := table_in(first_rows(book, title)))]
        if not tables:
            raise UnreadableWorkbook(
                "no_header", _("Tidak ada baris judul kolom. Tulis judul di atas kolom, lalu unggah lagi.")
            )
        title, headers, samples, _known = max(tables, key=lambda table: table[3])
        count = archive.read(book.sheets[title]).count(b"<row")
        return Head(title, columns_of(headers, samples), count, origin_of(book))


def first_rows(book: Book, title: str) -> list[list]:
    """Return the rows among which the headings are sought, and those shown under them."""
    cells = SheetCells(book, title, columns=MAX_COLUMNS)
    return [row for _number, _width, row in islice(cells.rows(), HEADER_SEARCH_ROWS + SAMPLE_ROWS)]


def table_in(rows: list[list]) -> tuple[list[str], list[list], int] | None:
    """Return headings, first rows and the number of known headings of a sheet; None if it has no table.

    The row with the most known headings wins; where none is known, the first row with several texts.
    """
    best, place = -1, None
    for number, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        texts = [header_text(value) for value in row if isinstance(value, str) and value.strip()]
        known = len({field_of(text) for text in texts} - {None})
        if len(texts) >= FEWEST_HEADERS and known > best:
            best, place = known, number
    if place is None:
        return None
    below = [row for row in rows[place + 1 :] if any(value is not None for value in row)]
    return [header_text(value) for value in rows[place]], below[:SAMPLE_ROWS], best


def origin_of(book: Book) -> UUID | None:
    """Return the id of the import whose refused rows these are; None for any other workbook."""
    if ORIGIN_SHEET not in book.sheets:
        return None
    words = [str(value) for row in first_rows(book, ORIGIN_SHEET) for value in row if value]
    with suppress(ValueError, IndexError):
        return UUID(words[-1])
    return None


def columns_of(headers: list[str], rows: list[tuple]) -> tuple[Column, ...]:
    """Return the columns with a heading, each heading once, without those the portal itself adds."""
    columns: dict[str, Column] = {}
    for index, header in enumerate(headers):
        key = header_key(header)
        if header and key not in OWN_HEADERS and key not in columns:
            values = [row[index] if index < len(row) else None for row in rows]
            samples = tuple(sample_of(value) for value in values if value is not None)
            columns[key] = Column(get_column_letter(index + 1), header, field_of(header), samples)
    return tuple(columns.values())


def sample_of(value: object) -> str:
    """Return a cell as the page shows it: cut, and of an identity number only its end."""
    text = cell_text(value)
    return masked(text) if IDENTITY_NUMBER.search(text) else text[:LONGEST_SAMPLE]
