"""Numbers the state gives to businesses and people, brought to one spelling (domain.md §7.1).

Pure functions: what somebody typed or a spreadsheet stored in, digits out, or `InvalidIdentifier` with a
sentence that says what to do. They check what the rules say and no more: no table of regions, since those
in circulation reject citizens of the newest provinces.
"""

import re
import unicodedata

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# beyond this a spreadsheet no longer tells neighbouring whole numbers apart
EXCEL_DIGITS = 15
FLOAT_LIMIT = 2**53

SEPARATORS = re.compile(r"[\s.\-–—/]")


class InvalidIdentifier(ValueError):
    """The text is no such number. `code` names the fault for machines, `message` the cure for people."""

    def __init__(self, code: str, message: str | Promise):
        super().__init__(code)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


def cell_text(cell: object) -> str:
    """Return what a person would read in the cell: 81295631439.0 is "81295631439", full-width ３ is 3."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell)
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


def is_number(cell: object) -> bool:
    """Whether the spreadsheet stored a number, which has lost its leading zeros, and not a text."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def digits_of(cell: object, label: str | Promise) -> str:
    """Return the digits of a number written with spaces, dots, dashes or strokes; refuse anything else."""
    text = SEPARATORS.sub("", cell_text(cell))
    if not text:
        raise InvalidIdentifier("missing", format_lazy(_("{label} kosong. Isi nomornya."), label=label))
    if not (text.isascii() and text.isdigit()):
        raise InvalidIdentifier(
            "characters",
            format_lazy(
                _("{label} berisi huruf atau tanda lain. Tulis angka saja, boleh dengan titik dan strip."),
                label=label,
            ),
        )
    return text


def require_length(digits: str, length: int, label: str | Promise) -> None:
    """Refuse any other number of digits, telling how many there are."""
    if len(digits) != length:
        raise InvalidIdentifier(
            "too_short" if len(digits) < length else "too_long",
            format_lazy(
                _("{label} harus {length} angka, di sini ada {count}. Salin ulang dari dokumennya."),
                label=label,
                length=length,
                count=len(digits),
            ),
        )


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of those before it."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def normalise_nib(text: object) -> str:
    """Return the 13 digits of a NIB. A number cell of twelve digits lost its first zero and gets it back."""
    digits = digits_of(text, "NIB")
    if is_number(text) and len(digits) == 12:
        digits = f"0{digits}"
    require_length(digits, 13, "NIB")
    if len(set(digits)) == 1:
        raise InvalidIdentifier("placeholder", _("Ini bukan NIB sungguhan. Kosongkan bila belum punya NIB."))
    return digits


def normalise_nik(text: object) -> str:
    """Return the 16 digits of a NIK whose structure holds: region, date of birth, serial number."""
    digits = digits_of(text, "NIK")
    require_length(digits, 16, "NIK")
    if is_number(text) and (digits.endswith("0") or int(digits) > FLOAT_LIMIT):
        raise InvalidIdentifier(
            "rounded",
            _("Nomor 16 angka ini tersimpan sebagai bilangan, sehingga angka terakhirnya bisa hilang. "
              "Ubah format sel menjadi teks, lalu ketik ulang."),
        )  # fmt: skip
    day, month = int(digits[6:8]), int(digits[8:10])
    day -= 40 if day > 40 else 0  # women's day of birth is written plus forty
    if digits[0] == "0" or "00" in (digits[2:4], digits[4:6]) or not (1 <= day <= 31 and 1 <= month <= 12):
        raise InvalidIdentifier("structure", _("Susunan angka NIK tidak benar. Salin ulang dari KTP."))
    if digits.endswith("0000"):
        raise InvalidIdentifier("structure", _("Akhir NIK tidak mungkin 0000. Salin ulang dari KTP."))
    return digits


def normalise_npwp(text: object) -> str:
    """Return the 16-digit form: "0" and the old 15 digits for a business, the NIK for a person.

    A number cell of 13 or 14 digits lost zeros in front; the check digit tells whether to give them back.
    """
    digits = digits_of(text, "NPWP")
    if is_number(text) and len(digits) in (13, 14):
        digits = digits.zfill(15)
    if len(digits) == 15:
        digits = f"0{digits}"
    if len(digits) == 22:
        raise InvalidIdentifier(
            "nitku", _("Ini NITKU (22 angka), bukan NPWP. Tulis 16 angka pertamanya sebagai NPWP.")
        )
    if len(digits) != 16:
        raise InvalidIdentifier(
            "too_short" if len(digits) < 15 else "too_long",
            format_lazy(
                _("NPWP harus 15 atau 16 angka, di sini ada {count}. Salin ulang dari kartu NPWP."),
                count=len(digits),
            ),
        )
    if digits[0] != "0":
        try:
            return normalise_nik(text)
        except InvalidIdentifier as error:
            if error.code == "rounded":
                raise
            raise InvalidIdentifier(
                "structure",
                _("NPWP 16 angka yang tidak diawali 0 harus sama dengan NIK, dan susunannya tidak benar. "
                  "Salin ulang dari kartu NPWP atau KTP."),
            ) from error  # fmt: skip
    if not passes_luhn(digits[1:10]):
        raise InvalidIdentifier(
            "check_digit",
            _("Angka periksa NPWP tidak cocok, jadi ada angka yang salah. Salin ulang dari kartu NPWP."),
        )
    if not digits.strip("0"):
        raise InvalidIdentifier(
            "placeholder", _("Ini bukan NPWP sungguhan. Kosongkan bila belum punya NPWP.")
        )
    return digits


def npwp15(npwp16: str) -> str | None:
    """Return the 15 digits a business had before; a person's NIK-based number has no such form."""
    return npwp16[1:] if npwp16.startswith("0") else None


def npwp_display(npwp16: str) -> str:
    """Return "51.884.472.5-898.000" for a business, the bare 16 digits for a person."""
    old = npwp15(npwp16)
    if old is None:
        return npwp16
    return f"{old[:2]}.{old[2:5]}.{old[5:8]}.{old[8]}-{old[9:12]}.{old[12:]}"


def normalise_nitku(text: object) -> str:
    """Return the 22 digits of a NITKU: a valid NPWP and six digits of the place of business."""
    digits = digits_of(text, "NITKU")
    if is_number(text):
        raise InvalidIdentifier(
            "rounded",
            _("NITKU tersimpan sebagai bilangan, angkanya hilang. Ubah format sel ke teks, ketik ulang."),
        )
    require_length(digits, 22, "NITKU")
    return normalise_npwp(digits[:16]) + digits[16:]


def normalise_kbli(text: object) -> str:
    """Return the five digits of one KBLI code; whether the code exists is for the table of codes to say."""
    digits = digits_of(text, "KBLI")
    if len(digits) != 5:
        raise InvalidIdentifier(
            "five_digits",
            format_lazy(
                _("KBLI harus lima angka, di sini ada {count}. Tulis satu kode KBLI utama, misalnya 25920."),
                count=len(digits),
            ),
        )
    return digits


def normalise_postal_code(text: object) -> str:
    """Return the five digits of a postal code, the first not zero."""
    digits = digits_of(text, _("Kode pos"))
    require_length(digits, 5, _("Kode pos"))
    if digits[0] == "0":
        raise InvalidIdentifier("structure", _("Kode pos tidak diawali 0. Periksa kode pos alamat ini."))
    return digits


def masked(text: str, keep: int = 4) -> str:
    """Return the text with all but its last characters hidden; a text no longer than that is hidden whole."""
    shown = text[-keep:] if 0 < keep < len(text) else ""
    return "•" * (len(text) - len(shown)) + shown
