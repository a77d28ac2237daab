"""Which items would lift the overall most if they were mended: missing points times weight. Pure.

An item asked per area counts by the weight of its area among the areas.
"""

from decimal import Decimal

from assessments.sheet import Row, Sheet

SHOWN = 6


def lowest_rows(sheet: Sheet) -> list[Row]:
    """Return the rows below the top with their `gain` in points of the overall, the largest first."""
    top = sheet.assessment.rubric.scale_max
    sizes: dict = {}
    for row in sheet.rows:
        if row.value is not None:
            key = (row.dimension.pk, row.area)
            sizes[key] = sizes.get(key, 0) + row.criterion.weight
    weights = sum((area.weight for area in sheet.areas), Decimal(0))
    rated = [row for row in sheet.rows if row.value is not None and row.value < top]
    for row in rated:
        share = row.dimension.weight * row.criterion.weight / sizes[row.dimension.pk, row.area]
        if row.area:
            share = share * row.area.weight / weights
        row.gain = share * (top - row.value) / top
    return sorted(rated, key=lambda row: (-row.gain, row.criterion.code))[:SHOWN]
