"""Workers in which two reports are poison: one kills the process that makes it, one takes memory without end."""

import os
import signal

import django

from closedloop.celery import app

django.setup()

from closedloop.reports import pdf  # noqa: E402, TID253 a worker imports it before it forks
from tests.chaos import GLUTTON, KILLER, hurried  # noqa: E402, F401 its waits are these too

__all__ = ["app"]

APPETITE = 2 * 2**30  # bytes
healthy = pdf.render


def render(snapshot: dict):
    """Render as the portal does, after what the subject's name asks for."""
    if snapshot["heading"].endswith(KILLER):
        os.kill(os.getpid(), signal.SIGKILL)
    if snapshot["heading"].endswith(GLUTTON):
        taken = [b"x" * 2**20 for _ in range(APPETITE // 2**20)]
        assert taken
    return healthy(snapshot)


pdf.render = render
