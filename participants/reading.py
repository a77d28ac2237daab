"""Read one row of a registration workbook: values in one spelling, each fault with its cell and its cure.

Pure functions, no ORM. A cell that cannot be read gives None and a problem; it never stops the others.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl.utils.datetime import from_excel

from closedloop.core.identifiers import (
    InvalidIdentifier,
    cell_text,
    is_number,
    normalise_kbli,
    normalise_nib,
    normalise_npwp,
    normalise_postal_code,
)
from closedloop.core.money import InvalidAmount, parse_rupiah
from closedloop.core.phone import InvalidPhone, to_e164
from closedloop.regions.matching import NoSuchRegion
from participants.naming import clean, form_called, split_legal_form, tidy_name
from participants.places import Places
from participants.workbook import Formula, RawRow
from participants.workers import workers

T = TypeVar("T")

OLDEST_YEAR = 1900
MOST_EMPLOYEES = 100_000
LONGEST_EMAIL = 254
# in a column of capital or yearly sales a bare number below this is thousands or millions: nobody knows which
SMALLEST_BARE_AMOUNT = 1_000_000

# what people write into a cell to say that there is nothing to write
NOTHING = {
    "",
    "-",
    "--",
    "–",
    "—",
    "tidak ada",
    "belum ada",
    "belum punya",
    "n/a",
    "nihil",
    "kosong",
    "tidak tahu",
}
EXCEL_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}

YES = {"ya", "y", "yes", "setuju", "bersedia", "true", "1"}
NO = {"tidak", "tdk", "t", "no", "n", "tidak setuju", "tidak bersedia", "false", "0"}


@dataclass(frozen=True)
class Problem:
    """One fault of one cell: where it is, what it holds, how to put it right. A warning does not refuse."""

    sheet_row: int
    field: str
    column: str
    header: str
    value: str
    code: str
    message: str | Promise
    is_warning: bool = False

    def __str__(self) -> str:
        return str(
            format_lazy(
                _("Baris {row}, kolom {column} ({header}), isi “{value}”: {message}"),
                row=self.sheet_row,
                column=self.column or "–",
                header=self.header or self.field,
                value=self.value,
                message=self.message,
            )
        )


@dataclass
class RegistrationRow:
    """What one row says, each value in its one spelling; None or empty means that the row does not say."""

    sheet_row: int
    timestamp: datetime | None = None
    name: str = ""
    legal_form: str | None = None
    owner_name: str = ""
    phone: str | None = None
    email: str = ""
    nib: str | None = None
    npwp: str | None = None
    kbli: str | None = None
    founded_year: int | None = None
    address: str = ""
    regency_code: str | None = None
    province_code: str | None = None
    postal_code: str = ""
    employees_male: int | None = None
    employees_female: int | None = None
    capital: int | None = None
    annual_sales: int | None = None
    annual_sales_year: int | None = None
    products: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    certificates: str = ""
    consent: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_warning]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_warning]

    @property
    def is_importable(self) -> bool:
        """Whether nothing must be put right first; whether the row is a duplicate is another question."""
        return not self.errors

    @property
    def employees(self) -> int | None:
        """The workers the row speaks of; None when it speaks of none."""
        return workers(self.employees_male, self.employees_female)

    @property
    def is_unverified(self) -> bool:
        """Without a NIB an enterprise may enrol, but not pass the supply gate."""
        return self.nib is None

    def values(self) -> dict[str, Any]:
        """The values as JSON can hold them, without the problems."""
        values = vars(self).copy()
        del values["problems"]
        values["timestamp"] = self.timestamp.isoformat() if self.timestamp else None
        return values | {"products": list(self.products), "processes": list(self.processes)}


class Reader:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, row: RawRow):
        self.row = row
        self.problems: list[Problem] = []

    def report(self, name: str, code: str, message: str | Promise, *, warning: bool = False) -> None:
        value, layout = self.row.value(name), self.row.layout
        shown = clean(cell_text(value))[:200]
        self.problems.append(
            Problem(
                self.row.sheet_row,
                name,
                layout.letter(name),
                layout.header(name),
                shown,
                code,
                message,
                warning,
            )
        )

    def value(self, name: str) -> object:
        """Return the cell, or None when it says "nothing" or holds what only Excel can work out."""
        value = self.row.value(name)
        if isinstance(value, Formula):
            self.report(name, "formula", _("Sel ini berisi rumus. Salin sel ini, lalu tempel sebagai nilai."))
            return None
        if isinstance(value, str):
            if value.strip().upper() in EXCEL_ERRORS:
                self.report(name, "excel_error", _("Sel ini berisi galat Excel. Ketik isinya kembali."))
                return None
            return None if clean(value).casefold() in NOTHING else value
        return value

    def failed(self, name: str) -> bool:
        return any(problem.field == name and not problem.is_warning for problem in self.problems)

    def text(self, name: str, *, longest: int) -> str:
        """Return the text of the cell on one line. What only looks like a formula stays the text it is."""
        text = clean(cell_text(self.value(name)))
        if text.startswith("="):
            message = _(
                "Isi ini tampak seperti rumus dan disimpan sebagai teks. Ganti bila bukan itu maksudnya."
            )
            self.report(name, "looks_like_formula", message, warning=True)
        if len(text) > longest:
            message = format_lazy(_("Paling banyak {longest} huruf. Ringkas isinya."), longest=longest)
            self.report(name, "too_long", message)
            return ""
        return text

    def parsed(self, name: str, parse: Callable[[Any], T], *, required: bool = False) -> T | None:
        """Return the cell as `parse` reads it; only a required cell is faulty when it says nothing."""
        value = self.value(name)
        if value is None and required and not self.failed(name):
            value = self.row.value(name)  # so that "tidak ada" is answered as what it is
        if value is None and (not required or self.failed(name)):
            return None
        try:
            return parse(value)
        except (InvalidIdentifier, InvalidPhone, InvalidAmount, NoSuchRegion, InvalidCell) as error:
            self.report(name, error.code, error.message)
            return None


class InvalidCell(ValueError):
    """A cell of this form that cannot be read."""

    def __init__(self, code: str, message: str | Promise):
        super().__init__(code)
        self.code = code
        self.message = message


def read_row(row: RawRow, *, places: Places, today: date) -> RegistrationRow:
    """Return what the row says. `today` bounds the founding year."""
    reader = Reader(row)
    name, legal_form = read_name(reader)
    province_code, regency_code = read_region(reader, places)
    result = RegistrationRow(
        sheet_row=row.sheet_row,
        timestamp=read_timestamp(reader),
        name=name,
        legal_form=legal_form,
        owner_name=reader.text("owner_name", longest=120),
        phone=reader.parsed("phone", to_e164, required=True),
        email=reader.parsed("email", parse_email) or "",
        nib=reader.parsed("nib", normalise_nib),
        npwp=reader.parsed("npwp", normalise_npwp),
        kbli=reader.parsed("kbli", normalise_kbli),
        founded_year=reader.parsed("founded_year", lambda cell: parse_year(cell, today)),
        address=reader.text("address", longest=300),
        regency_code=regency_code,
        province_code=province_code,
        postal_code=reader.parsed("postal_code", normalise_postal_code) or "",
        employees_male=reader.parsed("employees_male", parse_head_count),
        employees_female=reader.parsed("employees_female", parse_head_count),
        capital=reader.parsed("capital", parse_amount),
        annual_sales=reader.parsed("annual_sales", parse_amount),
        annual_sales_year=row.layout.sales_year,
        products=listed(reader.text("products", longest=600)),
        processes=listed(reader.text("processes", longest=600)),
        certificates=reader.text("certificates", longest=200),
        consent=bool(reader.parsed("consent", parse_consent, required=True)),
    )
    if not result.owner_name and not reader.failed("owner_name"):
        reader.report("owner_name", "missing", _("Nama pemilik kosong. Lengkapi kemudian."), warning=True)
    if result.nib and is_number(row.value("nib")) and result.nib.startswith("0"):
        message = _(
            "NIB ini tersimpan sebagai bilangan dan diberi angka 0 di depan. Cocokkan dengan dokumennya."
        )
        reader.report("nib", "zero_restored", message, warning=True)
    result.problems = reader.problems
    return result


def read_name(reader: Reader) -> tuple[str, str | None]:
    """Return the bare name and the legal form; the form's own column wins over what stands in the name."""
    written_form, name = split_legal_form(reader.text("name", longest=160))
    if not name and not reader.failed("name"):
        reader.report("name", "missing", _("Nama usaha kosong. Isi nama usaha tanpa bentuk usaha."))
    form = reader.parsed("legal_form", parse_legal_form)
    if form is None and written_form is None and not reader.failed("legal_form"):
        message = _("Bentuk usaha kosong. Tulis PT, PT Perorangan, CV, Firma, UD, atau Koperasi.")
        reader.report("legal_form", "missing", message)
    if form and written_form and form != written_form:
        message = _(
            "Bentuk usaha berbeda dengan yang tertulis pada nama usaha. Kolom bentuk usaha yang dipakai."
        )
        reader.report("legal_form", "differs_from_name", message, warning=True)
    return tidy_name(name), form or written_form


