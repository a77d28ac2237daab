"""What differs between two versions of the same thing. Pure: versions come as plain values, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

Values = Mapping[str, Any]  # of one row: its code, its title, and everything that is compared
NAMES_IT = ("code", "title")


class Kind(StrEnum):
    """What happened to a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One field of a row, before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class RowRevision:
    """One row that is not as it was; `fields` only of one that is in both versions."""

    kind: Kind
    code: str
    title: str
    fields: tuple[Change, ...] = ()


def rows_changed(before: Sequence[Values], after: Sequence[Values]) -> tuple[RowRevision, ...]:
    """Compare two versions in the order of the new one; rows are the same where their codes are.

    A row has moved when its place among the rows that both versions have is another one, so that adding or
    removing one does not move all the others.
    """
    old = {values["code"]: values for values in before}
    new = {values["code"]: values for values in after}
    places_before, places_after = _places(old, new), _places(new, old)
    rows = []
    for code, values in new.items():
        if code not in old:
            rows.append(RowRevision(Kind.ADDED, code, values["title"]))
            continue
        fields = [
            Change(name, old[code].get(name), values.get(name))
            for name in {**values, **old[code]}
            if name not in NAMES_IT and old[code].get(name) != values.get(name)
        ]
        if places_before[code] != places_after[code]:
            fields.append(Change("order", places_before[code], places_after[code]))
        if fields:
            rows.append(RowRevision(Kind.CHANGED, code, values["title"], tuple(fields)))
    rows += [
        RowRevision(Kind.REMOVED, code, values["title"]) for code, values in old.items() if code not in new
    ]
    return tuple(rows)


def digest(*parts: Any) -> str:
    """Return a mark of plain values, by which a page tells whether they are still the ones it showed."""
    return sha256(repr(parts).encode()).hexdigest()[:16]


def _places(version: Mapping[str, Values], other: Mapping[str, Values]) -> dict[str, int]:
    common = [code for code in version if code in other]
    return {code: place for place, code in enumerate(common, start=1)}
