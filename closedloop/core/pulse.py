"""A process that is busy for minutes still says that it lives."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import Error, connection

from closedloop.core.models import Heartbeat

logger = logging.getLogger(__name__)

EVERY = 20  # seconds; /readyz names a process after 60 without a sign


@contextmanager
def beating(name: str) -> Iterator[None]:
    """Say that `name` lives, now and every 20 s while the block lasts.

    A large report keeps its worker from answering the sweeper's question for minutes: that one works, and is not
    silent. A thread says it, so a worker that is stopped stops saying it.
    """
    Heartbeat.beat(name)
    over = Event()
    Thread(target=_beat_until, args=[over, name], daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _beat_until(over: Event, name: str) -> None:
    try:
        while not over.wait(EVERY):
            try:
                Heartbeat.beat(name)
            except Error as error:  # the database is away; the work itself will notice
                logger.warning("no sign of %s: %s", name, error)
                connection.close()
    finally:
        connection.close()  # the thread's own
