"""Say what would become of each row of a workbook, looking at the registry but changing nothing."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from closedloop.regions.models import Province, Regency
from participants.actions.import_known import existing_like, matched_enterprises, touched_by_hand
from participants.actions.vocabulary import Vocabulary, vocabulary
from participants.consents import withdrawn
from participants.duplicates import Duplicate, find_duplicates
from participants.models import Cohort, Enterprise, ImportRow
from participants.places import Places
from participants.reading import Problem, RegistrationRow, read_row
from participants.workbook import RawRow, Sheet

Outcome = ImportRow.Outcome

# what a row says of the enterprise itself; empty says nothing and changes nothing
PLAIN_FIELDS = (
    "name",
    "legal_form",
    "nib",
    "npwp",
    "founded_year",
    "address",
    "postal_code",
    "employees_male",
    "employees_female",
    "capital",
    "certificates",
)


@dataclass
class CheckedRow:
    """A row, what would become of it, and of which enterprise it speaks."""

    raw: RawRow
    row: RegistrationRow
    outcome: str
    enterprise: Enterprise | None = None
    changes: dict[str, list] = field(default_factory=dict)

    def as_import_row(self, batch) -> ImportRow:
        values = self.row.values() | {"changes": self.changes}
        if self.enterprise:
            values["version"] = self.enterprise.version
        return ImportRow(
            batch=batch,
            sheet_row=self.row.sheet_row,
            outcome=self.outcome,
            cells=[plain_cell(value) for value in self.raw.cells],
            values=values,
            problems=[asdict(problem) | {"message": str(problem.message)} for problem in self.row.problems],
            enterprise=self.enterprise,
        )


def check_sheet(sheet: Sheet, cohort: Cohort) -> list[CheckedRow]:
    """Return every row of the sheet with its outcome for this cohort."""
    places = Places(list(Province.objects.all()), list(Regency.objects.all()))
    today = timezone.localdate()
    rows = [read_row(raw, places=places, today=today) for raw in sheet.rows]
    duplicates = find_duplicates(rows, existing_like(rows))
    matched = matched_enterprises(duplicates.values())
    by_hand = touched_by_hand(matched)
    words = vocabulary()
    checked = []
    for raw, row in zip(sheet.rows, rows, strict=True):
        warn_of_words(row, raw, words)
        duplicate = duplicates.get(row.sheet_row)
        if row.is_importable and duplicate and duplicate.is_certain and duplicate.of_existing:
            enterprise = matched[duplicate.of_existing]
            said = differences(row, enterprise, words)
            checked.append(check_known(raw, row, enterprise, cohort, said, by_hand[enterprise.pk]))
        else:
            checked.append(check_unknown(raw, row, duplicate, matched))
    return checked


def check_unknown(
    raw: RawRow, row: RegistrationRow, duplicate: Duplicate | None, matched: dict[Any, Enterprise]
) -> CheckedRow:
    """Return the outcome of a row that is not certainly of an enterprise in the registry."""
    if not row.is_importable:
        return CheckedRow(raw, row, Outcome.ERROR)
    if duplicate is None:
        return CheckedRow(raw, row, Outcome.NEW)
    other = matched.get(duplicate.of_existing)
    message = duplicate.message
    if other:
        message = format_lazy("{message} ({name}, {code})", message=message, name=str(other), code=other.code)
    column = "npwp" if duplicate.reason == "same_npwp" else "nib" if duplicate.is_certain else "name"
    complain(row, raw, column, duplicate.reason, message)
    outcome = Outcome.DUPLICATE if duplicate.is_certain else Outcome.POSSIBLE_DUPLICATE
    return CheckedRow(raw, row, outcome, other)


def check_known(
    raw: RawRow,
    row: RegistrationRow,
    enterprise: Enterprise,
    cohort: Cohort,
    said: dict[str, list],
    by_hand: set[str],
) -> CheckedRow:
    """Return whether a row says anything (`said`, see differences) that the registry does not have yet.

    What somebody corrected by hand stays as they left it.
    """
    changes = {name: pair for name, pair in said.items() if name not in by_hand}
    enrolments = list(enterprise.enrolments.all())
    elsewhere = next((one for one in enrolments if one.is_open and one.cohort_id != cohort.pk), None)
    if elsewhere:
        message = format_lazy(
            _("Masih mengikuti {cohort}, jadi tidak didaftarkan lagi."), cohort=elsewhere.cohort
        )
        complain(row, raw, "name", "enrolled_elsewhere", message, is_warning=True)
    elif all(one.cohort_id != cohort.pk for one in enrolments) and withdrawn(enterprise):
        message = _(
            "Menarik persetujuan pelatihan, jadi tidak didaftarkan. Catat persetujuan baru lebih dulu."
        )
        complain(row, raw, "name", "consent_withdrawn", message, is_warning=True)
    elif all(one.cohort_id != cohort.pk for one in enrolments):
        changes["cohort"] = [None, cohort.code]
    return CheckedRow(raw, row, Outcome.CHANGED if changes else Outcome.SAME, enterprise, changes)


def differences(
    row: RegistrationRow, enterprise: Enterprise, words: Vocabulary | None = None
) -> dict[str, list]:
    """Return {field: [in the registry, in the row]} where the row says something else than the registry."""
    process = (words or vocabulary()).process
    found = {name: [getattr(enterprise, name), getattr(row, name)] for name in PLAIN_FIELDS}
    for name in ("nib", "npwp"):
        if found[name][1] in getattr(enterprise, "numbers_of_merged", ()):
            del found[name]
    for old in enterprise.merged_from.all():  # a number it goes by as well is nothing new
        found = {
            name: pair for name, pair in found.items() if pair[1] not in (old.nib, old.npwp) or not pair[1]
        }
    found["regency"] = [enterprise.regency_id, row.regency_code]
    primary = next((link.kbli.code for link in enterprise.kbli_links.all() if link.is_primary), None)
    found["kbli"] = [primary, row.kbli]
    found["products"] = [sorted(one.name for one in enterprise.products.all()), sorted(row.products)]
    codes = {code for word in row.processes if (code := process(word))}
    found["processes"] = [sorted(one.code for one in enterprise.processes.all()), sorted(codes)]
    year = row.annual_sales_year
    figure = next((one for one in enterprise.annual_figures.all() if one.year == year), None)
    if year and row.annual_sales is not None:
        found[f"annual_sales:{year}"] = [figure.annual_sales if figure else None, row.annual_sales]
    if not knows_person(enterprise, row):
        found["person"] = [None, row.owner_name or row.phone]
    return {
        name: [plain_value(old), plain_value(new)]
        for name, (old, new) in found.items()
        if new not in (None, "", [], old)
    }


def knows_person(enterprise: Enterprise, row: RegistrationRow) -> bool:
    """Whether the registry has the contact of the row, by telephone or by name, or a person corrected it."""
    owner = row.owner_name.casefold()
    former: set[str] = getattr(enterprise, "former_contacts", set())
    names = {person.full_name.casefold() for person in enterprise.people.all()}
    phones = {person.phone for person in enterprise.people.all()} | {enterprise.phone}
    return row.phone in phones or owner in names or bool({row.phone, owner} & former)


def warn_of_words(row: RegistrationRow, raw: RawRow, words: Vocabulary) -> None:
    """Add a warning for each code or process that is unknown or not given out any more; none refuses the row."""
    for name, code, message in words.warnings(row.kbli, row.processes):
        complain(row, raw, name, code, message, is_warning=True)


def complain(row: RegistrationRow, raw: RawRow, name: str, code: str, message, *, is_warning=False) -> None:
    """Add a problem to a row, in the cell of that field."""
    row.problems.append(
        Problem(
            sheet_row=row.sheet_row,
            field=name,
            column=raw.layout.letter(name),
            header=raw.layout.header(name),
            value=str(raw.value(name) or "")[:200],
            code=str(code),
            message=message,
            is_warning=is_warning,
        )
    )


def plain_cell(value: object) -> Any:
    """Return a cell as JSON can hold it and a person would retype it."""
    match value:
        case None | bool() | int() | float():
            return value
        case datetime() | date():
            return str(value)
    return str(value).replace("\x00", "")


def plain_value(value: Any) -> Any:
    return int(value) if isinstance(value, Decimal) else value
