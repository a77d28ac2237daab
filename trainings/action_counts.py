"""How many factory actions each IKM was given for each module, and how many are not checked: one query, or none."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from participants.models import Enrolment
from trainings.models import FactoryAction, Module


@dataclass(frozen=True)
class ActionCount:
    """Actions of one IKM for one module; `still_open` of them no mentor has checked."""

    total: int = 0
    still_open: int = 0


NO_ACTIONS = ActionCount()


def action_counts(
    enrolments: Iterable[Enrolment], modules: Iterable[Module]
) -> dict[tuple[UUID, str], ActionCount]:
    """Return the counts by enrolment and module code; nothing is read where no module asks for actions."""
    if not any(module.action_required for module in modules):
        return {}
    given = FactoryAction.objects.counted().filter(enrolment__in=enrolments)
    totals: Counter[tuple[UUID, str]] = Counter()
    waiting: Counter[tuple[UUID, str]] = Counter()
    for enrolment, module, status in given.values_list("enrolment", "session__module__code", "status"):
        totals[enrolment, module] += 1
        waiting[enrolment, module] += status != FactoryAction.Status.CLOSED
    return {key: ActionCount(number, waiting[key]) for key, number in totals.items()}
