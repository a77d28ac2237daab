"""Whether an IKM meets a buyer's requirement, line by line and with the reason (features.md E2). Pure functions.

Three states: met, unmet, and unknown, which is neither. Evidence counts to its own last day where it has one, else
so many months from the day it speaks from; the same day of a later month, or that month's last, still counts.
What is past its day does not count: a paper that ran out leaves the line unmet, a score or a profile nobody has
looked at since leaves it unknown. There is no score for the whole: the answer is the lines.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from partnerships.asks import Ask, Kind
from partnerships.known import Known, PaperKnown, RateKnown, ThingKnown


class State(StrEnum):
    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """What the answer rests on."""

    ENOUGH = "enough"  # known, fresh, and as asked
    TOO_LITTLE = "too_little"  # known, fresh, and not as asked
    ABSENT = "absent"  # a profile confirmed lately does not have it
    EXPIRED = "expired"  # there was a paper or a calibration, and it ran out
    NOT_YET = "not_yet"  # a paper that begins to hold later
    STALE = "stale"  # known, but too long ago
    UNTOLD = "untold"  # nobody has said or measured it
    NOT_APPLICABLE = "not_applicable"  # the assessor found that the item does not apply
    OTHER_UNIT = "other_unit"  # told in a unit that cannot be compared
    UNSURE = "unsure"  # a range that holds both answers


@dataclass(frozen=True)
class Answer:
    """One line and its state. `evidence` is what was looked at; `on` the day it speaks from, `until` its last day."""

    ask: Ask
    state: State
    why: Why
    evidence: object | None = None
    on: date | None = None
    until: date | None = None

    @property
    def is_met(self) -> bool:
        return self.state is State.MET


@dataclass(frozen=True)
class Match:
    """Every line of one requirement for one IKM on one day, in the order of the requirement."""

    answers: tuple[Answer, ...]
    day: date

    @property
    def total(self) -> int:
        return len(self.answers)

    @property
    def met(self) -> int:
        return self.count(State.MET)

    @property
    def unmet(self) -> tuple[Answer, ...]:
        return tuple(one for one in self.answers if one.state is State.UNMET)

    @property
    def unknown(self) -> tuple[Answer, ...]:
        return tuple(one for one in self.answers if one.state is State.UNKNOWN)

    @property
    def first_open(self) -> Answer | None:
        """The first line that is unmet, else the first that is unknown, else None."""
        return next(iter(self.unmet + self.unknown), None)

    @property
    def is_whole(self) -> bool:
        """Whether every line is met."""
        return self.met == self.total

    def count(self, state: State) -> int:
        return sum(one.state is state for one in self.answers)


def match(asks: Iterable[Ask], known: Known, day: date, *, evidence_months: int) -> Match:
    """Return the answer to every line on the day; evidence without a last day counts for so many months."""
    return Match(tuple(answer(one, known, day, evidence_months) for one in asks), day)


def answer(ask: Ask, known: Known, day: date, evidence_months: int) -> Answer:
    """Return the state of one line and what it rests on."""
    return RULES[ask.kind](ask, known, day, evidence_months)


def last_day(on: date, months: int) -> date:
    """Return the last day on which evidence of the day `on` counts."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def of_criterion(ask: Ask, known: Known, day: date, months: int) -> Answer:
    score = known.scores.get(ask.subject)
    if score is None:
        return Answer(ask, State.UNKNOWN, Why.UNTOLD)
    if score.value is None:
        return Answer(ask, State.UNKNOWN, Why.NOT_APPLICABLE, score, score.on)
    is_enough = ask.threshold is None or score.value >= ask.threshold
    return dated(ask, score, is_enough, score.on, day, months)


