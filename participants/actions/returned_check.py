"""Say what would become of each row of a sheet that the portal gave out and somebody sends back (J4)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from participants.actions.clashes import explain_clashes
from participants.actions.import_check import CheckedRow, check_sheet, complain
from participants.actions.returned_cells import Edit, Look, look_of
from participants.export_columns import CODE, TRACE
from participants.export_sheet import with_everything
from participants.models import Cohort, Enterprise, ImportRow
from participants.reading import read_row
from participants.roundtrip import Trace, is_returned, read_trace, told
from participants.workbook import RawRow, Sheet

Outcome = ImportRow.Outcome


@dataclass
class EditedRow(CheckedRow):
    """A row of a sheet of ours; `clashes` are held: {what: [in the portal, in the sheet]}."""

    clashes: dict[str, list] = field(default_factory=dict)

    def as_import_row(self, batch) -> ImportRow:
        row = super().as_import_row(batch)
        row.values |= {"is_edit": True, "clashes": self.clashes}
        return row


def check_any_sheet(sheet: Sheet, cohort: Cohort) -> Iterable[CheckedRow]:
    """Return every row with its outcome: one with a code of the portal is an edit, any other a registration."""
    if not is_returned(sheet.layout.headers):
        return check_sheet(sheet, cohort)
    look = look_of(sheet)
    known = [raw for raw in sheet.rows if told(look.cell(raw, CODE))]
    fresh = [raw for raw in sheet.rows if not told(look.cell(raw, CODE))]
    codes = Counter(code_in(raw, look) for raw in known)
    found = {one.code: one for one in with_everything(Enterprise.objects.filter(code__in=set(codes)))}
    edits = [check_edit(raw, found.get(code_in(raw, look)), look, codes) for raw in known]
    refuse_numbers_of_others(edits)
    checked: list[CheckedRow] = list(edits)
    checked += check_sheet(replace(sheet, rows=fresh), cohort) if fresh else []
    return sorted(checked, key=lambda one: one.raw.sheet_row)


def code_in(raw: RawRow, look: Look) -> str:
    return told(look.cell(raw, CODE)).upper()


def check_edit(raw: RawRow, enterprise: Enterprise | None, look: Look, codes: Counter) -> EditedRow:
    """Return what an edited row changes; what only others changed meanwhile stays as they left it."""
    row = read_row(raw, places=look.places, today=look.today)
    trace = read_trace(look.cell(raw, TRACE))
    refusal = refused(raw, trace, look, codes, is_known=enterprise is not None)
    if enterprise is None or refusal:
        row.problems = []
        complain(row, raw, "name", *(refusal or UNKNOWN_CODE))
        return EditedRow(raw, row, Outcome.ERROR, enterprise)
    edit = Edit(raw, row, enterprise, trace, look)
    edit.keep_own_problems()
    edit.warn_of_ignored()
    edit.refuse_emptied()
    changes = edit.changes()
    clashes = {name: changes.pop(name) for name in list(changes) if edit.is_clash(name)}
    explain_clashes(edit, clashes, is_all=not changes)
    outcome = Outcome.ERROR if row.errors else Outcome.CHANGED if changes else Outcome.SAME
    return EditedRow(raw, row, outcome, enterprise, changes, clashes)


UNKNOWN_CODE: tuple[str, str | Promise] = (
    "unknown_code",
    _("Kode portal ini tidak dikenal. Kembalikan kodenya, atau kosongkan bila ini IKM baru."),
)


def refused(
    raw: RawRow, trace: Trace | None, look: Look, codes: Counter, *, is_known: bool
) -> tuple[str, str | Promise] | None:
    """Return code and cure of why the row as a whole cannot be taken, or None."""
    code = code_in(raw, look)
    if not is_known:
        return UNKNOWN_CODE
    if trace and trace.code != code:
        return "mixed_rows", _(
            "Baris ini tercampur: kode portal dan isinya dari IKM yang berlainan. Urutkan ulang dari berkas asli."
        )
    if codes[code] > 1:
        return "code_twice", _("Kode portal ini ada di beberapa baris. Sisakan satu baris.")
    return None


def refuse_numbers_of_others(edits: list[EditedRow]) -> None:
    """Refuse a new NIB or NPWP that another enterprise has, in the registry or in this sheet."""
    for name in ("nib", "npwp"):
        asked = defaultdict(list)
        for edit in edits:
            if edit.changes.get(name) and edit.changes[name][1]:
                asked[edit.changes[name][1]].append(edit)
        holders = dict(Enterprise.objects.filter(**{f"{name}__in": asked}).values_list(name, "code"))
        for number, wanting in asked.items():
            if number in holders or len(wanting) > 1:
                holder = holders.get(number) or _("baris lain")
                for edit in wanting:
                    message = format_lazy(
                        _("Nomor ini milik IKM lain ({code}). Periksa nomornya."), code=holder
                    )
                    complain(edit.row, edit.raw, name, f"same_{name}", message)
                    edit.outcome = Outcome.ERROR
