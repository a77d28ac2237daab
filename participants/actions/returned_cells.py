"""The cells of one edited row: which edits count, and what they say against the record as it is now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from openpyxl.utils import get_column_letter

from closedloop.core.identifiers import masked
from closedloop.regions.models import Province, Regency
from participants.actions.import_check import PLAIN_FIELDS, complain, plain_value
from participants.actions.vocabulary import Vocabulary, vocabulary
from participants.export_columns import EDITABLE, HEADER_OF, READ_ONLY, VERSION, places
from participants.export_sheet import cells_of, contact_of, name_of
from participants.models import Enterprise
from participants.places import Places
from participants.reading import Problem, RegistrationRow, listed
from participants.roundtrip import Move, Trace, moved, told
from participants.workbook import RawRow, Sheet

REGION = frozenset({"regency", "province"})
# the contact's cells, and the fields of a person they go to; without a contact the numbers are the enterprise's
HIDDEN_DIGIT = masked("00", keep=1)[0]
CONTACT_MARK = "narahubung"
CONTACT = {"owner_name": "full_name", "phone": "phone", "email": "email"}


@dataclass(frozen=True)
class Look:
    """What all rows of one sheet are read with."""

    at: dict[str, int]  # column of ours: where it is
    places: Places
    words: Vocabulary
    today: date

    def cell(self, raw: RawRow, key: str) -> object:
        """The cell of a column of ours, wherever it was moved to."""
        index = self.at.get(key)
        return raw.cells[index] if index is not None and index < len(raw.cells) else None


def look_of(sheet: Sheet) -> Look:
    return Look(
        at=places(sheet.layout.headers),
        places=Places(list(Province.objects.all()), list(Regency.objects.all())),
        words=vocabulary(),
        today=timezone.localdate(),
    )


class Edit:
    """One row against the record: what its cells held when given out, hold in the portal now, and say."""

    def __init__(
        self, raw: RawRow, row: RegistrationRow, enterprise: Enterprise, trace: Trace | None, look: Look
    ):
        self.raw, self.row, self.enterprise, self.look = raw, row, enterprise, look
        self.year = row.annual_sales_year
        with override("id"):  # the language the sheet is written in
            self.theirs = {
                name_of(key, self.year): value for key, value in cells_of(enterprise, self.year).items()
            }
        self.then = self.held(trace)
        self.masked = (
            trace.masked
            if trace
            else frozenset(key for key in EDITABLE if HIDDEN_DIGIT in told(look.cell(raw, key)))
        )
        self.moves = {
            key: moved(look.cell(raw, key), self.then.get(name), self.theirs[name])
            for key in (*EDITABLE, *READ_ONLY)
            if key in look.at and (name := name_of(key, self.year))
        }
        self.contact = contact_of(enterprise)
        self.touched = {
            key for key in EDITABLE if self.moves.get(key) in (Move.MINE, Move.CLASH)
        } - self.masked
        if self.touched & REGION:
            self.touched |= REGION

    def held(self, trace: Trace | None) -> dict[str, Any]:
        """What the row held when it was given out; without a trace only an unchanged version tells."""
        if trace:
            return dict(trace.cells)
        is_current = told(self.look.cell(self.raw, VERSION)) == str(self.enterprise.version)
        return dict(self.theirs) if is_current else {}

    def keep_own_problems(self) -> None:
        """Forget what is wrong with cells that nobody touched: an unknown cell may stay unknown."""
        self.row.problems = [problem for problem in self.row.problems if problem.field in self.touched]

    def warn_of_ignored(self) -> None:
        """Say which edits do not count: of columns only to be read, and of numbers shown by their last digits."""
        for key, move in self.moves.items():
            if move not in (Move.MINE, Move.CLASH):
                continue
            if key in self.masked:
                message = _(
                    "Nomor ini tersamar di lembar, jadi perubahannya diabaikan. Unduh dengan nomor lengkap."
                )
                self.warn(key, "masked", message)
            elif key in READ_ONLY:
                message = _("Kolom ini hanya untuk dibaca; perubahannya diabaikan.")
                self.warn(key, "read_only", message)

    def warn(self, key: str, code: str, message: str | Promise) -> None:
        """Add a warning for a cell of ours, also of a column that registrations do not have."""
        header = HEADER_OF[key].format(year=self.year or "").replace("  ", " ")
        column = get_column_letter(self.look.at[key] + 1)
        value = told(self.look.cell(self.raw, key))[:200]
        self.row.problems.append(
            Problem(self.row.sheet_row, key, column, header, value, code, message, is_warning=True)
        )

    def refuse_emptied(self) -> None:
        """Refuse to lose the name of the contact; the reading itself refuses the other required cells."""
        if "owner_name" in self.touched and not self.row.owner_name and self.contact:
            self.row.problems = [one for one in self.row.problems if one.field != "owner_name"]
            message = _("Nama narahubung tidak dapat dikosongkan. Ubah orangnya di halaman IKM.")
            complain(self.row, self.raw, "owner_name", "required", message)

    def is_clash(self, name: str) -> bool:
        """Whether others changed the same thing meanwhile; a regency and its province are one thing."""
        keys = REGION if name == "regency" else {name.partition(":")[0]}
        return any(self.moves.get(key) is Move.CLASH for key in keys)

    def changes(self) -> dict[str, list]:
        """Return {what: [in the registry, in the row]} for the touched cells that say something else."""
        kbli = self.row.kbli if "kbli" in self.touched else None
        processes = self.row.processes if "processes" in self.touched else ()
        for name, code, message in self.look.words.warnings(kbli, processes):
            complain(self.row, self.raw, name, code, message, is_warning=True)
        found = {}
        for key in EDITABLE:
            if key in self.touched and key != "province":
                old, new = self.pair(key)
                found[self.change_of(key)] = [plain_value(old), plain_value(new)]
        return {name: pair for name, pair in found.items() if differs(*pair)}

    def change_of(self, key: str) -> str:
        """Return what a change of that cell is called: "phone:narahubung" is a person's, "phone" the enterprise's."""
        if key in ("phone", "email") and self.is_of_contact(key):
            return f"{key}:{CONTACT_MARK}"
        return name_of(key, self.year)

    def is_of_contact(self, key: str) -> bool:
        """Whether a number belongs to the contact there is, or comes with this row, and not to the enterprise."""
        if self.contact is None:
            return "owner_name" in self.touched and bool(self.row.owner_name)
        return bool(getattr(self.contact, key) or not getattr(self.enterprise, key))

    def pair(self, key: str) -> tuple[Any, Any]:
        """Return what the registry has, and what the row says, in the same spelling."""
        enterprise, row = self.enterprise, self.row
        if key == "owner_name":
            return self.contact.full_name if self.contact else "", row.owner_name
        if key in CONTACT:
            holder = self.contact if self.is_of_contact(key) else enterprise
            return getattr(holder, key, ""), getattr(row, key) or ""
        if key == "regency":
            return enterprise.regency_id, row.regency_code
        if key == "kbli":
            links = enterprise.kbli_links.all()
            return next((link.kbli.code for link in links if link.is_primary), None), row.kbli
        if key == "products":
            names = sorted(one.name for one in enterprise.products.all())
            return names, sorted(products_in(told(self.look.cell(self.raw, key)), names))
        if key == "processes":
            codes = {code for word in row.processes if (code := self.look.words.process(word))}
            return sorted(one.code for one in enterprise.processes.all()), sorted(codes)
        if key == "annual_sales":
            return self.theirs[name_of(key, self.year)], row.annual_sales
        assert key in PLAIN_FIELDS
        return getattr(enterprise, key), getattr(row, key)


def differs(old: Any, new: Any) -> bool:
    """Whether two values say different things; None, "" and [] all say nothing, while 0 is a figure."""
    nothing: tuple[Any, ...] = (None, "", [])
    return old != new and not (old in nothing and new in nothing)


def products_in(text: str, known: list[str]) -> set[str]:
    """Return the products a cell lists; one of the registry with a comma in its name stays one."""
    found = set()
    for name in sorted((one for one in known if "," in one or ";" in one), key=len, reverse=True):
        if name in text:
            found.add(name)
            text = text.replace(name, "", 1)
    return found | set(listed(text))
