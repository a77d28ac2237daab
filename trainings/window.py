"""When a mark may be made. Every moment compared here comes from the server's own clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Phase(StrEnum):
    """Where a moment lies, seen from a session's window."""

    EARLY = "early"
    OPEN = "open"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True)
class Window:
    """Owners check in from `opens_at`, are late from `late_from`, and can no more from `closes_at` on.

    Each boundary belongs to what begins at it.
    """

    opens_at: datetime
    late_from: datetime
    closes_at: datetime

    @classmethod
    def around(
        cls,
        starts_at: datetime,
        ends_at: datetime,
        *,
        opens_before: int,
        late_after: int,
        closes_after: int = 0,
    ) -> "Window":
        """Return the window of a session; `opens_before` and `late_after` are minutes from its start.

        The window shuts `closes_after` minutes past the session's end; after that only staff and the trainer
        mark, on the roster.
        """
        return cls(
            opens_at=starts_at - timedelta(minutes=opens_before),
            late_from=min(starts_at + timedelta(minutes=late_after), ends_at),
            closes_at=ends_at + timedelta(minutes=closes_after),
        )

    def phase(self, moment: datetime) -> Phase:
        """Return where the moment lies."""
        if moment < self.opens_at:
            return Phase.EARLY
        if moment < self.late_from:
            return Phase.OPEN
        if moment < self.closes_at:
            return Phase.LATE
        return Phase.OVER
