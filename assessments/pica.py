"""What a finding must say and show before it is closed (domain.md §2.2 and §3.2). Pure.

The number of whys a critical finding needs, and the days after which a mending is looked at again, are defaults.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

MOST_WHYS, LEAST_WHYS = 5, 2
WHY_LENGTH = 200
CHECK_AFTER_DAYS = 30
PAIRED = frozenset({"5R"})  # dimensions whose findings are closed by two photos from the same angle


def answered(texts: Iterable[str]) -> list[str]:
    """Return the answers in their order, without the empty ones behind the last."""
    found = [" ".join(text.split()) for text in texts]
    while found and not found[-1]:
        found.pop()
    return found


def gaps(whys: Sequence[str]) -> list[int]:
    """Return the places (from 0) left empty before a later answer: a why asks about the answer above it."""
    return [place for place, text in enumerate(answered(whys)) if not text]


def lacking_cause(*, is_critical: bool, whys: Sequence[str], root_cause: str) -> list[str]:
    """Return what still has to be written before closing: "whys", "root_cause"; only critical ones ask for it."""
    if not is_critical:
        return []
    lacking = ["whys"] if len(answered(whys)) < LEAST_WHYS else []
    return lacking if root_cause.strip() else [*lacking, "root_cause"]


def needs_before(*, is_critical: bool, dimension: str) -> bool:
    """Whether proposing to close asks for the photo of before too, and not only for that of after."""
    return is_critical or dimension in PAIRED


def check_day(closed_on: date) -> date:
    """Return the day on which a mending is looked at again, unless whoever closes says another."""
    return closed_on + timedelta(days=CHECK_AFTER_DAYS)
