"""The columns of a registration sheet: which row holds their headers, and what each header means."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from openpyxl.utils import get_column_letter

HEADER_SEARCH_ROWS = 30
# a title or a note has fewer cells that look like column names
FEWEST_HEADERS = 3
LONGEST_HEADER = 200
OLDEST_SALES_YEAR = 1990

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


def find_layout(
    rows: Iterable[tuple[int, Sequence[object]]], mapping: Mapping[str, str | None]
) -> Layout | None:
    """Return the layout under the row with the most known headers, or None if no row looks like one.

    `rows` are numbers of rows and their cells, in order; `mapping` is a person's answer, see read_workbook.
    """
    best: Layout | None = None
    asked = {header_key(header): field for header, field in mapping.items()}
    for number, row in rows:
        if number > HEADER_SEARCH_ROWS:
            break
        headers = tuple(header_text(value) for value in row)
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
    """Return the year named in the header of the sales column ("Omzet 2025"), if any that figures may be of."""
    if "annual_sales" not in columns:
        return None
    found = YEAR.search(headers[columns["annual_sales"]])
    return int(found[0]) if found and int(found[0]) >= OLDEST_SALES_YEAR else None
