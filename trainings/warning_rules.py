"""When somebody should call an IKM: two sessions missed in a row, or less attendance than a module needs.

Pure functions over what progress.py and warned.py read. Each warning carries the facts that fired it, and a key
that changes with them, so that a warning somebody dealt with comes back only when something new happened.
Source: features.md C12; the number of misses is a default (*contoh*).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from trainings.counting import exact

MISSES_IN_A_ROW = 2


class Rule(StrEnum):
    """What fired."""

    MISSED_IN_A_ROW = "missed_in_a_row"
    BELOW_SHARE = "below_share"


@dataclass(frozen=True)
class Held:
    """One closed session an IKM was expected at, or came to."""

    code: str
    title: str
    day: date
    was_present: bool
    was_excused: bool = False


def missed_in_a_row(sessions: Iterable[Held]) -> tuple[Held, ...]:
    """Return the latest sessions missed without excuse, if there are enough of them in a row; else nothing.

    The sessions are given in the order in which they were held. An excused one neither breaks the row nor
    makes it longer; being present once ends it.
    """
    row: list[Held] = []
    for session in sessions:
        if session.was_present:
            row = []
        elif not session.was_excused:
            row.append(session)
    return tuple(row) if len(row) >= MISSES_IN_A_ROW else ()


def row_key(missed: tuple[Held, ...]) -> str:
    """The key of a row of misses: it changes with the next one."""
    return f"{missed[-1].code}:{len(missed)}"


def share_key(module_code: str, jp_present: Decimal | int, jp_held: int) -> str:
    """The key of a share that is too low: it changes with the next session held."""
    return f"{module_code}:{exact(jp_present)}/{jp_held}"
