"""Rupiah read from what people type, and written for people to read.

Pure functions. M is miliar (10⁹), never million. An amount that could be read two ways is refused, because
a wrong guess is wrong by a factor of a thousand (domain.md §7.4).
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from closedloop.core.formats import MINUS, NBSP, number, spoken
from closedloop.core.identifiers import cell_text, is_number

LARGEST = 10**15 - 1  # what the database column holds
LONGEST = 60  # characters; no amount needs more, and patterns on endless text take endless time

THOUSAND, MILLION, BILLION, TRILLION = 10**3, 10**6, 10**9, 10**12
UNITS = {
    **dict.fromkeys(("rb", "ribu"), THOUSAND),
    **dict.fromkeys(("jt", "juta"), MILLION),
    **dict.fromkeys(("m", "mlr", "miliar", "milyar", "miliard", "milyard"), BILLION),
    **dict.fromkeys(("t", "triliun", "trilyun", "triliyun"), TRILLION),
}
SHORT_UNITS = {
    "id": ((TRILLION, "T"), (BILLION, "M"), (MILLION, "juta"), (THOUSAND, "ribu")),
    # not "M": beside Indonesian pages it would be read as miliar
    "en": ((TRILLION, "tn"), (BILLION, "bn"), (MILLION, "mn"), (THOUSAND, "k")),
}

AMOUNT = re.compile(
    r"(?P<currency>(?:rp|idr)\.?)?\s*"
    r"(?P<number>\d[\d.,]*?)\s*"
    r"(?P<end>[.,]?-+)?\s*"
    r"(?P<unit>[a-z]+)?\.?\s*"
    r"(?:rupiah)?"
)
NEGATIVE = re.compile(r"(?:(?:rp|idr)\.?)?\s*[-−–]\s*(?:rp\.?)?\s*\d|\(\s*(?:rp\.?)?\s*[\d.,]+\s*\)|minus\b")


class InvalidAmount(ValueError):
    """Not an amount. `code` names the fault for machines, `message` the cure for people."""

    def __init__(self, code: str, message: str | Promise):
        super().__init__(code)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


def ambiguous() -> InvalidAmount:
    return InvalidAmount(
        "ambiguous",
        _("Jumlah ini bisa dibaca dua cara. Tulis satuannya, misalnya 1,5 miliar atau 750 juta, "
          "atau tulis lengkap, misalnya 1.500.000.000."),
    )  # fmt: skip


def parse_decimal(text: object) -> Decimal:
    """Return a number written the Indonesian way ("1.234,5") or the English ("1,234.5") where only one fits.

    A single mark before exactly three digits ("1.500", "1,500") may be either and is refused as ambiguous.
    """
    if isinstance(text, Decimal):
        text = format(text, "f")
    if is_number(text):
        value = Decimal(str(text))
        if not value.is_finite():
            raise InvalidAmount("unreadable", _("Ini bukan angka. Tulis angkanya saja."))
        return value
    written = cell_text(text)[:LONGEST].replace(" ", "")
    sign = -1 if written[:1] in ("-", MINUS) else 1
    written = written[1:] if sign < 0 else written
    if not re.fullmatch(r"[0-9]+(?:[.,][0-9]+)*", written):
        raise InvalidAmount("unreadable", _("Ini bukan angka. Tulis angkanya saja, misalnya 1.234,5."))
    marks = re.sub(r"[0-9]", "", written)
    if not marks:
        return sign * Decimal(written)
    if len(marks) == 1:
        whole, fraction = re.split(r"[.,]", written)
        if len(fraction) == 3 and len(whole) <= 3 and whole.strip("0"):
            raise ambiguous()
        return sign * Decimal(f"{whole}.{fraction}")
    return sign * grouped(written, marks)


def grouped(written: str, marks: str) -> Decimal:
    """Return a number with two or more marks: they group thousands, but a last one unlike them is decimal."""
    group, last = marks[0], marks[-1]
    if set(marks[:-1]) != {group}:
        raise InvalidAmount(
            "unreadable", _("Titik dan koma pada angka ini tidak beraturan. Tulis ulang angkanya.")
        )
    whole, _mark, fraction = (written, "", "") if last == group else written.rpartition(last)
    if not re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+", whole):
        raise InvalidAmount(
            "unreadable", _("Titik dan koma pada angka ini tidak beraturan. Tulis ulang angkanya.")
        )
    return Decimal(whole.replace(group, "") + "." + (fraction or "0"))


def parse_rupiah(cell: object, *, smallest_bare: int = 0) -> int:
    """Return whole Rupiah for "1,5 M", "750 juta", "Rp 1.250.000.000,-", 1250000000.0 and their like.

    `smallest_bare`: below it, a number with neither Rp nor unit is refused as ambiguous. In a column of
    yearly sales a bare 1500 may be thousands or millions; in a column of unit prices it is 1500.
    """
    if isinstance(cell, bool):
        raise unreadable()
    if is_number(cell) or isinstance(cell, Decimal):
        return whole_rupiah(parse_decimal(cell), bare=True, smallest_bare=smallest_bare)
    text = cell_text(cell).lower()
    if not text:
        raise InvalidAmount("missing", _("Jumlah kosong. Isi jumlahnya, misalnya 750 juta."))
    if len(text) > LONGEST:
        raise unreadable()
    if NEGATIVE.match(text):
        raise InvalidAmount("negative", _("Jumlah tidak boleh kurang dari nol. Periksa tandanya."))
    match = AMOUNT.fullmatch(text)
    if match is None:
        raise unreadable()
    unit = match["unit"]
    if unit == "rupiah":
        unit = None
        currency = True
    else:
        currency = bool(match["currency"])
    if unit and (unit not in UNITS or match["end"]):
        raise unreadable()
    written = match["number"].rstrip(".,") if match["end"] else match["number"]
    if (currency or match["end"]) and not unit and re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", written):
        value = Decimal(written.replace(".", ""))  # Rp750.000: behind Rp or before ,- the dot can only group
    else:
        value = parse_decimal(written)
    return whole_rupiah(
        value * UNITS.get(unit or "", 1),
        bare=not (unit or currency or match["end"]),
        smallest_bare=smallest_bare,
    )


def unreadable() -> InvalidAmount:
    return InvalidAmount(
        "unreadable", _("Jumlah tidak terbaca. Tulis dengan angka, misalnya 750 juta atau 1.500.000.000.")
    )


def whole_rupiah(value: Decimal, *, bare: bool, smallest_bare: int) -> int:
    """Return the amount as an int, refusing what no Rupiah column holds."""
    if value < 0:
        raise InvalidAmount("negative", _("Jumlah tidak boleh kurang dari nol. Periksa tandanya."))
    if bare and (value != value.to_integral_value() or 0 < value < smallest_bare):
        raise ambiguous()
    if value != value.to_integral_value():
        raise InvalidAmount("fraction", _("Jumlah harus Rupiah bulat, tanpa sen. Bulatkan jumlahnya."))
    if value > LARGEST:
        raise InvalidAmount("too_large", _("Jumlah terlalu besar. Periksa satuan dan jumlah nolnya."))
    return int(value)


def rupiah(value: int | Decimal, *, language: str | None = None) -> str:
    """Return "Rp1.500.000", in English "Rp1,500,000"; an amount below zero has a true minus in front."""
    sign = MINUS if value < 0 else ""
    return f"{sign}Rp{number(abs(value), language=language)}"


def rupiah_short(value: int | Decimal, *, language: str | None = None) -> str:
    """Return three figures and a unit: "Rp2,91 M", "Rp312 juta", "Rp1,2 T"; in English "Rp2.91 bn"."""
    amount = abs(Decimal(value))
    sign = MINUS if value < 0 else ""
    units = SHORT_UNITS[spoken(language)]
    for position, (size, unit) in enumerate(units):
        if amount < size:
            continue
        shown = three_figures(amount / size)
        if shown >= 1000 and position > 0:  # 999.9 juta is said as 1 M
            size, unit = units[position - 1]
            shown = three_figures(amount / size)
        return f"{sign}Rp{number(shown, 2, trim=True, language=language)}{NBSP}{unit}"
    return rupiah(value, language=language)


def three_figures(value: Decimal) -> Decimal:
    """Return the value rounded half up to three figures; a thousand and more keeps all of its whole part."""
    decimals = max(0, 2 - value.adjusted())
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
