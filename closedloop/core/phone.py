"""Telephone numbers: one spelling in the database (E.164), one on the screen, one in a WhatsApp link.

Pure functions over the rules of domain.md §7.1. A number that cannot be read is refused, never guessed.
"""

import re
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from closedloop.core.identifiers import cell_text, is_number

MOBILE = re.compile(r"8\d{8,11}")
# area codes begin with 2 to 7 or 9 and have two or three digits; 7 to 11 digits in all
LANDLINE = re.compile(r"[2-79]\d{6,10}")
# Jakarta, Bandung, Semarang, Surabaya and Medan; all others have three digits
SHORT_AREA_CODES = ("21", "22", "24", "31", "61")

SPACING = re.compile(r"[\s.\-–—()/]")
BETWEEN_NUMBERS = re.compile(r"[/;,&\n]|\batau\b|\bdan\b", re.IGNORECASE)


class InvalidPhone(ValueError):
    """Not a telephone number. `code` names the fault for machines, `message` the cure for people."""

    def __init__(self, code: str, message: str | Promise):
        super().__init__(code)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


def to_e164(text_or_number: object) -> str:
    """Return "+6281234567890" for 0812…, 62812…, +62 812-…, 812… (also as a number), and landlines."""
    text = cell_text(text_or_number)
    if not text:
        raise InvalidPhone(
            "missing", _("Nomor telepon kosong. Isi nomor HP yang aktif, misalnya 0812-3456-7890.")
        )
    if re.fullmatch(r"\d+\.0", text):  # a number that was turned into text on its way here
        text = text[:-2]
    if sum(len(re.sub(r"\D", "", part)) > 5 for part in BETWEEN_NUMBERS.split(text)) > 1:
        raise InvalidPhone("several", _("Sel ini berisi lebih dari satu nomor. Tulis satu nomor saja."))
    digits = SPACING.sub("", text)
    has_plus = digits.startswith("+")
    digits = digits.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        raise InvalidPhone(
            "unreadable", _("Ini bukan nomor telepon. Tulis angkanya saja, misalnya 0812-3456-7890.")
        )
    if digits.startswith("00"):  # the prefix some dial instead of the plus
        has_plus, digits = True, digits[2:]
    if has_plus and not digits.startswith("62"):
        raise InvalidPhone("foreign", _("Nomor ini bukan nomor Indonesia (+62). Isi nomor Indonesia."))
    return f"+62{national(digits, has_plus=has_plus, lost_zero=is_number(text_or_number))}"


def national(digits: str, *, has_plus: bool, lost_zero: bool) -> str:
    """Return the digits after +62.

    With neither 0 nor 62 in front only a mobile number is certain, unless the cell is a number and ate the 0.
    Nine digits beginning with 62 and no plus are a landline of area 62x, not a country code.
    """
    rest, certain = digits, lost_zero
    if has_plus or (rest.startswith("62") and len(rest) > 9):
        rest, certain = rest[2:], True
    if rest.startswith("0"):  # also +62 (0)812…
        rest, certain = rest[1:], True
    if MOBILE.fullmatch(rest) or (certain and LANDLINE.fullmatch(rest)):
        return rest
    if rest.startswith("8"):
        raise InvalidPhone(
            "length", _("Panjang nomor HP tidak benar: 10 sampai 13 angka bila diawali 08. Periksa angkanya.")
        )
    raise InvalidPhone(
        "unreadable",
        _("Nomor ini tidak dikenali. Tulis nomor HP diawali 08, atau nomor kantor dengan kode wilayah."),
    )


def area_code_length(rest: str) -> int:
    """Return how many digits of a landline, written without 0, are its area code."""
    return 2 if rest.startswith(SHORT_AREA_CODES) else 3


def display(e164: str) -> str:
    """Return "0812-3456-7890" for a mobile and "(0283) 351234" for a landline."""
    rest = e164.removeprefix("+62")
    if rest == e164:
        return e164
    if not rest.startswith("8"):
        cut = area_code_length(rest)
        return f"(0{rest[:cut]}) {rest[cut:]}"
    digits = f"0{rest}"
    return "-".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)


def wa_link(e164: str, text: str = "") -> str:
    """Return the address that opens WhatsApp on this number, with the text ready to send."""
    link = f"https://wa.me/{e164.removeprefix('+')}"
    return f"{link}?text={quote(text, safe='')}" if text else link


def masked(e164: str) -> str:
    """Return "08xx-xxxx-x890": who knows the number recognises it, who does not learns nothing."""
    shown = display(e164)
    places = [place for place, character in enumerate(shown) if character.isdigit()]
    hidden = set(places[2:-3])
    return "".join("x" if place in hidden else character for place, character in enumerate(shown))
