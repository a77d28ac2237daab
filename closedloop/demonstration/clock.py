"""Let the portal believe that it is another moment, so that what is played has believable dates."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone

TICK = timedelta(milliseconds=1)


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Within this block `timezone.now()` is `moment`, one millisecond later each time it is asked.

    All code of the portal asks django.utils.timezone for the time, so records, their audit events and their
    deadlines agree; the ticks keep the order in which things were done. Not safe in threads: for a command only.
    """
    real, ticks = timezone.now, 0

    def now() -> datetime:
        nonlocal ticks
        ticks += 1
        return moment + ticks * TICK

    timezone.now = now
    try:
        yield
    finally:
        timezone.now = real
