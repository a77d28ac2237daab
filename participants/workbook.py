"""Open a registration workbook somebody uploaded, and find its table.

No ORM and no judgement of values: `read_workbook` gives rows of raw cells under recognised columns. What a
hostile or broken file could do is bounded before anything is parsed.
"""

import re
import stat
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE
MAX_UNPACKED = 50 * MEGABYTE
MAX_MEMBERS = 200
MAX_RATIO = 100
MAX_SHEETS = 50
MAX_ROWS = 60_000
MAX_COLUMNS = 100
HEADER_SEARCH_ROWS = 30
# a title or a note has fewer cells that look like column names
FEWEST_HEADERS = 3
LONGEST_HEADER = 200

# The spellings of a header, after `header_key`; of two columns that match, the first one wins.
SYNONYMS: dict[str, str] = {
    "timestamp": "timestamp, cap waktu, stempel waktu, waktu, tanggal, tanggal daftar, tanggal pendaftaran",
    "name": "nama usaha, nama perusahaan, nama ikm, nama badan usaha, nama industri, nama umkm, perusahaan",
    "legal_form": "bentuk usaha, bentuk badan usaha, badan usaha, badan hukum, bentuk badan hukum",
    "owner_name": "nama pemilik, pemilik, nama pemilik usaha, nama pimpinan, nama direktur, narahubung, "
    "nama penanggung jawab, penanggung jawab",
    "phone": "no hp wa, no hp, hp, hp wa, wa, no wa, whatsapp, no whatsapp, telepon, no telepon, "
    "telepon hp, no telepon hp, handphone, no handphone, phone",
    "email": "email, e mail, surel, alamat email, alamat surel",
    "nib": "nib, no nib, no induk berusaha",
    "npwp": "npwp, no npwp, no pokok wajib pajak",
    "kbli": "kbli, kode kbli, kbli utama, no kbli",
    "founded_year": "tahun berdiri, tahun pendirian, berdiri, berdiri sejak, berdiri tahun",
    "address": "alamat, alamat usaha, alamat lengkap, alamat pabrik, alamat perusahaan, alamat produksi",
    "regency": "kab kota, kota kab, kab, kota",
    "province": "provinsi, propinsi, prov",
    "postal_code": "kode pos, kodepos",
    "employees_male": "karyawan l",
    "employees_female": "karyawan p",
    "capital": "modal usaha, modal, modal usaha di luar tanah bangunan, modal usaha rp",
    "annual_sales": "omzet, omzet per tahun, omzet tahunan, omzet tahun, omzet rp, penjualan, "
    "penjualan per tahun, penjualan tahunan, penjualan tahun, hasil penjualan, hasil penjualan tahunan",
    "products": "produk utama, produk, jenis produk, hasil produksi, nama produk, produk yang dibuat",
    "processes": "proses, proses produksi, proses utama, jenis proses",
    "certificates": "sertifikat, sertifikasi, sertifikat yang dimiliki",
    "consent": "setuju data diproses, persetujuan data, persetujuan, persetujuan pemrosesan data, setuju, "
    "bersedia data diproses, consent",
}
# one word for what offices write in several
HEADER_WORDS = {
    "laki laki": "l",
    "pria": "l",
    "perempuan": "p",
    "wanita": "p",
    "tenaga kerja": "karyawan",
    "pekerja": "karyawan",
    "tk": "karyawan",
    "jumlah karyawan": "karyawan",
    "nomor": "no",
    "telp": "telepon",
    "omset": "omzet",
    "kabupaten": "kab",
    "thn": "tahun",
}
FIELD_OF = {key: field for field, keys in SYNONYMS.items() for key in re.split(r",\s*", keys)}
FIELDS = tuple(SYNONYMS)

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class UnreadableWorkbook(ValueError):
    """The file as a whole cannot be read. `code` names why for machines, `message` the cure for people."""

    def __init__(self, code: str, message: str | Promise):
        super().__init__(code)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Formula(str):
    """The text of a cell that holds a real formula, whose value nobody here can know."""

    __slots__ = ()


