"""The legal sizes of `size` as the database computes them, for filtering a list; a test holds the two together.

Each from the newest figures it needs, as on the page of an enterprise. What is unknown gives NULL.
"""

from django.db.models import Case, CharField, Expression, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from participants.models import AnnualFigure
from participants.size import (
    CAPITAL_LIMITS,
    MEDIUM_INDUSTRY_INVESTMENT,
    SALES_LIMITS,
    SMALL_INDUSTRY_INVESTMENT,
    SMALL_INDUSTRY_WORKERS,
    Size,
)


def within(field: str, limits: tuple[int, int, int]) -> Case:
    """Return the first size whose limit the field does not exceed; the limits themselves are inside."""
    sizes = (Size.MICRO, Size.SMALL, Size.MEDIUM)
    return Case(
        *(
            When(**{f"{field}__lte": limit}, then=Value(size.value))
            for size, limit in zip(sizes, limits, strict=True)
        ),
        When(**{f"{field}__isnull": False}, then=Value(Size.LARGE.value)),
        output_field=CharField(),
    )


def newest(field: str) -> Subquery:
    """Return the newest known figure of an enterprise."""
    known = AnnualFigure.objects.filter(enterprise=OuterRef("pk")).exclude(**{field: None})
    return Subquery(known.order_by("-year").values(field)[:1])


def by_capital() -> dict[str, Expression]:
    return {"size": within("capital", CAPITAL_LIMITS)}


def by_sales() -> dict[str, Expression]:
    return {"size_sales": newest("annual_sales"), "size": within("size_sales", SALES_LIMITS)}


def by_industry() -> dict[str, Expression]:
    """Workers and investment must both be known; nineteen workers or fewer are never besar."""
    few = Q(size_workers__lte=SMALL_INDUSTRY_WORKERS)
    many = Q(size_workers__gt=SMALL_INDUSTRY_WORKERS)
    size = Case(
        When(Q(size_workers=None) | Q(investment_value=None), then=None),
        When(few & Q(investment_value__lt=SMALL_INDUSTRY_INVESTMENT), then=Value(Size.SMALL.value)),
        When(few, then=Value(Size.MEDIUM.value)),
        When(many & Q(investment_value__lte=MEDIUM_INDUSTRY_INVESTMENT), then=Value(Size.MEDIUM.value)),
        default=Value(Size.LARGE.value),
        output_field=CharField(null=True),
    )
    men, women = F("employees_male"), F("employees_female")
    # as `workers` has it: the half that is told counts alone
    workers = Coalesce(men + women, men, women, newest("employee_count"))
    return {"size_workers": workers, "size": size}


# what stands in the address → the expressions to add, the last of which is named `size`
BY_LAW = {"modal": by_capital, "omzet": by_sales, "industri": by_industry}


def of_size(rows, law: str, size: str | None):
    """Return the rows that a law puts into a size; None asks for those of which it cannot tell."""
    for name, expression in BY_LAW[law]().items():
        rows = rows.alias(**{name: expression})
    return rows.filter(size=size)
