"""On which days an IKM belongs to its cohort's roster: from joining to leaving, without its leaves.

Pure functions over (day, new status), the moves of one enrolment. A span holds its first day and not its last:
from the day on which somebody leaves, pauses or graduates nothing is expected of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

ON_ROSTER = ("registered", "active")


@dataclass(frozen=True)
class Presence:
    """The spans of one enrolment; `until` is None in a span that goes on."""

    spans: tuple[tuple[date, date | None], ...] = ()

    def covers(self, day: date) -> bool:
        """Whether the IKM is on the roster on that day."""
        return any(since <= day and (until is None or day < until) for since, until in self.spans)


def presence_of(moves: Iterable[tuple[date, str]]) -> Presence:
    """Return the presence that these moves make, given in the order in which they happened.

    A day on which somebody joins and leaves counts for nothing.
    """
    spans: list[tuple[date, date | None]] = []
    since: date | None = None
    for day, status in moves:
        if status in ON_ROSTER:
            since = since or day
        elif since:
            if day > since:
                spans.append((since, day))
            since = None
    if since:
        spans.append((since, None))
    return Presence(tuple(spans))