@dataclass(frozen=True)
class Layout:
    """The columns of a sheet: what stood above them and which field each feeds."""

    headers: tuple[str, ...]
    columns: Mapping[str, int]
    header_row: int
    sales_year: int | None

    @property
    def key(self) -> str:
        """The same for all sheets with these headers, so that a person's mapping is remembered by it."""
        return sha256("\n".join(header_key(header) for header in self.headers).encode()).hexdigest()[:32]

    @property
    def unmatched(self) -> list[str]:
        """The headers that no field was recognised in, as written."""
        used = set(self.columns.values())
        return [header for index, header in enumerate(self.headers) if header and index not in used]

    def header(self, field: str) -> str:
        """What stands above the field's column; empty if the sheet has no such column."""
        index = self.columns.get(field)
        return "" if index is None else self.headers[index]

    def letter(self, field: str) -> str:
        """The letter of the field's column as Excel shows it; empty if the sheet has no such column."""
        index = self.columns.get(field)
        return "" if index is None else get_column_letter(index + 1)


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
    file: str | Path | bytes | BinaryIO, *, mapping: Mapping[str, str | None] | None = None
) -> Sheet:
    """Return the registration table of an .xlsx file, or raise UnreadableWorkbook with what to do about it.

    `mapping` is a person's own answer, header to field or None for a column to leave out; it wins over ours.
    """
    content = content_of(file)
    check_archive(content)
    with parsing_hostile_input():
        workbook = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        candidates = []
        for worksheet in workbook.worksheets:
            declared = worksheet.max_row or 0, worksheet.max_column or 0
            worksheet.reset_dimensions()  # what the file says of its size may be wrong; count instead
            layout = find_layout(worksheet, mapping or {})
            if layout is not None:
                candidates.append((len(layout.columns), layout, worksheet, declared))
        if not candidates:
            raise UnreadableWorkbook(
                "no_header",
                _("Judul kolom tidak ditemukan. Pastikan ada kolom Nama Usaha, No. HP, dan Kab/Kota."),
            )
        _count, layout, chosen, declared = max(candidates, key=lambda candidate: candidate[0])
        if declared[0] > MAX_ROWS or declared[1] > MAX_COLUMNS:
            raise too_large()
        return Sheet(
            title=chosen.title,
            layout=layout,
            rows=list(table_rows(chosen, layout)),
            ignored_sheets=[sheet.title for sheet in workbook.worksheets if sheet is not chosen],
        )


def content_of(file: str | Path | bytes | BinaryIO) -> bytes:
    """Return the bytes of the file, reading no more than may be."""
    if isinstance(file, str | Path):
        with Path(file).open("rb") as opened:
            return content_of(opened)
    content = file if isinstance(file, bytes) else file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableWorkbook("too_big", _("Berkas lebih dari 5 MB. Hapus gambar dan lembar lain."))
    if not content:
        raise UnreadableWorkbook(
            "empty", _("Berkas ini kosong. Unggah berkas .xlsx yang berisi data pendaftaran.")
        )
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableWorkbook(
            "old_or_locked",
            _("Berkas ini .xls lama atau dikunci kata sandi. Simpan ulang sebagai .xlsx tanpa kata sandi."),
        )
    return content


def check_archive(content: bytes) -> None:
    """Refuse what could harm by its size or kind, before any of it is parsed."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise too_large()
            unpacked = sum(member.file_size for member in members)
            if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(content):
                raise too_large()
            for member in members:
                check_member(member)
                check_markup(archive, member)
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise broken() from error


def check_member(member: zipfile.ZipInfo) -> None:
    """Refuse members that no plain workbook has."""
    name = member.filename.lower()
    if stat.S_ISLNK(member.external_attr >> 16) or name.startswith("/") or ".." in name.split("/"):
        raise broken()
    if member.flag_bits & 0x1:
        raise UnreadableWorkbook(
            "old_or_locked", _("Berkas ini dikunci kata sandi. Simpan ulang tanpa kata sandi.")
        )
    if name.endswith("vbaproject.bin"):
        raise UnreadableWorkbook("macros", _("Berkas ini berisi makro. Simpan ulang sebagai .xlsx biasa."))
    if "externallinks/" in name:
        raise UnreadableWorkbook(
            "links",
            _("Berkas ini mengambil data dari berkas lain. Salin isinya sebagai nilai ke berkas baru."),
        )


def check_markup(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse entity definitions and thousands of sheets; read as bytes, since parsing is what they abuse."""
    if not member.filename.lower().endswith((".xml", ".rels")):
        return
    markup = archive.read(member)
    # workbooks are UTF-8; in UTF-16 the search below would find nothing
    if b"\x00" in markup[:200] or b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        raise broken()
    if len(re.findall(rb"<(?:\w+:)?sheet[\s/>]", markup)) > MAX_SHEETS:
        raise too_large()


