"""Cost of supply: what was paid against what was agreed. Pure; ppm and rates stand in `assessments.qcd`."""

from collections.abc import Iterable
from decimal import Decimal


def price_gap(rows: Iterable[tuple[int, int | Decimal, int | Decimal]]) -> Decimal | None:
    """Return how far the price of orders lies from the agreed one, weighted by quantity: 0.02 is 2 % dearer.

    Each row: quantity, unit price of the order, reference price of the agreement, in Rupiah. None without rows.
    """
    ordered = agreed = Decimal(0)
    for quantity, price, reference in rows:
        ordered += quantity * Decimal(price)
        agreed += quantity * Decimal(reference)
    return ordered / agreed - 1 if agreed else None
