"""What a trainer types off a paper list: "semua hadir kecuali 3, 7, 12 (izin)". Pure; rows are numbers and names.

A status in or without brackets behind a row is that row's ("12 (izin)", "3-5 sakit"); in front of rows it is that of
all that follow ("izin: 3, 7"). A row without any is absent. Rows are named by number, range, or a part of a name.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum, auto

ABSENT = "absent"
WORDS = {
    "hadir": "present",
    "present": "present",
    "terlambat": "late",
    "telat": "late",
    "late": "late",
    "izin": "excused",
    "ijin": "excused",
    "excused": "excused",
    "sakit": "sick",
    "sick": "sick",
    "alpa": ABSENT,
    "alfa": ABSENT,
    "absen": ABSENT,
    "tanpa keterangan": ABSENT,
    "tidak hadir": ABSENT,
    "absent": ABSENT,
}
_STATUS = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
_OPENING = re.compile(
    r"^\s*(?:semua(?:nya)?\s+hadir|hadir\s+semua|all\s+present)?[\s.,;:]*(?:kecuali|except)?[\s:]*", re.I
)
_BETWEEN = re.compile(r"[,;\n]+|\s+(?:dan|and|&)\s+", re.I)
_FRONT = re.compile(rf"^({_STATUS})\b\s*:?\s*(?=\S)", re.I)
_BEHIND = re.compile(rf"[\s(:=-]*\b({_STATUS})\b\s*\)?$", re.I)
_NUMBERS = re.compile(r"^(?:no\.?\s*)?\d+(?:\s*(?:-|–|s\.?d\.?|sampai|\s)\s*\d+)*$", re.I)
_RANGE = re.compile(r"(\d+)\s*(?:-|–|s\.?d\.?|sampai)\s*(\d+)|(\d+)", re.I)
LONGEST_RANGE = 500


class Fault(StrEnum):
    """Why an item could not be read."""

    NO_SUCH_ROW = auto()
    NO_SUCH_NAME = auto()
    SEVERAL_NAMES = auto()
    TWO_STATUSES = auto()


@dataclass(frozen=True)
class Problem:
    """An item that could not be read; `names` are the rows it could mean."""

    fault: Fault
    item: str
    names: tuple[str, ...] = ()


@dataclass
class Reading:
    """{row number: status} of the exceptions, and what could not be read."""

    exceptions: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(text: str, names: list[tuple[str, str]]) -> Reading:
    """Return the exceptions in the text; `names` are IKM and person of the rows, numbered from 1."""
    reading, running = Reading(), ABSENT
    for item in _BETWEEN.split(_OPENING.sub("", text, count=1)):
        item = item.strip(" .")
        if front := _FRONT.match(item):
            running = WORDS[front[1].casefold()]
            item = item[front.end() :]
        behind = _BEHIND.search(item)
        who = item[: behind.start()].strip() if behind else item
        if not who:
            continue
        status = WORDS[behind[1].casefold()] if behind else running
        for number in _rows(who, names, reading.problems):
            if reading.exceptions.setdefault(number, status) != status:
                reading.problems.append(Problem(Fault.TWO_STATUSES, str(number)))
    return reading


def _rows(who: str, names: list[tuple[str, str]], problems: list[Problem]) -> list[int]:
    """Return the rows that an item means; what is wrong with it joins the problems."""
    if not _NUMBERS.match(who):
        return _named(who, names, problems)
    numbers: list[int] = []
    for first, last, alone in _RANGE.findall(who):
        low, high = (int(alone), int(alone)) if alone else sorted((int(first), int(last)))
        numbers += range(low, min(high, low + LONGEST_RANGE) + 1)
    wrong = [number for number in numbers if not 1 <= number <= len(names)]
    problems += [Problem(Fault.NO_SUCH_ROW, str(number)) for number in wrong[:1]]
    return [number for number in numbers if number not in wrong]


def _named(who: str, names: list[tuple[str, str]], problems: list[Problem]) -> list[int]:
    wanted = who.casefold()
    rows = [(number, *pair) for number, pair in enumerate(names, 1)]
    found = [row for row in rows if wanted in (row[1].casefold(), row[2].casefold())]
    found = found or [row for row in rows if wanted in row[1].casefold() or wanted in row[2].casefold()]
    if len(found) == 1:
        return [found[0][0]]
    fault = Fault.SEVERAL_NAMES if found else Fault.NO_SUCH_NAME
    problems.append(Problem(fault, who, tuple(f"{row[0]}. {row[1]}" for row in found[:3])))
    return []