def read_region(reader: Reader, places: Places) -> tuple[str | None, str | None]:
    """Return the codes of province and regency; a province that is left out follows from its regency."""
    province = reader.parsed("province", lambda cell: places.province(cell_text(cell)))
    code = province.code if province else None
    regency = reader.parsed("regency", lambda cell: places.regency(cell_text(cell), code))
    if regency is None:
        if not reader.failed("regency"):
            reader.report(
                "regency", "missing", _("Kabupaten/kota kosong. Tulis misalnya Kab. Tegal atau Kota Bekasi.")
            )
        return code, None
    if code is None and not reader.failed("province"):
        code = regency.code[:2]
    return code, regency.code


def read_timestamp(reader: Reader) -> datetime | None:
    """Return the moment as the sheet has it, without a zone; a strange one is no reason to refuse."""
    value = reader.value("timestamp")
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, int | float) and 30_000 < value < 80_000:  # a date whose cell lost its format
        moment = from_excel(value)
        return moment if isinstance(moment, datetime) else None
    if isinstance(value, str):
        for pattern in ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d"):
            try:
                return datetime.strptime(value.strip(), pattern)
            except ValueError:
                continue
    if value is not None:
        reader.report("timestamp", "unreadable", _("Waktu tidak terbaca dan dikosongkan."), warning=True)
    return None


