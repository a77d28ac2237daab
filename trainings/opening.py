"""When the tests of a module can be answered. Pure.

The test before the module opens with the check-in of its first session. It ends when the test after the module
opens: once a session was closed and none of the module's sessions is still to come. The server's clock decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Opening(StrEnum):
    """Whether a test can be answered now."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True)
class Held:
    """What matters of one session: when its check-in opens, and whether it is closed."""

    opens_at: datetime
    is_closed: bool


def opening_before(sessions: Sequence[Held], now: datetime) -> Opening:
    """Whether the test before the module is open; make-up, draft and cancelled sessions are left out by the caller."""
    if opening_after(sessions) == Opening.OPEN:
        return Opening.OVER
    return Opening.OPEN if any(session.opens_at <= now for session in sessions) else Opening.EARLY


def opening_after(sessions: Sequence[Held]) -> Opening:
    """Whether the test after the module is open."""
    return Opening.OPEN if sessions and all(session.is_closed for session in sessions) else Opening.EARLY
