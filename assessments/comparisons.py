"""Two assessments of an IKM read for comparing: one whole where they share a rubric, else on the items they share."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from assessments.comparable import Answered, Asked, Comparison, compared
from assessments.models import Assessment, Rubric, Score


def comparison_of(earlier: Assessment | None, now: Assessment) -> Comparison | None:
    """Return both on the items they share; None where the same version asks the same, or nothing came before."""
    if earlier is None or earlier.rubric_id == now.rubric_id:
        return None
    return compared(answered(earlier), answered(now))


def answered(assessment: Assessment) -> Answered:
    """Return what one assessment asked and what was given."""
    dimensions = list(assessment.rubric.dimensions.prefetch_related("criteria"))
    return Answered(
        items=[one for dimension in dimensions for one in asked_of(dimension, assessment.rubric)],
        weights={dimension.code: dimension.weight for dimension in dimensions},
        values=values_of(assessment),
    )


def asked_of(dimension, rubric: Rubric) -> list[Asked]:
    return [
        Asked(
            code=one.code,
            dimension=dimension.code,
            text=one.text,
            anchors=tuple(one.anchors),
            weight=one.weight,
            top=rubric.scale_max,
        )
        for one in dimension.criteria.all()
    ]


def values_of(assessment: Assessment) -> dict:
    """Return the value of each item by code, None where it does not apply; of several areas their weighted mean."""
    found: dict[str, list[tuple[int | None, Decimal]]] = defaultdict(list)
    rows = Score.objects.filter(assessment=assessment)
    for code, value, weight in rows.values_list("criterion__code", "value", "area__weight"):
        found[code].append((value, weight or Decimal(1)))
    return {code: mean(given) for code, given in found.items()}


def mean(given: list[tuple[int | None, Decimal]]) -> Fraction | int | None:
    """Return the weighted mean of what applies; exact, and the value itself where there is only one."""
    known = [(value, weight) for value, weight in given if value is not None]
    if len(known) < 2:
        return known[0][0] if known else None
    total = sum((Fraction(weight) for _value, weight in known), Fraction(0))
    return sum((value * Fraction(weight) for value, weight in known), Fraction(0)) / total
