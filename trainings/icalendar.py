"""Sessions as an iCalendar feed (RFC 5545), which every phone's calendar can follow. Pure functions.

Times are written in UTC, so each calendar shows them on its owner's clock; the place's own clock stands in the
text. A moved session keeps its UID and raises its SEQUENCE, so that calendars move it instead of adding one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

LINE_OCTETS = 75  # RFC 5545 §3.1
PRODUCT = "-//IKM Closed Loop//Portal//ID"


@dataclass(frozen=True)
class Entry:
    """One session as a calendar shows it; `sequence` only ever grows."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int
    title: str
    place: str
    text: str
    url: str
    is_cancelled: bool = False
    is_tentative: bool = False


def feed(name: str, entries: Iterable[Entry]) -> str:
    """Return the whole calendar, lines ended by CRLF and folded at 75 octets."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for entry in entries:
        lines += event(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def event(entry: Entry) -> list[str]:
    """Return the lines of one session, not folded yet."""
    status = "CANCELLED" if entry.is_cancelled else "TENTATIVE" if entry.is_tentative else "CONFIRMED"
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{stamp(entry.changed_at)}",
        f"LAST-MODIFIED:{stamp(entry.changed_at)}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTART:{stamp(entry.starts_at)}",
        f"DTEND:{stamp(entry.ends_at)}",
        f"SUMMARY:{escaped(entry.title)}",
        f"LOCATION:{escaped(entry.place)}",
        f"DESCRIPTION:{escaped(entry.text)}",
        f"URL:{entry.url}",
        f"STATUS:{status}",
        "END:VEVENT",
    ]


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """Return TEXT as RFC 5545 §3.3.11 wants it; control characters cannot end a line early."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(sign for sign in text if sign >= " " and sign != "\x7f")


def folded(line: str) -> list[str]:
    """Return the line in pieces of at most 75 octets; a character is never cut in two."""
    pieces, piece, octets = [], "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > LINE_OCTETS:
            pieces.append(piece)
            piece, octets = " ", 1
        piece += sign
        octets += size
    return [*pieces, piece]
