"""The columns of the sheet that comes back: what each is called, means, and whether an edit of it counts.

The headers are the same in every language, since the import recognises them. No ORM.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from participants.headers import header_key

CODE, VERSION, TRACE = "code", "version", "trace"


@dataclass(frozen=True)
class Column:
    """One column. `key` is the field of a registration row, or a name of its own if it is only to be read."""

    key: str
    header: str
    meaning: str
    is_editable: bool = True
    is_required: bool = False


COLUMNS = (
    Column(CODE, "Kode portal", "Kode IKM di portal; kosong untuk IKM baru. Jangan diubah.", is_editable=False),
    Column(VERSION, "Versi", "Versi data saat diunduh. Jangan diubah.", is_editable=False),
    Column("name", "Nama usaha", "Nama tanpa bentuk usaha.", is_required=True),
    Column("legal_form", "Bentuk usaha", "Pilih dari daftar.", is_required=True),
    Column("owner_name", "Narahubung", "Nama lengkap narahubung utama."),
    Column("phone", "No. HP", "Boleh 0812…, 62812…, atau +62 812-…", is_required=True),
    Column("email", "Email", "Satu alamat email."),
    Column("nib", "NIB", "13 angka. Tersamar bila Anda tidak mengunduh nomor lengkap."),
    Column("npwp", "NPWP", "15 atau 16 angka. Tersamar bila Anda tidak mengunduh nomor lengkap."),
    Column("kbli", "KBLI", "Lima angka KBLI 2020 kegiatan utama."),
    Column("founded_year", "Tahun berdiri", "Empat angka."),
    Column("address", "Alamat", "Jalan dan nomor."),
    Column("regency", "Kab/Kota", "Pilih dari daftar, atau tulis misalnya Kab. Tegal.", is_required=True),
    Column("province", "Provinsi", "Mengikuti kabupaten atau kota."),
    Column("postal_code", "Kode pos", "Lima angka."),
    Column("employees_male", "Karyawan laki-laki", "Jumlah orang; kosong bila tidak diketahui, 0 bila tidak ada."),
    Column("employees_female", "Karyawan perempuan", "Jumlah orang; kosong bila tidak diketahui, 0 bila tidak ada."),
    Column("capital", "Modal usaha (Rp)", "Di luar tanah dan bangunan; boleh 750 juta atau 1,5 M (miliar)."),
    Column("annual_sales", "Omzet {year} (Rp)", "Hasil penjualan tahun itu tanpa PPN."),
    Column("products", "Produk", "Dipisah koma."),
    Column("processes", "Proses", "Dipisah koma; namanya ada di lembar Pilihan."),
    Column("certificates", "Sertifikat", "Misalnya ISO 9001."),
    Column("consent", "Setuju data diproses", "Isi Ya hanya untuk IKM baru.", is_editable=False),
    Column("cohort", "Angkatan", "Hanya dibaca.", is_editable=False),
    Column("status", "Status", "Hanya dibaca; diubah di halaman kepesertaan.", is_editable=False),
    Column("status_since", "Status sejak", "Hanya dibaca.", is_editable=False),
    Column("class_level", "Kelas usaha", "Hanya dibaca; ditetapkan oleh sidang kelas.", is_editable=False),
    Column("mentor", "Mentor", "Hanya dibaca; ditetapkan di halaman kepesertaan.", is_editable=False),
    Column("updated_at", "Diperbarui", "Hanya dibaca.", is_editable=False),
    Column(TRACE, "Jejak portal", "Isi saat diunduh, untuk mengenali bentrok. Jangan diubah.", is_editable=False),
)  # fmt: skip
EDITABLE = tuple(column.key for column in COLUMNS if column.is_editable)
READ_ONLY = tuple(
    column.key
    for column in COLUMNS
    if not column.is_editable and column.key not in (CODE, VERSION, TRACE, "updated_at")
)
IDENTITY = ("nib", "npwp")
HEADER_OF = {column.key: column.header for column in COLUMNS}
KEY_OF = {header_key(column.header.format(year="")): column.key for column in COLUMNS}


def headers(year: int) -> list[str]:
    """Return the headers in order; the sales are those of `year`."""
    return [column.header.format(year=year) for column in COLUMNS]


def places(written: Sequence[str]) -> dict[str, int]:
    """Return {key: index} of the columns of ours among the headers of a sheet, wherever they were moved to."""
    found: dict[str, int] = {}
    for index, header in enumerate(written):
        key = KEY_OF.get(header_key(header))
        if key:
            found.setdefault(key, index)
    return found
