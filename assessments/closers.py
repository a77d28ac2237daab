"""What teaches the way out of a weakness: the module of its dimension, and the IKM's next session of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from participants.models import Enrolment, Enterprise
from trainings.models import Module, TrainingSession


@dataclass(frozen=True)
class Closer:
    """A module of the IKM's curriculum; `session` is its next one planned for the IKM's cohort, a visit too."""

    module: Module
    session: TrainingSession | None = None


@dataclass(frozen=True)
class Offer:
    """All that may close a weakness of one IKM: the modules of its curriculum and what is planned of them."""

    modules: tuple[Module, ...] = ()
    sessions: tuple[TrainingSession, ...] = ()

    def closer(self, code: str) -> Closer | None:
        """Return the module of this code with its next session, or None where no module has it."""
        module = next((one for one in self.modules if one.code == code), None)
        coming = (one for one in self.sessions if module and one.module_id == module.pk)
        return Closer(module, next(coming, None)) if module else None


def offer_of(enterprise: Enterprise, *, moment: datetime | None = None) -> Offer:
    """Return what the curriculum of the IKM's latest cohort offers, the soonest session first. Three queries."""
    enrolment = (
        Enrolment.objects.filter(enterprise=enterprise, cohort__curriculum_pin__isnull=False)
        .exclude(status=Enrolment.Status.WITHDRAWN)
        .select_related("cohort__curriculum_pin")
        .order_by("-cohort__starts_on")
        .first()
    )
    if enrolment is None:
        return Offer()
    modules = Module.objects.filter(curriculum=enrolment.cohort.curriculum_pin.curriculum_id)
    sessions = TrainingSession.objects.filter(
        cohort=enrolment.cohort_id,
        status=TrainingSession.Status.SCHEDULED,
        starts_at__gte=moment or timezone.now(),
        module__in=modules,
    )
    return Offer(tuple(modules), tuple(sessions.with_place().order_by("starts_at")))


def closers_of(
    enterprise: Enterprise, dimensions: Iterable[str], *, moment: datetime | None = None
) -> dict[str, Closer]:
    """Return, by the code of the dimension, what closes its gaps: 5R by module 5R, K3L by K3L and so on.

    A dimension that no module teaches, and an IKM in no cohort with a curriculum, have none.
    """
    offer = offer_of(enterprise, moment=moment)
    found = {code: offer.closer(code) for code in dimensions}
    return {code: closer for code, closer in found.items() if closer}
