"""What a buyer's requirement asks of a maker, line by line (features.md E1). Plain values, no database."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Kind(StrEnum):
    """What satisfies a line. The first seven are written line by line; the rest follow from the requirement."""

    CRITERION = "criterion"
    DOCUMENT = "document"
    CERTIFICATE = "certificate"
    MACHINE = "machine"
    MATERIAL = "material"
    TOOL = "tool"
    TOLERANCE = "tolerance"
    PROCESS = "process"
    CAPACITY = "capacity"
    PPM = "ppm"
    ON_TIME = "on_time"


WRITTEN = (
    Kind.CRITERION,
    Kind.DOCUMENT,
    Kind.CERTIFICATE,
    Kind.MACHINE,
    Kind.MATERIAL,
    Kind.TOOL,
    Kind.TOLERANCE,
)


@dataclass(frozen=True)
class Ask:
    """One line. `subject`: code of the criterion, kind of the document, code of the process, or words of a name.

    `threshold`: least score, least capacity of the machine in `unit`, coarsest reading of the tool or coarsest
    tolerance in mm, least pieces a month, most ppm, least share on time. None asks only that it is there.
    """

    key: str
    kind: Kind
    subject: str = ""
    threshold: Decimal | None = None
    unit: str = ""
    text: str = ""


def monthly(volume: int, period: str) -> Decimal:
    """Return the pieces a month that a volume per month, quarter or year comes to; not rounded."""
    return Decimal(volume) / MONTHS[period]


def implied(
    *,
    volume: int,
    period: str,
    unit: str,
    process: str = "",
    max_ppm: int | None = None,
    min_on_time: Decimal | None = None,
) -> list[Ask]:
    """Return the lines that follow from the requirement itself: its process, its volume, quality and delivery."""
    asks = [Ask("process", Kind.PROCESS, subject=process)] if process else []
    asks.append(Ask("capacity", Kind.CAPACITY, threshold=monthly(volume, period), unit=unit))
    if max_ppm is not None:
        asks.append(Ask("ppm", Kind.PPM, threshold=Decimal(max_ppm)))
    if min_on_time is not None:
        asks.append(Ask("on_time", Kind.ON_TIME, threshold=min_on_time))
    return asks
