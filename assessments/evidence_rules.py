"""What backs a score, and for how long it speaks (features D2, domain.md §2.2 and §4.1). Pure: no database.

A piece of evidence with an expiry day counts until that day, whatever its age: a calibration certificate says
itself how long it holds. Everything else counts up to an age that the rubric sets for its kind, in days before
the visit; what was made on the day or later has the age 0. A kind the rubric does not name may be of any age.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

NOTE_LENGTH = 20  # letters from which a remark on an item tells what was seen, and so is a visit note


@dataclass(frozen=True)
class Shortcoming:
    """Why a piece of evidence does not count: days past its expiry (no limit), or its age and the limit."""

    days: int
    limit: int | None = None

    @property
    def is_expired(self) -> bool:
        return self.limit is None


def age_in_days(made_on: date, visited_on: date) -> int:
    """Return how many days before the visit something was made, 0 for the day itself and later."""
    return max((visited_on - made_on).days, 0)


def shortcoming(
    kind: str,
    *,
    made_on: date,
    visited_on: date,
    valid_until: date | None = None,
    limits: Mapping[str, int] | None = None,
) -> Shortcoming | None:
    """Return why this evidence does not count for a visit of that day; None when it does."""
    if valid_until is not None:
        late = (visited_on - valid_until).days
        return Shortcoming(late) if late > 0 else None
    limit = (limits or {}).get(kind)
    age = age_in_days(made_on, visited_on)
    return Shortcoming(age, limit) if limit is not None and age > limit else None


def is_visit_note(text: str) -> bool:
    """Whether a remark on an item is long enough to say what was seen."""
    return len(text.strip()) >= NOTE_LENGTH


def evidence_is_required(value: int | None, evidence_scores: Collection[int]) -> bool:
    """Whether a score needs a photo, a document, a measurement or a visit note."""
    return value is not None and value in evidence_scores
