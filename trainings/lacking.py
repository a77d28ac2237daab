"""Who of a cohort comes to a module without having passed its prerequisite."""

from dataclasses import dataclass

from participants.models import Cohort, Enrolment
from trainings.models import Module
from trainings.progress import progress_of


@dataclass(frozen=True)
class Lacking:
    """The IKM on the roster that have not passed the prerequisite, of how many on it."""

    code: str
    enrolments: list[Enrolment]
    total: int


def lacking_of(cohort: Cohort, module: Module) -> Lacking | None:
    """Return who lacks the prerequisite of the module; None where it has none or everybody passed it."""
    if module.prerequisite_id is None:
        return None
    enrolments = list(Enrolment.objects.on_roster().filter(cohort=cohort).select_related("enterprise"))
    progress = progress_of(enrolments)
    lacking = [
        enrolment
        for enrolment in enrolments
        if any(item.module.code == module.code and item.waits_for for item in progress[enrolment.pk])
    ]
    return Lacking(module.prerequisite.code, lacking, len(enrolments)) if lacking else None
