"""What a set of figures asks, line by line, and how two versions of it differ. Pure functions, no ORM."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from closedloop.core import revisions


@dataclass(frozen=True)
class Line:
    """One figure of a set: its code, how often it is asked, about which time, and whether a range will do."""

    code: str
    frequency: str
    about: str
    allows_range: bool = False


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Difference:
    """What became of one figure; a figure that only moved stands in another place than it did."""

    kind: Kind
    code: str
    old: Line | None = None
    new: Line | None = None


def differences(old: Sequence[Line], new: Sequence[Line]) -> list[Difference]:
    """Return what is gone, what is new, what is asked otherwise, and what only moved; nothing for equal sets.

    A figure has moved when it stands in another order among those that both versions ask.
    """
    before, after = {line.code: line for line in old}, {line.code: line for line in new}
    found = [Difference(Kind.REMOVED, code, old=line) for code, line in before.items() if code not in after]
    found += [Difference(Kind.ADDED, code, new=line) for code, line in after.items() if code not in before]
    kept_before = [code for code in before if code in after]
    kept_after = [code for code in after if code in before]
    for place, code in enumerate(kept_after):
        if before[code] != after[code]:
            found.append(Difference(Kind.CHANGED, code, before[code], after[code]))
        elif kept_before[place] != code:
            found.append(Difference(Kind.MOVED, code, before[code], after[code]))
    return found


def digest(lines: Sequence[Line]) -> str:
    """Return a mark of these lines, by which a page tells whether they are still the ones it showed."""
    return revisions.digest(*lines)
