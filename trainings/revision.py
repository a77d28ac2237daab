"""What differs between two versions of a curriculum. Pure: versions come as plain values, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Values = Mapping[
    str, Any
]  # of one module: its code, its title, lesson_hours, and everything that is compared


class Kind(StrEnum):
    """What happened to a module."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One field of a module, before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ModuleRevision:
    """One module that is not as it was; `fields` only of one that is in both versions."""

    kind: Kind
    code: str
    title: str
    fields: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Revision:
    """All that differs, in the order of the new version, and the sums of lesson hours (JP)."""

    modules: tuple[ModuleRevision, ...]
    hours_before: int
    hours_after: int

    @property
    def is_empty(self) -> bool:
        return not self.modules


def revision_of(before: Sequence[Values], after: Sequence[Values]) -> Revision:
    """Compare two versions; modules are the same where their codes are.

    A module has moved when its place among the modules that both versions have is another one, so that adding
    or removing one does not move all the others.
    """
    old = {values["code"]: values for values in before}
    new = {values["code"]: values for values in after}
    places_before = _places(old, new)
    places_after = _places(new, old)
    modules = []
    for code, values in new.items():
        if code not in old:
            modules.append(ModuleRevision(Kind.ADDED, code, values["title"]))
            continue
        fields = [
            Change(name, old[code].get(name), values[name])
            for name in values
            if name not in ("code", "title") and old[code].get(name) != values[name]
        ]
        if places_before[code] != places_after[code]:
            fields.append(Change("order", places_before[code], places_after[code]))
        if fields:
            modules.append(ModuleRevision(Kind.CHANGED, code, values["title"], tuple(fields)))
    modules += [
        ModuleRevision(Kind.REMOVED, code, values["title"]) for code, values in old.items() if code not in new
    ]
    return Revision(tuple(modules), _hours(before), _hours(after))


def _places(version: Mapping[str, Values], other: Mapping[str, Values]) -> dict[str, int]:
    common = [code for code in version if code in other]
    return {code: place for place, code in enumerate(common, start=1)}


def _hours(version: Sequence[Values]) -> int:
    return sum(values["lesson_hours"] for values in version)
