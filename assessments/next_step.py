"""What the IKM does next about one finding. Pure."""

from enum import StrEnum

from assessments.pica import lacking_cause, needs_before


class Step(StrEnum):
    """In the order in which they are done."""

    BEFORE = "before"
    CAUSES = "causes"
    MEND = "mend"
    WAIT = "wait"
    DONE = "done"


def next_step(
    status: str, *, is_critical: bool, dimension: str, whys: list[str], root_cause: str, has_before: bool
) -> Step:
    """Return the next step. The photo of before comes first: once it is mended, nobody can take it any more."""
    if status == "closed":
        return Step.DONE
    if status == "proposed":
        return Step.WAIT
    if not has_before and needs_before(is_critical=is_critical, dimension=dimension):
        return Step.BEFORE
    if lacking_cause(is_critical=is_critical, whys=whys, root_cause=root_cause):
        return Step.CAUSES
    return Step.MEND
