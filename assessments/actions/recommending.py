"""What the rules say of a decision that waits for its board."""

from dataclasses import dataclass

from assessments.class_rules import (
    LOWEST,
    Inputs,
    Requirement,
    holds,
    next_level,
    recommended_level,
    requirements,
)
from assessments.inputs import class_inputs, rules_of
from assessments.models import ClassDecision

Outcome = ClassDecision.Outcome


@dataclass(frozen=True)
class Recommendation:
    """What the rules say of one waiting decision, computed from the records as they are now."""

    inputs: Inputs
    requirements: list[Requirement]
    level: int

    @property
    def outcome(self) -> str:
        """The outcome that needs no reason: promotion when everything holds, else to stay."""
        return Outcome.PROMOTED if self.is_promotion else Outcome.RETAINED

    @property
    def is_promotion(self) -> bool:
        return bool(self.requirements) and holds(self.requirements)

    @property
    def met(self) -> int:
        return sum(one.met is True for one in self.requirements)

    @property
    def counted(self) -> int:
        """How many requirements apply: the m of "n dari m"."""
        return sum(one.met is not None for one in self.requirements)


def recommend(decision: ClassDecision, inputs: Inputs) -> Recommendation:
    """Return the recommendation on given inputs; above the highest class there is nothing to recommend."""
    rules = rules_of(decision.scheme)
    present = decision.level_before or LOWEST
    above = next_level(present)
    verdicts = requirements(above, rules, inputs) if above > present else []
    return Recommendation(inputs, verdicts, recommended_level(present, rules, inputs))


def recommendation(decision: ClassDecision) -> Recommendation:
    """Return what the rules say now; for a decided one read its snapshot instead."""
    return recommend(decision, class_inputs(decision.enterprise, decision.assessment))
