"""Quality and cost of supply (domain.md §4.6). Pure functions; an unknown rate is None, never 0 or 100 %."""

from collections.abc import Iterable
from decimal import Decimal


def reject_ppm(rejected: int, delivered: int) -> Decimal | None:
    """Return rejects per million pieces, unrounded; None when nothing was delivered.

    Counts what the customer rejected; rework at the customer is a reject.
    """
    return Decimal(rejected) * 1_000_000 / delivered if delivered else None


def fill_rate(delivered: int, due: int) -> Decimal | None:
    """Return the share of the due quantity that was delivered, at most 1; None when nothing was due."""
    return min(Decimal(delivered) / due, Decimal(1)) if due else None


def price_gap(rows: Iterable[tuple[int, int | Decimal, int | Decimal]]) -> Decimal | None:
    """Return how far the paid price lies from the agreed one, weighted by quantity: 0.02 is 2 % dearer.

    Each row: quantity, unit price of the order, reference price of the agreement, in Rupiah. None without rows.
    """
    ordered = agreed = Decimal(0)
    for quantity, price, reference in rows:
        ordered += quantity * Decimal(price)
        agreed += quantity * Decimal(reference)
    return ordered / agreed - 1 if agreed else None
