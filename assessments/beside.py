"""The owner's own scores beside an assessor's, item by item (domain.md §4.1).

The assessor scores blind: an owner's score shows at an item once the assessor's own is stored, so that neither
talks the other into it. What is changed after that stays in the trail.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from assessments.models import Assessment
from assessments.scoring import Item
from assessments.sheet import Row, Section, Sheet
from assessments.side_by_side import Comparison, Line, compare
from closedloop.core.formats import change as signed


def self_rating_for(assessment: Assessment) -> Assessment | None:
    """Return the owner's rating handed in for this assessment: the newest since the last official one."""
    if assessment.kind == Assessment.Kind.SELF:
        return None
    rows = Assessment.objects.self_rated().filter(
        enterprise=assessment.enterprise_id, visited_on__lte=assessment.visited_on
    )
    before = (
        Assessment.objects.official()
        .filter(enterprise=assessment.enterprise_id, visited_on__lt=assessment.visited_on)
        .order_by("-visited_on")
        .values_list("visited_on", flat=True)
        .first()
    )
    if before is not None:
        rows = rows.filter(visited_on__gt=before)
    return rows.order_by("-visited_on", "-submitted_at").first()


def blind_work_of(user, rating: Assessment) -> Assessment | None:
    """Return what this person still scores for the same IKM: until it is handed in, the owner's scores hide."""
    if rating.kind != Assessment.Kind.SELF or rating.assessor_id == user.pk:
        return None
    own = Assessment.objects.writable().filter(enterprise=rating.enterprise_id, assessor=user)
    return own.exclude(kind=Assessment.Kind.SELF).first()


@dataclass(frozen=True)
class Beside:
    """One item as both see it, with its record."""

    row: Row
    line: Line

    @property
    def own(self) -> str:
        return said(self.line.items[0])

    @property
    def theirs(self) -> str:
        return said(self.line.items[-1])

    @property
    def change(self) -> str:
        """How many levels lower or higher the assessor sees it; empty where one of them says it does not apply."""
        return "" if self.line.change is None else signed(self.line.change, 0)


class SideBySide:
    """All items of an assessment beside the owner's own rating."""

    def __init__(self, sheet: Sheet, rating: Assessment):
        self.sheet, self.rating = sheet, rating

    @cached_property
    def own(self) -> dict[str, Item]:
        scores = self.rating.scores.select_related("criterion")
        return {
            score.criterion.code: Item(score.criterion.code, score.value, score.not_applicable)
            for score in scores
        }

    @cached_property
    def comparison(self) -> Comparison:
        """Per item and area; the owner's one score of an item stands beside each of its areas."""
        theirs = {(row.criterion.code, row.area): row.as_item() for row in self.sheet.rows}
        own = {key: self.own[key[0]] for key in theirs if key[0] in self.own}
        return compare([own, theirs], order=theirs)

    @property
    def shares_rubric(self) -> bool:
        return self.rating.rubric_id == self.sheet.assessment.rubric_id

    @property
    def all(self) -> list[Beside]:
        """The items that both scored."""
        rows: dict[Hashable, Row] = {(row.criterion.code, row.area): row for row in self.sheet.rows}
        return [Beside(rows[line.key], line) for line in self.comparison.comparable]

    @property
    def differing(self) -> list[Beside]:
        return [one for one in self.all if one.line.differs]

    @property
    def large(self) -> list[Beside]:
        return [one for one in self.all if one.line.is_large]


def said(item: Item | None) -> str:
    """Return a score as a table shows it."""
    if item is None or not item.is_scored:
        return "–"
    return _("tidak berlaku") if item.not_applicable else str(item.value)


def beside_of(sheet: Sheet) -> SideBySide | None:
    rating = self_rating_for(sheet.assessment)
    return SideBySide(sheet, rating) if rating else None


def show_beside(sheet: Sheet, part: Section) -> Assessment | None:
    """Put the owner's own score at those items of a section that the assessor has scored; return the rating."""
    found = beside_of(sheet)
    if found is None:
        return None
    for row in part.rows:
        if row.score is not None and row.criterion.code in found.own:
            row.beside = said(found.own[row.criterion.code])
    return found.rating
