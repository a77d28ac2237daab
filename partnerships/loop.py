"""Where one IKM stands with one buyer in the closed loop, and since when. A pure rule, no database.

Eight steps follow each other, from the buyer's requirement to the review, and a closed review begins the next round.
A pair stands, in this order of asking,

1. at Pelatihan, while a training that a review or a complaint asked for has not been attended;
2. at Penilaian, while no official assessment has followed such a training;
3. at MoU, when an agreement ran between the two and none is in force now;
4. at QCD, while a complaint of the buyer is open;
5. else at the step after the furthest one completed in this round.

A step before the furthest that nobody completed was passed over: in practice an MoU may come before the training
ends (domain.md §5.3). It holds nobody back and is shown as what it is. `since` is the day on which what holds the
pair there began: it was asked for, attended, ended, raised; in the last case the day the furthest step was
completed. A day that is not on record stays unknown. Source: features.md G4, docs/decisions.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum, auto

from django.utils.translation import gettext_lazy


class Step(IntEnum):
    """The stations between one IKM and one buyer, in their order."""

    REQUIREMENT = 1
    GAP = 2
    TRAINING = 3
    ASSESSMENT = 4
    AGREEMENT = 5
    ORDER = 6
    QCD = 7
    REVIEW = 8

    @property
    def label(self) -> str:
        return str(LABELS[self])

    @property
    def word(self) -> str:
        """The step as addresses name it."""
        return self.name.lower()


LABELS = {
    Step.REQUIREMENT: gettext_lazy("Kebutuhan"),
    Step.GAP: gettext_lazy("Kesenjangan"),
    Step.TRAINING: gettext_lazy("Pelatihan"),
    Step.ASSESSMENT: gettext_lazy("Penilaian"),
    Step.AGREEMENT: gettext_lazy("MoU"),
    Step.ORDER: gettext_lazy("Pesanan"),
    Step.QCD: "QCD",
    Step.REVIEW: gettext_lazy("Tinjauan"),
}
ONCE = (
    Step.REQUIREMENT,
    Step.GAP,
    Step.TRAINING,
    Step.ASSESSMENT,
    Step.AGREEMENT,
)  # not made anew each round


class Why(StrEnum):
    """What holds a pair where it stands."""

    ASKED_FOR = auto()  # a training not yet attended
    UNASSESSED = auto()  # attended, not yet assessed
    ENDED = auto()  # the agreement
    COMPLAINT = auto()
    NEXT = auto()  # nothing but the step itself


@dataclass(frozen=True)
class Demand:
    """A training that a review or complaint asked for; `met_on` is the first day of presence since, None before it."""

    asked_on: date
    met_on: date | None = None
    module: str = ""
    session: str = ""  # the code of the one meant, where there is one
    is_to_come: bool = False  # whether that one is still to be held


@dataclass(frozen=True)
class Facts:
    """What the rule needs to know of one pair.

    `done` holds the steps completed at any time with the first day, None where no day is on record.
    """

    done: Mapping[Step, date | None] = field(default_factory=dict)
    demands: Sequence[Demand] = ()
    assessed_on: date | None = None  # the visit of the newest official assessment
    has_ended: bool = False  # an agreement ran between the two, and none is in force now
    ended_on: date | None = None  # the day the last one ended, where it is on record
    complained_on: date | None = None  # the oldest open complaint
    reviewed_on: date | None = None  # the last review closed
    ordered_on: date | None = None  # the newest order
    has_open_order: bool = False  # pieces ordered and not yet delivered
    month_closed_on: date | None = None  # the last closing of a month with receipts of this buyer


@dataclass(frozen=True)
class Standing:
    """The answer. `completed` are the steps done in this round, `passed` those overtaken without being done."""

    step: Step
    why: Why
    since: date | None
    completed: Mapping[Step, date | None]
    passed: frozenset[Step]
    demand: Demand | None = None

    def days(self, today: date) -> int | None:
        """How many days it has stood there; None where the day is not on record."""
        return max((today - self.since).days, 0) if self.since else None

    def state(self, step: Step) -> str:
        """One step as the track draws it: "now", "done", "passed" or "" for what is still to come."""
        if step is self.step:
            return "now"
        if step in self.completed:
            return "done"
        return "passed" if step in self.passed else ""


def standing(facts: Facts) -> Standing:
    """Return where the pair stands."""
    completed = completed_in_round(facts)
    furthest = max(completed, default=None)
    passed = frozenset(step for step in Step if furthest and step < furthest and step not in completed)
    step, why, since, demand = held(facts) or (
        Step(furthest + 1) if furthest else Step.REQUIREMENT,
        Why.NEXT,
        completed[furthest] if furthest else None,
        None,
    )
    return Standing(step, why, since, completed, passed - {step}, demand)


def held(facts: Facts) -> tuple[Step, Why, date | None, Demand | None] | None:
    """Return what holds the pair back although later steps may be done, with the day it began."""
    unmet = [one for one in facts.demands if one.met_on is None]
    if unmet:
        first = min(unmet, key=lambda one: one.asked_on)
        return Step.TRAINING, Why.ASKED_FOR, first.asked_on, first
    attended = max((one.met_on for one in facts.demands if one.met_on), default=None)
    if attended and (facts.assessed_on is None or facts.assessed_on < attended):
        return Step.ASSESSMENT, Why.UNASSESSED, attended, None
    if facts.has_ended:
        return Step.AGREEMENT, Why.ENDED, facts.ended_on, None
    if facts.complained_on:
        return Step.QCD, Why.COMPLAINT, facts.complained_on, None
    return None


def completed_in_round(facts: Facts) -> dict[Step, date | None]:
    """Return the steps of this round that are done, with the day; a review closes a round and is never in one.

    After a review the day of what is carried over is that of the review, for only then the next step began.
    """
    began = facts.reviewed_on
    if began is None:
        return {step: day for step, day in sorted(facts.done.items()) if step is not Step.REVIEW}
    completed: dict[Step, date | None] = {step: began for step in ONCE if step in facts.done}
    if facts.has_open_order or (facts.ordered_on and facts.ordered_on > began):
        completed[Step.ORDER] = max(facts.ordered_on or began, began)
    if facts.month_closed_on and facts.month_closed_on > began:
        completed[Step.QCD] = facts.month_closed_on
    return completed


def durations(done: Mapping[Step, date | None]) -> dict[Step, int | None]:
    """Return the days each completed step of the first round took; None where that cannot be told.

    A step began on the last day, not after its own, on which an earlier step was completed. The first step begins
    the loop and takes none; one that was done before all earlier ones, or has no day on record, is unknown.
    """
    found: dict[Step, int | None] = {}
    for step, day in done.items():
        if step is Step.REQUIREMENT:
            continue
        before = [on for earlier, on in done.items() if earlier < step and on and day and on <= day]
        found[step] = (day - max(before)).days if day and before else None
    return found


def median_days(values: Iterable[int | None]) -> tuple[int | None, int]:
    """Return the median of the known values, half up, and how many are known."""
    known = sorted(one for one in values if one is not None)
    if not known:
        return None, 0
    middle = len(known) // 2
    if len(known) % 2:
        return known[middle], len(known)
    return (known[middle - 1] + known[middle] + 1) // 2, len(known)
