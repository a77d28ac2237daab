"""What a later correction would have meant for a decided class decision. Information only: the decision stands."""

from dataclasses import dataclass, replace

from assessments.actions.recommending import recommend
from assessments.class_rules import Requirement
from assessments.inputs import class_inputs
from assessments.models import Assessment, ClassDecision
from assessments.snapshots import inputs_from, requirements_from


@dataclass(frozen=True)
class LaterCorrection:
    """The newest approved correction, and the requirements that it would judge otherwise: before and after."""

    assessment: Assessment
    changed: list[tuple[Requirement, Requirement]]


def newest_correction(assessment: Assessment) -> Assessment | None:
    """Return the last approved version after this one, None when it is the last itself."""
    found, last = None, assessment
    while last is not None:
        last = Assessment.objects.approved().filter(supersedes=last).first()
        found = last or found
    return found


def later_correction(decision: ClassDecision) -> LaterCorrection | None:
    """Return what a correction approved after the decision says; None where there is none.

    The scores are the correction's; everything else the rules ask for stays as the decision stored it.
    """
    corrected = newest_correction(decision.assessment)
    if corrected is None:
        return None
    stored = inputs_from(decision.snapshot)
    now = class_inputs(decision.enterprise, corrected)
    inputs = replace(
        stored, overall=now.overall, dimensions=now.dimensions, areas=now.areas, criteria=now.criteria
    )
    before = requirements_from(decision.snapshot)
    after = recommend(decision, inputs).requirements
    changed = [(old, new) for old, new in zip(before, after, strict=False) if old.met != new.met]
    return LaterCorrection(corrected, changed)
