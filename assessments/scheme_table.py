"""A class scheme as the table of domain.md §5.3: a row for each thing asked, a column for each class."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from assessments.class_rules import Rule
from assessments.measures import LEVELS, MEASURES
from assessments.models import ClassRequirement, ClassScheme
from assessments.wording import asked, subject_of


@dataclass(frozen=True)
class Cell:
    """What one class asks of one thing; without an id it asks nothing."""

    level: int
    words: str = ""
    id: UUID | None = None


def cells_of(scheme: ClassScheme, names: Mapping[str, str]) -> list[tuple[str, list[Cell]]]:
    """Return a row for each measure and subject, in the order of the measures: its head and a cell per class."""
    found: dict[tuple[str, str], dict[int, ClassRequirement]] = {}
    for row in scheme.requirements.all():
        found.setdefault((row.measure, row.subject), {})[row.level] = row
    ranked = sorted(found, key=lambda place: list(MEASURES).index(place[0]))
    return [
        (subject_of(rule_of(next(iter(found[place].values()))), names), cells(found[place]))
        for place in ranked
    ]


def cells(by_level: Mapping[int, ClassRequirement]) -> list[Cell]:
    return [
        Cell(level, asked(rule_of(row)), row.pk) if (row := by_level.get(level)) else Cell(level)
        for level in LEVELS
    ]


def rule_of(row: ClassRequirement) -> Rule:
    return Rule(row.level, row.measure, row.subject, row.threshold, row.months, row.max_age_days)
