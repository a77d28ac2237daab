"""Whether the class decisions of the past still follow from what they rested on (reliability D3)."""

from assessments import snapshots
from assessments.actions.board import level_after
from assessments.actions.recommending import recommend
from assessments.minutes import says_the_same
from assessments.models import ClassDecision


def differences(decision: ClassDecision) -> list[str]:
    """Return what of a decided one does not follow from its stored inputs and its own rules; nothing if all does.

    Read are the decision and the version of the class scheme it names, never the records of today.
    """
    stored = decision.snapshot
    if snapshots.sha256_of(stored) != decision.snapshot_sha256:
        return ["snapshot"]  # what somebody changed proves nothing about the rest
    advice = recommend(decision, snapshots.inputs_from(stored))
    claims = {
        "requirements": advice.requirements == snapshots.requirements_from(stored),
        "recommendation": {"level": advice.level, "outcome": str(advice.outcome)} == stored["recommended"],
        "override": decision.is_recommended == (decision.outcome == advice.outcome),
        "minutes": says_the_same(decision),
        "class": decision.level_after == level_after(decision, decision.outcome),
    }
    return [name for name, holds in claims.items() if not holds]
