"""Legal size of a business under the two laws that define it (domain.md §5.1).

Pure functions over figures of one year. Both answers are shown with the law's name and that year; neither
is the maturity class. A figure nobody knows makes the size unknown, which is not the smallest size.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Amount = int | Decimal

BILLION = 10**9

UMKM_LAW = "PP 7/2021"
INDUSTRY_LAW = "Permenperin 64/M-IND/PER/7/2016"

# the highest amount that still belongs to the size; above the last it is besar
CAPITAL_LIMITS = (1 * BILLION, 5 * BILLION, 10 * BILLION)
SALES_LIMITS = (2 * BILLION, 15 * BILLION, 50 * BILLION)

SMALL_INDUSTRY_WORKERS = 19
SMALL_INDUSTRY_INVESTMENT = 1 * BILLION  # below this; exactly this much is already menengah
MEDIUM_INDUSTRY_INVESTMENT = 15 * BILLION


class Size(TextChoices):
    MICRO = "mikro", _("Mikro")
    SMALL = "kecil", _("Kecil")
    MEDIUM = "menengah", _("Menengah")
    LARGE = "besar", _("Besar")


class Criterion(TextChoices):
    CAPITAL = "capital", _("modal usaha")
    SALES = "sales", _("hasil penjualan tahunan")
    WORKERS = "workers", _("tenaga kerja dan nilai investasi")


@dataclass(frozen=True)
class LegalSize:
    """What one law says, by which criterion, from the figures of which year; `size` None means unknown."""

    law: str
    criterion: Criterion
    size: Size | None
    year: int | None


@dataclass(frozen=True)
class LegalSizes:
    """All three answers side by side; they may differ, and each serves its own purpose."""

    by_capital: LegalSize
    by_sales: LegalSize
    industry: LegalSize


def size_within(amount: Amount, limits: tuple[int, int, int]) -> Size:
    """Return the first size whose limit is not exceeded; the limits themselves are inside."""
    for size, limit in zip((Size.MICRO, Size.SMALL, Size.MEDIUM), limits, strict=True):
        if amount <= limit:
            return size
    return Size.LARGE


def require_not_negative(*figures: Amount | None) -> None:
    if any(figure is not None and figure < 0 for figure in figures):
        raise ValueError("a figure of size is never negative")


def size_by_capital(capital: Amount | None, *, year: int | None) -> LegalSize:
    """PP 7/2021 art. 35 by capital without land and premises: what counts when a business is registered."""
    require_not_negative(capital)
    size = None if capital is None else size_within(capital, CAPITAL_LIMITS)
    return LegalSize(UMKM_LAW, Criterion.CAPITAL, size, year)


def size_by_sales(annual_sales: Amount | None, *, year: int | None) -> LegalSize:
    """PP 7/2021 art. 35 by yearly sales: for facilities, and for businesses older than 2 February 2021."""
    require_not_negative(annual_sales)
    size = None if annual_sales is None else size_within(annual_sales, SALES_LIMITS)
    return LegalSize(UMKM_LAW, Criterion.SALES, size, year)


def industry_size(workers: int | None, investment: Amount | None, *, year: int | None) -> LegalSize:
    """Permenperin 64/2016 by workers and investment without land and building; both must be known.

    Nineteen workers or fewer are never besar, whatever was invested: so the text of the rule.
    """
    require_not_negative(workers, investment)
    size: Size | None
    if workers is None or investment is None:
        size = None
    elif workers <= SMALL_INDUSTRY_WORKERS:
        size = Size.SMALL if investment < SMALL_INDUSTRY_INVESTMENT else Size.MEDIUM
    else:
        size = Size.MEDIUM if investment <= MEDIUM_INDUSTRY_INVESTMENT else Size.LARGE
    return LegalSize(INDUSTRY_LAW, Criterion.WORKERS, size, year)


def legal_sizes(
    *,
    capital: Amount | None,
    annual_sales: Amount | None,
    workers: int | None,
    investment: Amount | None,
    year: int | None,
) -> LegalSizes:
    """Return what both laws say of the figures of one year."""
    return LegalSizes(
        by_capital=size_by_capital(capital, year=year),
        by_sales=size_by_sales(annual_sales, year=year),
        industry=industry_size(workers, investment, year=year),
    )
