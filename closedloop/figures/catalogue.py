"""The door to all figures: importing it has entered every subject into the registry.

from closedloop.figures import catalogue as figures
figures.value("attendance.rate", Scope(user=user, cohort=cohort))
figures.collect(["attendance.rate", "money.accepted"], scope)      # {code: Value} in few queries
sheet = figures.Sheet(scope); sheet.of(enterprise.pk).value("scores.last")   # rows of a table
"""

from collections.abc import Iterable

from closedloop.figures import attendance, business, loop, money, pairs, pipeline, qcd, scores
from closedloop.figures.registry import REGISTRY, Sheet, Value
from closedloop.figures.scope import Scope
from closedloop.figures.stages import stage, stages

SUBJECTS = (attendance, scores, qcd, money, pipeline, loop, pairs, business)

__all__ = ["REGISTRY", "SUBJECTS", "Scope", "Sheet", "Value", "collect", "stage", "stages", "value"]


def value(code: str, scope: Scope) -> Value:
    """Return one figure of the scope."""
    return Sheet(scope).value(code)


def collect(codes: Iterable[str], scope: Scope) -> dict[str, Value]:
    """Return {code: value}; what the figures have in common is read once."""
    return Sheet(scope).values(codes)
