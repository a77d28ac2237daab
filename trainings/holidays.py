"""National holidays, on which no session is proposed.

The list is an example that ships as data (data/holidays-contoh.csv) and is edited there: only the days that the
calendar itself fixes are certain, the others follow the government's decree of the year and may move.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).resolve().parent / "data" / "holidays-contoh.csv"


@dataclass(frozen=True)
class Holiday:
    """One day off; where it is not certain, the decree of the year decides."""

    day: date
    name: str
    name_en: str
    is_certain: bool

    @property
    def title(self) -> str:
        """The holiday's name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name


@cache
def national_holidays() -> dict[date, Holiday]:
    """Return the listed holidays by their day."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {
            (day := date.fromisoformat(row["day"])): Holiday(
                day, row["name"], row["name_en"], row["is_certain"] == "yes"
            )
            for row in csv.DictReader(lines)
        }


def years_listed() -> set[int]:
    """Return the years the list knows of; for any other nothing is skipped, and the page says so."""
    return {day.year for day in national_holidays()}