@contextmanager
def parsing_hostile_input() -> Iterator[None]:
    """Turn whatever the parser trips over into UnreadableWorkbook.

    A damaged file can raise nearly anything inside openpyxl (KeyError, TypeError, XML errors …), and none of
    it is a fault of ours that must be seen; warnings about features we do not read are dropped likewise.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except UnreadableWorkbook:
        raise
    except Exception as error:
        raise broken() from error


def too_large() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "too_large",
        format_lazy(
            _("Isi berkas terlalu besar: paling banyak {rows} baris dan {columns} kolom. "
              "Hapus baris dan kolom kosong yang terformat, atau bagi menjadi beberapa berkas."),
            rows=MAX_ROWS,
            columns=MAX_COLUMNS,
        ),
    )  # fmt: skip


def broken() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "broken",
        _("Berkas ini bukan .xlsx yang utuh. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."),
    )


def header_text(value: object) -> str:
    """Return a header as written, on one line; what is longer than any header is cut."""
    return "" if value is None else " ".join(str(value)[:LONGEST_HEADER].split())


def header_key(header: str) -> str:
    """Return a header in the spelling of SYNONYMS: "Jumlah Tenaga Kerja (Pria) 2025" is "karyawan l"."""
    plain = unicodedata.normalize("NFKC", header).casefold()
    words = re.findall(r"[^\W_]+", plain)
    key = " ".join(word for word in words if not YEAR.fullmatch(word) and word not in ("dan", "atau"))
    for written, meant in HEADER_WORDS.items():
        key = re.sub(rf"\b{written}\b", meant, key)
    return key


def field_of(header: str) -> str | None:
    """Return the field a header names, with or without what stands in its parentheses."""
    return FIELD_OF.get(header_key(header)) or FIELD_OF.get(header_key(re.sub(r"\([^)]*\)", " ", header)))


def find_layout(worksheet, mapping: Mapping[str, str | None]) -> Layout | None:
    """Return the layout under the row with the most known headers, or None if no row looks like one."""
    best: Layout | None = None
    asked = {header_key(header): field for header, field in mapping.items()}
    for number, row in enumerate(worksheet.iter_rows(values_only=True), 1):
        if number > HEADER_SEARCH_ROWS:
            break
        headers = tuple(header_text(value) for value in row[:MAX_COLUMNS])
        columns: dict[str, int] = {}
        for index, header in enumerate(headers):
            key = header_key(header)
            field = asked[key] if key in asked else field_of(header)
            if header and field in SYNONYMS:
                columns.setdefault(field, index)
        if (
            len(columns) >= FEWEST_HEADERS
            and "name" in columns
            and (not best or len(columns) > len(best.columns))
        ):
            best = Layout(headers, columns, number, year_in(headers, columns))
    return best


def year_in(headers: tuple[str, ...], columns: Mapping[str, int]) -> int | None:
    """Return the year named in the header of the sales column ("Omzet 2025"), if any."""
    if "annual_sales" not in columns:
        return None
    found = YEAR.search(headers[columns["annual_sales"]])
    return int(found[0]) if found else None


def table_rows(worksheet, layout: Layout) -> Iterator[RawRow]:
    """Yield the rows under the header that hold anything, stopping a sheet that is larger than allowed."""
    for number, cells in enumerate(worksheet.iter_rows(), 1):
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            raise too_large()
        if number <= layout.header_row:
            continue
        values = tuple(cell_value(cell) for cell in cells)
        if any(value is not None for value in values):
            yield RawRow(number, values, layout)


def cell_value(cell) -> object:
    """Return the value of a cell: a blank text is None, a formula is marked as one."""
    value = cell.value
    if cell.data_type == "f":
        return Formula(value if isinstance(value, str) else getattr(value, "text", None) or "=")
    if isinstance(value, str):
        return value if value.strip() else None
    return value
