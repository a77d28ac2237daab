"""How much is left to do until a rule about deliveries is kept, and which rule to begin with. Pure.

Amounts suppose that everything from now on goes well: the least that is needed, never a promise.
"""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

MILLION = Decimal(1_000_000)

# what stops everything comes first, then what one afternoon settles, then training, scores, and what takes months
ORDER = (
    "critical_findings",
    "document",
    "criterion",
    "module_passed",
    "dimension",
    "every_area",
    "every_dimension",
    "overall",
    "active_agreement",
    "reject_ppm",
    "on_time",
    "buyers",
    "realisation",
)


def rank(measure: str) -> int:
    """Return the place of a rule in the list of what is left; one that nobody ordered comes last."""
    return ORDER.index(measure) if measure in ORDER else len(ORDER)


def clean_pieces(rejected: int, delivered: int, limit: Decimal) -> int | None:
    """Return how many pieces without a reject bring the rate down to `limit` ppm; None where no number does."""
    if limit <= 0:
        return None if rejected else 0
    wanted = (Decimal(rejected) * MILLION / limit).to_integral_value(ROUND_CEILING)
    return max(int(wanted) - delivered, 0)


def months_to_go(kept: Sequence[bool | None], length: int) -> int:
    """Return how many months in a row must still be kept; `kept` is oldest first, a quiet month breaks no row."""
    row = 0
    for month in reversed(kept):
        if month is False:
            break
        row += month is True
    return max(length - row, 0)


def value_to_go(accepted: Decimal, promised: Decimal, share: Decimal) -> Decimal:
    """Return the value, in whole Rupiah, that must still be accepted for `share` of what was promised."""
    return max((promised * share - accepted).to_integral_value(ROUND_CEILING), Decimal(0))