def listed(text: str) -> tuple[str, ...]:
    """Return the things a cell lists, each once, in order."""
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[,;]", text) if part.strip()))


def parse_amount(cell: object) -> int:
    return parse_rupiah(cell, smallest_bare=SMALLEST_BARE_AMOUNT)


def parse_legal_form(cell: object) -> str:
    form = form_called(cell_text(cell))
    if form is None:
        raise InvalidCell(
            "unknown_form",
            _("Bentuk usaha tidak dikenal. Tulis PT, PT Perorangan, CV, Firma, UD, atau Koperasi."),
        )
    return form


def parse_email(cell: object) -> str:
    text = clean(cell_text(cell)).lower()
    try:
        if len(text) > LONGEST_EMAIL:
            raise ValidationError("too long")
        validate_email(text)
    except ValidationError as error:
        raise InvalidCell(
            "email", _("Alamat email tidak benar. Tulis satu alamat, misalnya nama@contoh.id.")
        ) from error
    return text


def parse_year(cell: object, today: date) -> int:
    text = str(cell.year) if isinstance(cell, date) else cell_text(cell)
    if not re.fullmatch(r"[0-9]{4}", text) or int(text) < OLDEST_YEAR:
        raise InvalidCell("year", _("Tahun tidak terbaca. Tulis empat angka, misalnya 2012."))
    if int(text) > today.year:
        raise InvalidCell("future_year", _("Tahun berdiri belum terjadi. Periksa tahunnya."))
    return int(text)


def parse_head_count(cell: object) -> int:
    text = cell_text(cell).casefold()
    match = re.fullmatch(r"([-−]?)\s*([0-9]{1,9})\s*(?:orang|org)?", text)
    if match is None or isinstance(cell, bool):
        raise InvalidCell("head_count", _("Jumlah karyawan tidak terbaca. Tulis angka bulat, misalnya 12."))
    if match[1] and int(match[2]):
        raise InvalidCell("negative", _("Jumlah karyawan tidak boleh kurang dari nol. Periksa angkanya."))
    if int(match[2]) > MOST_EMPLOYEES:
        raise InvalidCell("too_many", _("Jumlah karyawan terlalu besar untuk satu usaha. Periksa angkanya."))
    return int(match[2])


def parse_consent(cell: object) -> bool:
    """Return True; anything but a clear yes is no consent, and without consent nobody is enrolled."""
    answer = clean(cell_text(cell)).casefold().rstrip(".")
    if answer in YES:
        return True
    if answer in NO:
        raise InvalidCell(
            "no_consent",
            _("Pemilik tidak setuju datanya diproses, jadi tidak didaftarkan. Minta persetujuannya dulu."),
        )
    raise InvalidCell(
        "consent_unclear",
        _("Persetujuan harus Ya atau Tidak. Tanyakan kepada pemilik, lalu tulis jawabannya."),
    )
