"""Waiting for what another process or a browser does by itself."""

import time
from collections.abc import Callable

from django.db import connection


def wait_for(what: Callable[[], bool], seconds: float = 15) -> None:
    """Return as soon as it is so; fails where it is not so in time."""
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.1)
    assert what(), f"{getattr(what, '__name__', 'it')} did not happen in {seconds} s"


def nobody_else_writes() -> bool:
    """Whether no other connection is in the middle of something: before tables are emptied, all must be answered."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        return cursor.fetchone() is None
