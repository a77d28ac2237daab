"""The trainings that reviews and complaints asked for, and the complaints still open, for many pairs at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from partnerships.loop import Demand
from partnerships.loop_learning import presence_of
from partnerships.loop_pairs import Key
from partnerships.models import Complaint, ReviewDecision
from trainings.models import TrainingSession

S = TrainingSession.Status
TO_COME = (S.DRAFT, S.SCHEDULED, S.OPEN)


@dataclass
class Asked:
    """One pair: what was asked for, and the oldest complaint that is open with its state."""

    demands: list[Demand] = field(default_factory=list)
    complaint: str = ""
    status: str = ""
    complained_on: date | None = None


@dataclass(frozen=True)
class Want:
    """A training asked for, before anybody looked who came. One of a complaint that ended holds nobody any more."""

    pair: Key
    asked_on: date
    module: str
    session: str
    is_to_come: bool
    is_over: bool = False


def asked_of(agreements: Mapping[Key, Collection[UUID]]) -> dict[Key, Asked]:
    """Return what was asked of each pair; `agreements` are those with a line of both. Three queries."""
    found = {pair: Asked() for pair in agreements}
    wants = [*wants_of_reviews(agreements), *wants_of_complaints(found)]
    presence = presence_of({want.pair[0] for want in wants}) if wants else {}
    for want in wants:
        days = presence.get((want.pair[0], want.module), [])
        met_on = next((day for day in days if day >= want.asked_on), None)
        if met_on or not want.is_over:
            demand = Demand(want.asked_on, met_on, want.module, want.session, want.is_to_come)
            found[want.pair].demands.append(demand)
    return found


def wants_of_reviews(agreements: Mapping[Key, Collection[UUID]]) -> list[Want]:
    """A decision about no IKM in particular is one about every pair of the agreement."""
    known = {pk for own in agreements.values() for pk in own}
    rows = ReviewDecision.objects.filter(
        kind=ReviewDecision.Kind.TRAINING, meeting__agreement__in=known, meeting__closed_at__isnull=False
    )
    columns = ("meeting__agreement", "enterprise", "meeting__held_on", "module_code")
    return [
        Want(pair, day, module, session or "", state in TO_COME)
        for agreement, enterprise, day, module, session, state in rows.order_by("created_at").values_list(
            *columns, "session__code", "session__status"
        )
        for pair, own in agreements.items()
        if agreement in own and enterprise in (None, pair[0])
    ]


def wants_of_complaints(found: dict[Key, Asked]) -> list[Want]:
    rows = Complaint.objects.filter(
        enterprise__in={pair[0] for pair in found}, buyer__in={pair[1] for pair in found}
    ).order_by("raised_on", "created_at")
    columns = ("enterprise", "buyer", "raised_on", "code", "status", "closing_module__code")
    wants = []
    for enterprise, buyer, day, code, status, module, session, state in rows.values_list(
        *columns, "closing_session__code", "closing_session__status"
    ):
        if (one := found.get((enterprise, buyer))) is None:
            continue
        is_over = status in Complaint.ENDED
        if not is_over and not one.complaint:
            one.complaint, one.status, one.complained_on = code, status, day
        if module:
            wants.append(Want((enterprise, buyer), day, module, session or "", state in TO_COME, is_over))
    return wants
