"""The mark of a test, and which of several marks counts. Pure."""

from collections.abc import Iterable
from decimal import Decimal


def mark_of(right: int, asked: int) -> Decimal:
    """Return the mark 0–100 of `right` answers of `asked`, to two decimals; ValueError where that is impossible."""
    if not 0 <= right <= asked or asked == 0:
        raise ValueError(f"{right} of {asked} right")
    return (Decimal(100 * right) / asked).quantize(Decimal("0.01"))


def counted(marks: Iterable[Decimal]) -> Decimal | None:
    """Return the mark that counts for an IKM: the best of its people and of their tries; None without any."""
    return max(marks, default=None)
