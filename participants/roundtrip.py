"""A sheet the portal gave out and somebody sends back: who changed which cell meanwhile.

Pure functions over the texts of cells, no ORM. A hidden cell of each row keeps what the others held when it was
given out, so that three states can be compared: then, now in the portal, and now in the sheet.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from closedloop.core.identifiers import cell_text
from participants.export_columns import CODE, TRACE, VERSION, places
from participants.naming import clean


class Move(StrEnum):
    """What happened to one cell since the sheet was given out."""

    UNTOUCHED = auto()
    MINE = auto()
    THEIRS = auto()
    CLASH = auto()


@dataclass(frozen=True)
class Trace:
    """What a row held when it was given out; of the `masked` ones only the last digits were shown."""

    code: str
    version: int
    cells: Mapping[str, str]
    masked: frozenset[str]


def is_returned(headers: Sequence[str]) -> bool:
    """Whether these are the headers of a sheet the portal gave out, perhaps moved about."""
    return {CODE, VERSION, TRACE} <= places(tuple(headers)).keys()


def told(cell: object) -> str:
    """Return what a person reads in a cell: 12 and 12.0 and " 12" are the same, and nothing is empty."""
    if isinstance(cell, date):  # a day comes back from Excel as its midnight
        return f"{cell:%Y-%m-%d}"
    return clean(cell_text(cell))


def trace_of(code: str, version: int, cells: Mapping[str, object], masked: Sequence[str] = ()) -> str:
    """Return the text of the hidden cell."""
    held = {key: told(cell) for key, cell in cells.items() if told(cell)}
    content = {"kode": code, "versi": version, "isi": held, "samar": sorted(masked)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def read_trace(text: object) -> Trace | None:
    """Return what the hidden cell keeps, or None where it was lost or damaged."""
    try:
        content = json.loads(str(text))
        cells = {str(key): str(value) for key, value in content["isi"].items()}
        return Trace(
            code=str(content["kode"]),
            version=int(content["versi"]),
            cells=cells,
            masked=frozenset(map(str, content["samar"])),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def moved(mine: object, then: object, theirs: object) -> Move:
    """Return what happened to a cell that held `then`, now `theirs` in the portal and `mine` in the sheet.

    Both having written the same is no clash: there is nothing left to do.
    """
    mine, then, theirs = told(mine), told(then), told(theirs)
    if mine == then:
        return Move.UNTOUCHED if theirs == then else Move.THEIRS
    if mine == theirs:
        return Move.UNTOUCHED
    return Move.MINE if theirs == then else Move.CLASH
