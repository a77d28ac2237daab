"""Which year or quarter a figure is about, and whether it may be asked for. Pure functions over days."""

from dataclasses import dataclass
from datetime import date

WHOLE_YEAR = 0


@dataclass(frozen=True, order=True)
class Period:
    """A year, or one of its quarters; `quarter` is 0 for the whole year."""

    year: int
    quarter: int = WHOLE_YEAR

    def __str__(self) -> str:
        return str(self.year) if self.quarter == WHOLE_YEAR else f"{self.year} T{self.quarter}"


def quarter_of(day: date) -> Period:
    """Return the quarter the day lies in."""
    return Period(day.year, (day.month - 1) // 3 + 1)


def quarter_before(quarter: Period) -> Period:
    return Period(quarter.year - 1, 4) if quarter.quarter == 1 else Period(quarter.year, quarter.quarter - 1)


def asked_about(*, frequency: str, about: str, day: date) -> Period:
    """Return the time a figure is asked about on the day: this year or quarter, or the one just over."""
    if frequency == "quarterly":
        quarter = quarter_of(day)
        return quarter_before(quarter) if about == "past" else quarter
    return Period(day.year - (1 if about == "past" else 0))


def years_between(first: Period, last: Period) -> int:
    """Return how many calendar years lie between two times."""
    return last.year - first.year


def quarters_between(first: Period, last: Period) -> int | None:
    """Return how many quarters lie between two quarters; None where either is a whole year."""
    if WHOLE_YEAR in (first.quarter, last.quarter):
        return None
    return (last.year - first.year) * 4 + last.quarter - first.quarter
