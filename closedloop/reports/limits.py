"""How long a report of each kind may take, and on which queue it waits."""

from closedloop.reports.models import Kind

QUICK, LARGE = "reports", "bulk"

# seconds before the worker is told to stop, and before it is killed
SOFT_LIMITS = {
    Kind.ENTERPRISE: 20,
    Kind.AGREEMENT: 20,
    Kind.COHORT: 240,
    Kind.PROGRAMME: 240,
    Kind.MINUTES: 20,
}
HARD_LIMITS = {
    Kind.ENTERPRISE: 30,
    Kind.AGREEMENT: 30,
    Kind.COHORT: 300,
    Kind.PROGRAMME: 300,
    Kind.MINUTES: 30,
}
LEASES = {kind.value: limit + 10 for kind, limit in HARD_LIMITS.items()}

# from this start on a report waits among the large ones, so that a killer takes no quick ones along
SUSPECT_AFTER = 2


def queue_of(kind: str, starts: int) -> str:
    """Return the queue for the next start of a report."""
    return LARGE if starts >= SUSPECT_AFTER or kind in {Kind.COHORT, Kind.PROGRAMME} else QUICK
