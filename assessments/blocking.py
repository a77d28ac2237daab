"""What an open critical finding blocks, and from which day (domain.md §3.2 and §5.3). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from assessments.class_rules import Rule


@dataclass(frozen=True)
class Block:
    """One thing that the finding blocks from a day on; level 0 is supply clearance."""

    level: int
    since: date
    is_now: bool


SUPPLY = 0


def blocks(found_on: date, rules: Iterable[Rule], today: date) -> list[Block]:
    """Return what one open critical finding blocks or will block, the earliest first.

    Supply at once. A class whose rule has a `max_age_days` only once the finding is older than that, as
    class_rules counts it; a class that allows some open ones is not blocked by a single one.
    """
    days = {SUPPLY: found_on}
    for rule in rules:
        if rule.measure == "critical_findings" and not rule.threshold:
            since = found_on
            if rule.max_age_days is not None:
                since += timedelta(days=rule.max_age_days + 1)
            days[rule.level] = since
    found = [Block(level, since, since <= today) for level, since in days.items()]
    return sorted(found, key=lambda one: (one.since, one.level))
