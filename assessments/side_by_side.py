"""Several people's scores of the same items side by side (features D6). Pure: no database.

A comparison has one column per assessment, in the order given, and one line per item. Keys may be anything that
names an item: a criterion's code, or a code with an area. Only what two people both scored has a difference;
"not applicable" against a score differs without a number, and an item nobody scored is unknown and never 0.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assessments.scoring import Item

Key = TypeVar("Key", bound=Hashable)
LARGE = 2  # levels from which a difference must be talked about (domain.md §5.3, process rule 2)


@dataclass(frozen=True)
class Line:
    """One item as each of the people scored it; None where the person has no such item or left it open."""

    key: Hashable
    items: tuple[Item | None, ...]

    @property
    def values(self) -> list[int]:
        """The scores that were given, without those that do not apply."""
        return [item.value for item in self.items if item is not None and item.value is not None]

    @property
    def is_comparable(self) -> bool:
        """Whether everybody said something about this item."""
        return len(self.items) > 1 and all(item is not None and item.is_scored for item in self.items)

    @property
    def difference(self) -> int | None:
        """Levels between the highest and the lowest score; None unless everybody gave one."""
        values = self.values
        if not self.is_comparable or len(values) < len(self.items):
            return None
        return max(values) - min(values)

    @property
    def change(self) -> int | None:
        """The last column less the first, in levels: how much lower or higher the last person sees it."""
        first, last = self.items[0], self.items[-1]
        if self.difference is None or first is None or last is None:
            return None
        return (last.value or 0) - (first.value or 0)

    @property
    def differs(self) -> bool:
        """Whether people said different things; "not applicable" against a score is one."""
        answers = {(item.value, item.not_applicable) for item in self.items if item is not None}
        return self.is_comparable and len(answers) > 1

    @property
    def is_large(self) -> bool:
        return self.difference is not None and self.difference >= LARGE


@dataclass(frozen=True)
class Comparison:
    """All lines, and the keys that only some of the assessments know (another rubric version)."""

    lines: tuple[Line, ...]
    not_shared: tuple[Hashable, ...]

    @property
    def comparable(self) -> list[Line]:
        return [line for line in self.lines if line.is_comparable]

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if line.differs]

    @property
    def large(self) -> list[Line]:
        return [line for line in self.lines if line.is_large]


def compare(columns: Sequence[Mapping[Key, Item]], *, order: Iterable[Key] | None = None) -> Comparison:
    """Put the items of each assessment beside each other, on the keys that all of them know.

    `order` says which lines to show and in which order; without it they come as the last column has them.
    """
    if not columns:
        return Comparison((), ())
    known: dict[Key, None] = {key: None for column in reversed(columns) for key in column}
    shared = {key for key in known if all(key in column for column in columns)}
    wanted = list(known if order is None else order)
    lines = tuple(Line(key, tuple(column.get(key) for column in columns)) for key in wanted if key in shared)
    return Comparison(lines, tuple(key for key in known if key not in shared))
