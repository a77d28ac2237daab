"""What an uploaded file could do harm with is bounded here, before any of it is parsed."""

import stat
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE
MAX_UNPACKED = 50 * MEGABYTE
MAX_MEMBERS = 200
MAX_RATIO = 100
MAX_SHEETS = 50
MAX_ROWS = 60_000
MAX_COLUMNS = 100


class UnreadableWorkbook(ValueError):
    """The file as a whole cannot be read. `code` names why for machines, `message` the cure for people."""

    def __init__(self, code: str, message: str | Promise):
        super().__init__(code)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


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
                raise too_many_parts()
            unpacked = sum(member.file_size for member in members)
            if unpacked > MAX_UNPACKED:
                raise too_large_unpacked()
            if unpacked > MAX_RATIO * len(content):
                raise too_dense()
            for member in members:
                check_member(member)
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


def too_many_parts() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "too_many_parts",
        format_lazy(
            _("Berkas ini terdiri dari lebih dari {parts} bagian. Hapus gambar dan grafiknya, atau salin datanya "
              "ke berkas baru."),
            parts=MAX_MEMBERS,
        ),
    )  # fmt: skip


def too_large_unpacked() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "too_large_unpacked",
        format_lazy(
            _("Isi berkas ini lebih dari {megabytes} MB setelah dibuka. Hapus lembar lain, atau bagi datanya menjadi "
              "beberapa berkas."),
            megabytes=MAX_UNPACKED // MEGABYTE,
        ),
    )  # fmt: skip


def too_dense() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "too_dense",
        format_lazy(
            _("Isi berkas ini lebih dari {ratio} kali ukurannya, tidak seperti lembar biasa. Salin datanya sebagai "
              "nilai ke berkas baru."),
            ratio=MAX_RATIO,
        ),
    )  # fmt: skip


def too_many_sheets() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "too_many_sheets",
        format_lazy(
            _("Berkas ini punya lebih dari {sheets} lembar. Simpan lembar pendaftarannya saja ke berkas baru."),
            sheets=MAX_SHEETS,
        ),
    )  # fmt: skip


def broken() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "broken",
        _("Berkas ini bukan .xlsx yang utuh. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."),
    )
