"""How two versions of the selection differ. Pure functions over what is stored, no ORM."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from closedloop.core import revisions

TERMS = ("tolerance", "answer_days", "retention_days")
WORDS = ("text", "text_en", "anchors", "anchors_en")


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    WEIGHT = "weight"
    WORDS = "words"
    TERM = "term"


@dataclass(frozen=True)
class Difference:
    """What became of one criterion, named by its text, or of one term, named by its field."""

    kind: Kind
    subject: str
    old: int | None = None
    new: int | None = None


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Return what differs between two versions, {"criteria": rows} with the TERMS; nothing for equal ones.

    A criterion is the same one where its code is. Where it stands does not matter to who judges by it.
    """
    before = {row["code"]: row for row in old["criteria"]}
    after = {row["code"]: row for row in new["criteria"]}
    found = [Difference(Kind.REMOVED, row["text"]) for code, row in before.items() if code not in after]
    for code, row in after.items():
        if code not in before:
            found.append(Difference(Kind.ADDED, row["text"], new=row["weight"]))
            continue
        was = before[code]
        if was["weight"] != row["weight"]:
            found.append(Difference(Kind.WEIGHT, row["text"], was["weight"], row["weight"]))
        if any((was.get(name) or None) != (row.get(name) or None) for name in WORDS):
            found.append(Difference(Kind.WORDS, row["text"]))
    found += [Difference(Kind.TERM, name, old[name], new[name]) for name in TERMS if old[name] != new[name]]
    return found


def digest(version: Mapping[str, Any]) -> str:
    """Return a mark of a version, by which a page tells whether it is still the one it showed."""
    rows = [sorted(row.items()) for row in version["criteria"]]
    return revisions.digest(rows, [version[name] for name in TERMS])
