"""What differs between two versions of a curriculum. Pure: versions come as plain values, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass

from closedloop.core.revisions import RowRevision, Values, rows_changed


@dataclass(frozen=True)
class Revision:
    """All that differs, in the order of the new version, and the sums of lesson hours (JP)."""

    modules: tuple[RowRevision, ...]
    hours_before: int
    hours_after: int

    @property
    def is_empty(self) -> bool:
        return not self.modules


def revision_of(before: Sequence[Values], after: Sequence[Values]) -> Revision:
    """Compare two versions; modules are the same where their codes are."""
    return Revision(rows_changed(before, after), _hours(before), _hours(after))


def _hours(version: Sequence[Values]) -> int:
    return sum(values["lesson_hours"] for values in version)
