"""How far two people agree who scored the same items (features D6). Pure: no database.

Weighted kappa, quadratic weights: 1 - sum(w x observed) / sum(w x expected), w = (difference / top)². 1 is full
agreement, 0 what chance would give with the same habits, below 0 less than chance. It is unknown with fewer than
two items, and where both gave one and the same score throughout: then nothing could have differed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

TOP = 4
Pair = tuple[int | None, int | None]  # first, second; None is "not applicable"


@dataclass(frozen=True)
class Agreement:
    """Counts of items; `mixed` are those of which only one of the two said that they do not apply."""

    items: int
    equal: int
    near: int  # equal or one level apart
    far: int  # two levels or more apart
    mixed: int
    kappa: Decimal | None


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """Return how often two people agree; items both call not applicable say nothing about levels and are left out."""
    pairs = [pair for pair in pairs if pair != (None, None)]
    rated = [(a, b) for a, b in pairs if a is not None and b is not None]
    gaps = [abs(a - b) for a, b in rated]
    return Agreement(
        items=len(pairs),
        equal=gaps.count(0),
        near=sum(gap <= 1 for gap in gaps),
        far=sum(gap > 1 for gap in gaps),
        mixed=len(pairs) - len(rated),
        kappa=weighted_kappa(rated),
    )


def weighted_kappa(rated: list[tuple[int, int]]) -> Decimal | None:
    """Return quadratic-weighted kappa, exact and then to two places; None where it is not defined."""
    n = len(rated)
    if n < 2:
        return None
    first, second = Counter(a for a, _b in rated), Counter(b for _a, b in rated)
    observed = sum(Fraction((a - b) ** 2, n) for a, b in rated)
    expected = sum(
        Fraction(first[a] * second[b] * (a - b) ** 2, n * n) for a in range(TOP + 1) for b in range(TOP + 1)
    )
    if expected == 0:
        return None
    kappa = 1 - observed / expected
    return (Decimal(kappa.numerator) / Decimal(kappa.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
