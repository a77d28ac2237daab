"""Every pair of an IKM and a buyer with where it stands, how long each step took, who is next, and its records."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from participants.models import Enterprise
from partnerships.loop import Facts, Standing, Step, durations, standing
from partnerships.loop_demands import Asked, asked_of
from partnerships.loop_learning import Learnt, learnt_of
from partnerships.loop_next import Next, Waiting, next_of
from partnerships.loop_pairs import Key
from partnerships.loop_supply import Supply, supply_of
from partnerships.models import Buyer


@dataclass(frozen=True)
class Pair:
    """One IKM and one buyer. `took` holds the days of the completed steps of the first round."""

    enterprise: Enterprise
    buyer: Buyer
    standing: Standing
    next: Next
    took: dict[Step, int | None]
    done: dict[Step, date | None]
    learnt: Learnt
    supply: Supply
    asked: Asked


def board_of(pairs: Collection[Key]) -> list[Pair]:
    """Return the pairs with all that a board shows of them; a fixed number of queries for any number of pairs."""
    if not pairs:
        return []
    enterprises = Enterprise.objects.in_bulk({pair[0] for pair in pairs})
    buyers = Buyer.objects.in_bulk({pair[1] for pair in pairs})
    learnt, supplies = learnt_of(enterprises.values()), supply_of(pairs)
    asked = asked_of({pair: supply.agreements for pair, supply in supplies.items()})
    return [
        pair_of(enterprises[pair[0]], buyers[pair[1]], learnt[pair[0]], supplies[pair], asked[pair])
        for pair in pairs
    ]


def pair_of(enterprise: Enterprise, buyer: Buyer, learnt: Learnt, supply: Supply, asked: Asked) -> Pair:
    done = done_of(learnt, supply)
    found = standing(facts_of(done, learnt, supply, asked))
    waiting = Waiting(
        state=learnt.state,
        has_session_to_come=learnt.has_session_to_come,
        agreement=supply.agreement_status,
        clearance=supply.clearance,
        unmet=supply.unmet,
        deliveries=supply.waiting,
        pieces_left=supply.pieces_left,
        complaint=asked.status,
    )
    return Pair(
        enterprise, buyer, found, next_of(found, waiting), durations(done), done, learnt, supply, asked
    )


def done_of(learnt: Learnt, supply: Supply) -> dict[Step, date | None]:
    """Return the steps completed at any time with the first day; the gap is known once it was asked and assessed."""
    done: dict[Step, date | None] = {}
    if supply.requirement:
        done[Step.REQUIREMENT] = supply.required_on
    if learnt.first_assessed_on:
        done[Step.GAP] = max(learnt.first_assessed_on, supply.required_on or learnt.first_assessed_on)
    if learnt.is_trained:
        done[Step.TRAINING] = learnt.trained_on
    if learnt.later_assessed_on:
        done[Step.ASSESSMENT] = learnt.later_assessed_on
    if supply.agreed_on:
        done[Step.AGREEMENT] = supply.agreed_on
    if supply.order:
        done[Step.ORDER] = supply.first_ordered_on
    if supply.first_closed_on:
        done[Step.QCD] = supply.first_closed_on
    if supply.first_reviewed_on:
        done[Step.REVIEW] = supply.first_reviewed_on
    return done


def facts_of(done: dict[Step, date | None], learnt: Learnt, supply: Supply, asked: Asked) -> Facts:
    return Facts(
        done=done,
        demands=tuple(asked.demands),
        assessed_on=learnt.visited_on,
        has_ended=supply.has_ended,
        ended_on=supply.ended_on,
        complained_on=asked.complained_on,
        reviewed_on=supply.reviewed_on,
        ordered_on=supply.ordered_on,
        has_open_order=supply.pieces_left > 0,
        month_closed_on=supply.last_closed_on,
    )
