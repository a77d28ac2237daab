"""What is known of one IKM that could satisfy a requirement: plain values, each with the day it speaks from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class ScoreKnown:
    """The newest official score of one criterion, the lowest of its areas; None was found not to apply."""

    value: int | None
    scale_max: int
    on: date
    assessment: str  # its code


@dataclass(frozen=True)
class PaperKnown:
    """A document: its kind, the words it can be found by, and when it holds. A number in the registry has no days.

    `said_on`: when somebody last said that it is there; one without a last day counts from then.
    """

    kind: str
    words: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    id: str = ""
    said_on: date | None = None


@dataclass(frozen=True)
class ThingKnown:
    """A machine, material or tool of the profile. `measure` is capacity in `unit`, or how finely a tool reads."""

    name: str
    on: date
    measure: Decimal | None = None
    unit: str = ""
    calibrated_until: date | None = None


@dataclass(frozen=True)
class RangeKnown:
    """Pieces a month as told, between `low` and `high` (alike where a number was told)."""

    low: Decimal
    high: Decimal
    unit: str
    on: date


@dataclass(frozen=True)
class RateKnown:
    """A rate over the newest closed months; `on` is the last day of the last of them."""

    value: Decimal
    on: date
    months: int


@dataclass(frozen=True)
class Known:
    """All of it. Empty is not known. `confirmed_on`: when the profile was last said to be right as a whole."""

    scores: Mapping[str, ScoreKnown] = field(default_factory=dict)
    papers: Sequence[PaperKnown] = ()
    confirmed_on: date | None = None
    processes: Mapping[str, str] = field(default_factory=dict)
    processes_on: date | None = None
    process_days: Mapping[str, date] = field(default_factory=dict)  # of those confirmed by themselves
    machines: Sequence[ThingKnown] = ()
    materials: Sequence[ThingKnown] = ()
    tools: Sequence[ThingKnown] = ()
    tolerance: ThingKnown | None = None
    capacity: RangeKnown | None = None
    ppm: RateKnown | None = None
    on_time: RateKnown | None = None
