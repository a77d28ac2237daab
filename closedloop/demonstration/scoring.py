"""Believable scores: a rubric filled so that each field comes out near what the story needs."""

from collections.abc import Iterable, Mapping
from random import Random

from assessments.models import Criterion, Dimension
from closedloop.demonstration.tables import EnterpriseRow

TOP = 4
# how the fields usually lie around the overall score
TYPICAL = {"BM": 4, "5R": 3, "K3L": 0, "TEK": -1, "PSR": -6, "KEU": -3}
# which paper answers which legal item
LEGAL = {
    "LEG1": "nib", "LEG3": "npwp", "LEG4": "deed", "LEG5": "environment", "LEG6": "bpjs", "LEG7": "siinas",
    "LEG8": "integrity",
}  # fmt: skip
KBLI_CHECKED_FROM = 84  # the diligent ones have had the code on their NIB checked


def targets_of(
    overall: int, dice: Random, *, exact: Mapping[str, float] | None = None, steady: bool = False
) -> dict:
    """Return a target per field, 0 to 100, around the overall one; `exact` names those the story fixes."""
    low, high = (0, 4) if steady else (-4, 5)
    targets = {code: overall + shift + dice.randrange(low, high) for code, shift in TYPICAL.items()}
    return {**targets, **(exact or {})}


def fill(
    dimension: Dimension,
    target: float,
    dice: Random,
    *,
    weak: Iterable[str] = (),
    fixed: Mapping[str, int] | None = None,
) -> dict[Criterion, int]:
    """Return a score per item whose sum is what the target asks; critical items stay above 1 unless `weak`."""
    criteria = list(dimension.criteria.all())
    given = {code: 1 for code in weak} | dict(fixed or {})
    values = {one: given[one.code] for one in criteria if one.code in given}
    free = [one for one in criteria if one not in values]
    left = round(target / 100 * TOP * len(criteria)) - sum(values.values())
    left = min(max(left, 0), TOP * len(free))
    base, rest = divmod(left, len(free))
    lucky = set(dice.sample(range(len(free)), rest))
    levels = [base + (index in lucky) for index in range(len(free))]
    for _shift in range(len(free) // 3):  # some better, some worse, the sum stays
        up, down = dice.randrange(len(free)), dice.randrange(len(free))
        if up != down and levels[up] < TOP and levels[down] > 1:
            levels[up], levels[down] = levels[up] + 1, levels[down] - 1
    for index, criterion in enumerate(free):
        floor = 2 if criterion.is_critical else 0
        if levels[index] < floor:
            levels[index] = floor
    return values | dict(zip(free, levels, strict=True))


def legal(dimension: Dimension, row: EnterpriseRow) -> dict[Criterion, int]:
    """Return yes (4) or no (0) per legal item, by the papers the IKM has."""
    answers = {}
    for criterion in dimension.criteria.all():
        paper = LEGAL.get(criterion.code)
        has = paper in row.papers if paper else row.diligence >= KBLI_CHECKED_FROM
        answers[criterion] = TOP if has else 0
    return answers
