"""How applications are scored, compared and ranked. Pure functions, no ORM.

Two reviewers score each criterion 0 to 4 without knowing of each other. A total is 0 to 100: the weights of a
form add up to 100, and a criterion gives its weight times its score over 4. Where the two do not agree, or
the quota ends between equals, the lead decides and says why (features.md A7).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

HIGHEST = 4
WHOLE = 100
REVIEWERS = 2


class Advice(StrEnum):
    """What a reviewer recommends."""

    ACCEPT = "accept"
    REJECT = "reject"


class Dispute(StrEnum):
    """Why the lead must break the tie, with a reason."""

    RECOMMENDATIONS = "recommendations"
    SCORES = "scores"
    BORDER = "border"


@dataclass(frozen=True)
class Criterion:
    """One question of a form; `anchors` say in words what the scores 0, 1, 2, 3 and 4 mean."""

    code: str
    text: str
    weight: int
    anchors: tuple[str, ...]

    @property
    def choices(self) -> list[tuple[int, str]]:
        """(score, what it means), lowest first."""
        return list(enumerate(self.anchors))


@dataclass(frozen=True)
class Opinion:
    """One filed review: its total of 100 and what it recommends."""

    total: Decimal
    advice: Advice


@dataclass(frozen=True)
class Candidate:
    """An application that both reviewers have filed; `sent` breaks no tie, it only keeps the order steady."""

    key: Hashable
    average: Decimal
    sent: Any


@dataclass(frozen=True)
class Place:
    """A candidate on the ranked list. Equals share a rank; `on_border` when the quota ends between equals."""

    key: Hashable
    rank: int
    average: Decimal
    inside: bool
    on_border: bool


def read_criteria(rows: Sequence[Mapping[str, Any]], language: str = "id") -> tuple[Criterion, ...]:
    """Return the criteria as stored; texts in the language where they have one, else in Indonesian.

    Raises ValueError unless codes differ, every weight is positive, the weights add up to 100 and each
    criterion has an anchor for each score from 0 to 4.
    """
    criteria = tuple(
        Criterion(
            code=row["code"],
            text=row.get(f"text_{language}") or row["text"],
            weight=row["weight"],
            anchors=tuple(row.get(f"anchors_{language}") or row["anchors"]),
        )
        for row in rows
    )
    if len({criterion.code for criterion in criteria}) != len(criteria):
        raise ValueError("two criteria share a code")
    if any(criterion.weight <= 0 for criterion in criteria):
        raise ValueError("a weight is not positive")
    if sum(criterion.weight for criterion in criteria) != WHOLE:
        raise ValueError("the weights do not add up to 100")
    if any(len(criterion.anchors) != HIGHEST + 1 for criterion in criteria):
        raise ValueError("a criterion needs five anchors")
    return criteria


def total(scores: Mapping[str, int], criteria: Iterable[Criterion]) -> Decimal:
    """Return the total of 0 to 100, unrounded; raises KeyError for a criterion without a score."""
    return sum(
        (Decimal(criterion.weight * scores[criterion.code]) / HIGHEST for criterion in criteria), Decimal(0)
    )


def average(opinions: Sequence[Opinion]) -> Decimal | None:
    """Return the mean of both totals, unrounded; None until both are filed, so that no half shows through."""
    if len(opinions) < REVIEWERS:
        return None
    return sum((opinion.total for opinion in opinions), Decimal(0)) / len(opinions)


def disputes(opinions: Sequence[Opinion], *, tolerance: int, on_border: bool = False) -> list[Dispute]:
    """Return why the two do not settle it: other advice, totals more than `tolerance` points apart, a tie
    where the quota ends. Empty until both are filed.
    """
    if len(opinions) < REVIEWERS:
        return []
    first, second = opinions
    found = []
    if first.advice != second.advice:
        found.append(Dispute.RECOMMENDATIONS)
    if abs(first.total - second.total) > tolerance:
        found.append(Dispute.SCORES)
    if on_border:
        found.append(Dispute.BORDER)
    return found


def agreed(opinions: Sequence[Opinion]) -> Advice | None:
    """Return what both recommend, or None where they differ or are not both filed."""
    advice = {opinion.advice for opinion in opinions}
    return advice.pop() if len(opinions) == REVIEWERS and len(advice) == 1 else None


def shortlist(candidates: Iterable[Candidate], places: int) -> list[Place]:
    """Return the candidates, best average first, with who stands inside the `places` that are left.

    Where the last place inside and the first outside have the same average, all with that average are on
    the border: neither is inside by merit, so the lead chooses.
    """
    ordered = sorted(candidates, key=lambda one: (-one.average, one.sent))
    places = max(places, 0)
    border = None
    if 0 < places < len(ordered) and ordered[places - 1].average == ordered[places].average:
        border = ordered[places].average
    ranks: dict[Decimal, int] = {}
    for number, one in enumerate(ordered, 1):
        ranks.setdefault(one.average, number)
    return [
        Place(
            key=one.key,
            rank=ranks[one.average],
            average=one.average,
            inside=number <= places and one.average != border,
            on_border=one.average == border,
        )
        for number, one in enumerate(ordered, 1)
    ]
