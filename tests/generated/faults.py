"""Twenty-five kinds of fault that offices send, and sheets in which every row has one."""

import random
from collections.abc import Callable

from tests.generated.registrations import HEADERS, good_row
from tests.generated.xlsx import Formula

# what is wrong: (header of the column, what stands there, code of the fault)
FAULTS: dict[str, tuple[str, object, str]] = {
    "no name": ("Nama Usaha", None, "missing"),
    "a formula for a name": ("Nama Usaha", Formula("=B2"), "formula"),
    "a broken reference for a name": ("Nama Usaha", "#REF!", "excel_error"),
    "an endless name": ("Nama Usaha", "Sinar " * 40, "too_long"),
    "unknown legal form": ("Bentuk Usaha", "Yayasan", "unknown_form"),
    "a formula for an owner": ("Nama Pemilik", Formula('=HYPERLINK("x")'), "formula"),
    "no phone": ("No. HP/WA", None, "missing"),
    "two phones": ("No. HP/WA", "081234567890 / 081298765432", "several"),
    "foreign phone": ("No. HP/WA", "+65 9123 4567", "foreign"),
    "short phone": ("No. HP/WA", "0812345", "length"),
    "no address of mail": ("Email", "ikm@", "email"),
    "short NIB": ("NIB", "81202219", "too_short"),
    "NIB with letters": ("NIB", "91202O1234567", "characters"),
    "NPWP with a wrong check digit": ("NPWP", "12.345.678.0-999.000", "check_digit"),
    "KBLI of four digits": ("KBLI", 2592, "five_digits"),
    "founded in the future": ("Tahun Berdiri", 2999, "future_year"),
    "unknown province": ("Provinsi", "Jawa Tenggara", "unknown_province"),
    "misspelt regency": ("Kab/Kota", "Kab. Tegall", "unknown_regency"),
    "no regency": ("Kab/Kota", None, "missing"),
    "postal code with a zero in front": ("Kode Pos", "05121", "structure"),
    "less than no workers": ("Karyawan L", -3, "negative"),
    "half a worker": ("Karyawan P", 2.5, "head_count"),
    "capital that reads two ways": ("Modal Usaha (di luar tanah & bangunan)", 1.5, "ambiguous"),
    "sales in words": ("Omzet 2025", "lumayan", "unreadable"),
    "no consent": ("Setuju data diproses (Ya/Tidak)", "Tidak", "no_consent"),
}
KINDS = list(FAULTS)
assert len(KINDS) == 25


def faulty_row(number: int, kind: str, dice: random.Random) -> list[object]:
    """A good row with one fault."""
    header, value, _code = FAULTS[kind]
    row = good_row(number, dice)
    row[HEADERS.index(header)] = value
    return row


def faulty_rows(
    count: int, *, kind_of: Callable[[int], str] = lambda number: KINDS[number % 25]
) -> list[list]:
    dice = random.Random(25)
    return [faulty_row(number, kind_of(number), dice) for number in range(count)]
