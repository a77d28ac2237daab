"""What a correction changes, item by item. Read only."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.models import Assessment, Criterion
from assessments.scoring import Item
from assessments.sheet import Row, Sheet

Key = tuple[str, str]  # code of the item, name of the area ("" for the whole factory)


@dataclass(frozen=True)
class Difference:
    """One item before and after: what both versions said, in words fit to be shown."""

    criterion: Criterion
    place: str
    before: str
    after: str
    note: str


@dataclass(frozen=True)
class Correction:
    """A version and the one before it, with what differs."""

    old: Assessment
    new: Assessment
    differences: list[Difference]
    asked: int


def key_of(row: Row) -> Key:
    return row.criterion.code, row.area.name if row.area else ""


def column(sheet: Sheet) -> dict[Key, Item]:
    """Return the items of one assessment as a comparison takes them."""
    return {key_of(row): row.as_item() for row in sheet.rows}


def words(item: Item | None) -> str:
    if item is None or not item.is_scored:
        return _("belum dinilai")
    return _("tidak berlaku") if item.not_applicable else str(item.value)


def correction_of(new: Assessment, sheet: Sheet | None = None) -> Correction | None:
    """Return what this version changes in the one it corrects; None for a first version."""
    if new.supersedes is None:
        return None
    after, before = sheet or Sheet(new), column(Sheet(new.supersedes))
    rows = {key_of(row): row for row in after.rows}
    differences = []
    for key, row in rows.items():
        if before.get(key) != row.as_item():
            said = words(before.get(key)), words(row.as_item())
            differences.append(Difference(row.criterion, row.place, *said, row.note))
    return Correction(new.supersedes, new, differences, len(rows))


def carried(sheet: Sheet) -> set[Key]:
    """Return the items whose answer a correction took over unchanged; none of a first version.

    What follows from such an answer, a critical finding, followed from it when the older version was approved.
    """
    older = sheet.assessment.supersedes
    if older is None:
        return set()
    before = column(Sheet(older))
    return {key for key, item in column(sheet).items() if before.get(key) == item}
