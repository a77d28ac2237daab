"""Days for tests to plan on, and an iCalendar file read as a calendar does (RFC 5545 §3.1 and §3.3.11)."""

import re
from datetime import UTC, date, datetime, timedelta

LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=[^;:]*)*):(.*)", re.DOTALL)
SIGNS = {"n": "\n", "N": "\n"}


def working_monday(today: date) -> date:
    """Return the next Monday that begins four weeks without any holiday: one early in September."""
    for year in (today.year, today.year + 1):
        first = date(year, 9, 1)
        monday = first + timedelta(days=-first.weekday() % 7)
        if monday > today:
            break
    return monday


def events(content: bytes) -> dict[str, dict[str, str]]:
    """Return the values of each VEVENT by its UID; raises AssertionError for what a calendar would refuse."""
    text = content.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    found, path, event = {}, [], {}
    for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1]:
        name, _parameters, value = LINE.fullmatch(line).groups()
        if name == "BEGIN":
            path.append(value)
            event = {}
        elif name == "END":
            assert path.pop() == value
            if value == "VEVENT":
                assert event["UID"] not in found
                found[event["UID"]] = event
        else:
            assert name not in event or path == ["VCALENDAR"]
            event[name] = re.sub(r"\\(.)", lambda match: SIGNS.get(match[1], match[1]), value)
    assert path == []
    return found


def moment(value: str) -> datetime:
    """Return a UTC time as it stands in a calendar."""
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