def of_paper(ask: Ask, known: Known, day: date, months: int) -> Answer:
    """A paper in force, else the one that ran out last, else one that begins later, else not known."""
    papers = [one for one in known.papers if is_the_paper(ask, one)]
    in_force = [one for one in papers if (one.issued_on or day) <= day <= (one.expires_on or day)]
    if in_force:
        answers = [while_in_force(ask, one, day, months) for one in in_force]
        return max(answers, key=lambda one: (one.is_met, one.until or date.max))
    expired = [one for one in papers if one.expires_on and one.expires_on < day]
    if expired:
        last = max(expired, key=lambda one: one.expires_on or date.min)
        return Answer(ask, State.UNMET, Why.EXPIRED, last, last.issued_on, last.expires_on)
    if papers:
        return Answer(ask, State.UNMET, Why.NOT_YET, papers[0], papers[0].issued_on, papers[0].expires_on)
    return Answer(ask, State.UNKNOWN, Why.UNTOLD)


def while_in_force(ask: Ask, paper: PaperKnown, day: date, months: int) -> Answer:
    """A certificate without a last day counts for so many months from when somebody last said it is there."""
    if ask.kind is Kind.CERTIFICATE and paper.expires_on is None and paper.said_on:
        return dated(ask, paper, True, paper.said_on, day, months)
    return Answer(ask, State.MET, Why.ENOUGH, paper, paper.issued_on, paper.expires_on)


def is_the_paper(ask: Ask, paper: PaperKnown) -> bool:
    if ask.kind is Kind.DOCUMENT:
        return paper.kind == ask.subject
    return holds_words(paper.words, ask.subject)


def of_process(ask: Ask, known: Known, day: date, months: int) -> Answer:
    if not known.processes:
        return Answer(ask, State.UNKNOWN, Why.UNTOLD)
    if ask.subject not in known.processes:
        return absent(ask, known, day, months)
    days = [one for one in (known.process_days.get(ask.subject), known.processes_on) if one]
    return dated(ask, known.processes[ask.subject], True, max(days, default=None), day, months)


def of_machine(ask: Ask, known: Known, day: date, months: int) -> Answer:
    return of_thing(ask, known, known.machines, day, months, is_as_asked=is_strong_enough)


def of_material(ask: Ask, known: Known, day: date, months: int) -> Answer:
    return of_thing(ask, known, known.materials, day, months, is_as_asked=lambda ask, one: True)


def of_tool(ask: Ask, known: Known, day: date, months: int) -> Answer:
    """A tool must also be calibrated: a lapsed calibration leaves the line unmet, an untold one unknown."""
    return of_thing(
        ask,
        known,
        known.tools,
        day,
        months,
        is_as_asked=is_fine_enough,
        fault=lambda one: lapse(ask, one, day),
    )


def lapse(ask: Ask, tool: ThingKnown, day: date) -> Answer | None:
    until = tool.calibrated_until
    if until is None:
        return Answer(ask, State.UNKNOWN, Why.UNTOLD, tool, tool.on)
    return Answer(ask, State.UNMET, Why.EXPIRED, tool, tool.on, until) if until < day else None


def of_thing(
    ask: Ask,
    known: Known,
    things: Sequence[ThingKnown],
    day: date,
    months: int,
    *,
    is_as_asked: Callable[[Ask, ThingKnown], bool | None],
    fault: Callable[[ThingKnown], Answer | None] = lambda one: None,
) -> Answer:
    """Return the best answer that any of the things gives which bear the name."""
    named = [one for one in things if holds_words(one.name, ask.subject)]
    if not named:
        return absent(ask, known, day, months) if things else Answer(ask, State.UNKNOWN, Why.UNTOLD)
    answers = []
    for one in named:
        fits = is_as_asked(ask, one)
        if fits is None:
            is_other = one.measure is not None
            why = Why.OTHER_UNIT if is_other else Why.UNTOLD
            answers.append(Answer(ask, State.UNKNOWN, why, one, one.on))
        else:
            found = dated(ask, one, fits, one.on, day, months)
            answers.append((fault(one) if found.is_met else None) or found)
    order = (State.MET, State.UNKNOWN, State.UNMET)
    return min(answers, key=lambda one: order.index(one.state))


