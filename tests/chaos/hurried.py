"""The portal's worker and sweeper with waits of seconds where production has half a minute; nothing else differs.

`celery -A tests.chaos.hurried worker`, `python -m tests.chaos.hurried` for the sweeper.
"""

from datetime import timedelta

import django

from closedloop.celery import app

django.setup()

from django.core.management import call_command  # noqa: E402

from closedloop.reports import dispatch, limits, work  # noqa: E402
from closedloop.reports.management.commands import sweep  # noqa: E402

__all__ = ["app"]

for kind in limits.LEASES:
    limits.LEASES[kind] = 8
work.FIRST_WAIT = 1
dispatch.SAY_AGAIN_AFTER = timedelta(seconds=3)
sweep.EVERY = 1

if __name__ == "__main__":
    call_command("sweep")
