"""Quality, cost and delivery from quantities (domain.md §4.6).

Ratios are exact Decimals between 0 and 1, ppm a Decimal; each is None where nothing was due, delivered or
promised: unknown is not zero.
"""

from decimal import Decimal

MILLION = Decimal(1_000_000)


def ratio(part: int | Decimal | None, whole: int | Decimal | None) -> Decimal | None:
    """Return part / whole, or None when either is unknown or the whole is 0."""
    if part is None or not whole:
        return None
    return Decimal(part) / Decimal(whole)


def ppm(rejected: int, delivered: int) -> Decimal | None:
    """Return customer rejects per million pieces delivered; None when nothing was delivered."""
    return ratio(rejected * MILLION, delivered)


def on_time_rate(on_time: int, due: int) -> Decimal | None:
    """Return the share, 0 to 1, of what was due that arrived on time and in full; None when none was due."""
    return ratio(on_time, due)


def fill_rate(delivered: int, ordered_due: int) -> Decimal | None:
    """Return delivered over ordered and due, capped at 1; None when nothing was due."""
    share = ratio(delivered, ordered_due)
    return None if share is None else min(share, Decimal(1))


def realisation_rate(accepted_value: Decimal | None, promised_value: Decimal | None) -> Decimal | None:
    """Return value received and accepted over value promised, not capped; None without a promise."""
    return ratio(accepted_value, promised_value)
