"""How long a report of each kind may take, and on which queue it waits."""

from closedloop.core.queues import LARGE, QUICK
from closedloop.reports.models import Kind

# the kinds whose length follows from how many IKM there are, or that carry photos
MANY = {Kind.COHORT, Kind.PROGRAMME}
PICTURES = {Kind.AUDIT}

# seconds before the worker is told to stop, and before it is killed
SOFT_LIMITS = {kind: 240 if kind in MANY else 60 if kind in PICTURES else 20 for kind in Kind}
HARD_LIMITS = {kind: 300 if kind in MANY else 80 if kind in PICTURES else 30 for kind in Kind}
LEASES = {kind.value: limit + 10 for kind, limit in HARD_LIMITS.items()}

# from this start on a report waits among the large ones, so that a killer takes no quick ones along
SUSPECT_AFTER = 2


def queue_of(kind: str, starts: int) -> str:
    """Return the queue for the next start of a report."""
    return LARGE if starts >= SUSPECT_AFTER or kind in MANY else QUICK
