"""The queues of background work, and the name under which each process says that it lives.

Each queue has workers of its own (Procfile, docker-compose.yml), so that a long report, an import or a suspect
never stands before somebody's one page.
"""

QUICK = "reports"  # papers about one IKM or agreement: seconds
LARGE = "bulk"  # whole cohorts, imports, what beat starts: minutes, one at a time
QUEUES = (QUICK, LARGE)

SWEEPER = "sweeper"


def worker_of(queue: str) -> str:
    """Return the name of the heartbeat of whoever serves a queue."""
    return f"worker:{queue}"


# whoever of these is silent is named by /readyz; names that only older versions used are not missed
PROCESSES = (SWEEPER, *(worker_of(queue) for queue in QUEUES))