def is_strong_enough(ask: Ask, machine: ThingKnown) -> bool | None:
    if ask.threshold is None:
        return True
    if machine.measure is None or not is_same_unit(machine.unit, ask.unit):
        return None
    return machine.measure >= ask.threshold


def is_fine_enough(ask: Ask, thing: ThingKnown) -> bool | None:
    if ask.threshold is None:
        return True
    return None if thing.measure is None else thing.measure <= ask.threshold


def of_tolerance(ask: Ask, known: Known, day: date, months: int) -> Answer:
    work = known.tolerance
    fits = is_fine_enough(ask, work) if work else None
    if work is None or fits is None:
        return Answer(ask, State.UNKNOWN, Why.UNTOLD)
    return dated(ask, work, fits, work.on, day, months)


def of_capacity(ask: Ask, known: Known, day: date, months: int) -> Answer:
    told, need = known.capacity, ask.threshold or 0
    if told is None:
        return Answer(ask, State.UNKNOWN, Why.UNTOLD)
    if not is_same_unit(told.unit, ask.unit):
        return Answer(ask, State.UNKNOWN, Why.OTHER_UNIT, told, told.on)
    if told.low < need <= told.high:
        return Answer(ask, State.UNKNOWN, Why.UNSURE, told, told.on)
    return dated(ask, told, told.low >= need, told.on, day, months)


def of_ppm(ask: Ask, known: Known, day: date, months: int) -> Answer:
    return of_rate(ask, known.ppm, day, months, lambda value: value <= (ask.threshold or 0))


def of_on_time(ask: Ask, known: Known, day: date, months: int) -> Answer:
    return of_rate(ask, known.on_time, day, months, lambda value: value >= (ask.threshold or 0))


def of_rate(ask: Ask, rate: RateKnown | None, day: date, months: int, is_enough: Callable) -> Answer:
    if rate is None:
        return Answer(ask, State.UNKNOWN, Why.UNTOLD)
    return dated(ask, rate, is_enough(rate.value), rate.on, day, months)


def dated(ask: Ask, evidence: object, is_enough: bool, on: date | None, day: date, months: int) -> Answer:
    """Return met or unmet by evidence that still counts, unknown by one of another time."""
    if on is None:
        return Answer(ask, State.UNKNOWN, Why.STALE, evidence)
    until = last_day(on, months)
    if not on <= day <= until:
        return Answer(ask, State.UNKNOWN, Why.STALE, evidence, on, until)
    if is_enough:
        return Answer(ask, State.MET, Why.ENOUGH, evidence, on, until)
    return Answer(ask, State.UNMET, Why.TOO_LITTLE, evidence, on, until)


def absent(ask: Ask, known: Known, day: date, months: int) -> Answer:
    """Return that the profile lacks it; only a profile confirmed lately says so, an older one may be incomplete."""
    on = known.confirmed_on
    if on is None:
        return Answer(ask, State.UNKNOWN, Why.UNTOLD)
    until = last_day(on, months)
    if not on <= day <= until:
        return Answer(ask, State.UNKNOWN, Why.STALE, None, on, until)
    return Answer(ask, State.UNMET, Why.ABSENT, None, on, until)


def holds_words(text: str, wanted: str) -> bool:
    """Whether every word of what is wanted begins a word of the text, whatever the case."""
    words = text.casefold().split()
    return all(any(word.startswith(part) for word in words) for part in wanted.casefold().split())


def is_same_unit(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold() != ""


RULES: dict[Kind, Callable[[Ask, Known, date, int], Answer]] = {
    Kind.CRITERION: of_criterion,
    Kind.DOCUMENT: of_paper,
    Kind.CERTIFICATE: of_paper,
    Kind.MACHINE: of_machine,
    Kind.MATERIAL: of_material,
    Kind.TOOL: of_tool,
    Kind.TOLERANCE: of_tolerance,
    Kind.PROCESS: of_process,
    Kind.CAPACITY: of_capacity,
    Kind.PPM: of_ppm,
    Kind.ON_TIME: of_on_time,
}
