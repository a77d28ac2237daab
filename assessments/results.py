"""An assessment as its reader sees it: scores beside the thresholds of the next class, and what came before.

Read only. Pages and reports take the same lines from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.area_board import AreaBoard, area_boards, parts_from
from assessments.class_rules import floors, next_level, overall_floor
from assessments.comparable import Comparison
from assessments.comparisons import comparison_of
from assessments.inputs import rules_of, stored_scores
from assessments.models import Assessment, ClassScheme, CohortRubric, Dimension
from assessments.scoring import Result
from assessments.wording import figure
from closedloop.core.charts import Pair, Series, pairs, radar
from closedloop.core.formats import change, date_short
from closedloop.core.formats import score as as_score
from participants.models import ClassLevel


@dataclass(frozen=True)
class Line:
    """One dimension: now, before, and what the next class asks for. Scores 0 to 100, None where unknown.

    `comparable` is now on the items that before was asked too, where the rubrics differ.
    """

    code: str
    name: str
    weight: Decimal
    score: Decimal | None
    before: Decimal | None
    floor: Decimal | None
    comparable: Decimal | None = None

    @property
    def is_short(self) -> bool:
        return self.score is not None and self.floor is not None and self.score < self.floor

    @property
    def change(self) -> Decimal | None:
        now = self.score if self.comparable is None else self.comparable
        return None if now is None or self.before is None else now - self.before

    @property
    def ratio(self) -> Decimal | None:
        return None if self.score is None else self.score / 100

    @property
    def target(self) -> Decimal | None:
        return None if self.floor is None else self.floor / 100

    @property
    def shown(self) -> str:
        return figure(self.score, self.floor)

    @property
    def distance(self) -> str:
        """How far from the threshold of the next class, in words."""
        if self.score is None or self.floor is None:
            return ""
        gap = abs(self.score - self.floor)
        if self.is_short:
            return _("kurang %(points)s") % {"points": figure(gap, Decimal(0))}
        return _("memenuhi, lebih %(points)s") % {"points": as_score(gap)} if gap else _("memenuhi, pas")


@dataclass(frozen=True)
class Board:
    """All dimensions of one assessment, the overall, and the class they are held against."""

    lines: list[Line]
    overall: Decimal | None
    before: Decimal | None
    floor: Decimal | None
    level: int
    title: str
    comparable: Decimal | None = None
    comparison: Comparison | None = None  # where before was asked on another version of the rubric
    areas: list[AreaBoard] = field(default_factory=list)  # of dimensions filled per area

    @property
    def level_name(self) -> str:
        return str(ClassLevel(self.level).label)

    @property
    def change(self) -> Decimal | None:
        now = self.overall if self.comparable is None else self.comparable
        return None if now is None or self.before is None else now - self.before


def scheme_of(assessment: Assessment) -> ClassScheme | None:
    """Return the class scheme the assessment's cohort is judged by."""
    pin = CohortRubric.objects.filter(cohort=assessment.enrolment.cohort_id).select_related("scheme").first()
    return pin.scheme if pin else None


def board(
    assessment: Assessment,
    *,
    dimensions: Iterable[Dimension],
    result: Result | None = None,
    earlier: Assessment | None = None,
    present: int | None = None,
) -> Board:
    """Return the lines to draw. `result` gives the figures of one that is not approved yet.

    An earlier assessment on another version of the rubric is compared on the items both share (comparable.py):
    `before` and `comparable` of a line are then the figures on those.
    """
    scheme = scheme_of(assessment)
    rules = rules_of(scheme) if scheme else []
    level = next_level(present if present is not None else assessment.enterprise.class_level)
    dimensions = list(dimensions)
    needed = floors(level, rules, [dimension.code for dimension in dimensions])
    now = result.dimensions if result else stored_scores(assessment)
    both = comparison_of(earlier, assessment)
    then = both.before.dimensions if both else stored_scores(earlier)
    shared = both.now.dimensions if both else {}
    lines = [
        Line(
            code=dimension.code,
            name=dimension.title,
            weight=dimension.weight,
            score=now.get(dimension.code),
            before=then.get(dimension.code),
            floor=needed[dimension.code],
            comparable=shared.get(dimension.code),
        )
        for dimension in dimensions
    ]
    overall = result.overall if result else assessment.overall
    floor = overall_floor(level, rules)
    return Board(
        lines=lines,
        overall=overall,
        before=both.before.overall if both else earlier.overall if earlier else None,
        floor=floor,
        level=level,
        title=headline(overall, floor, lines, level),
        comparable=both.now.overall if both else None,
        comparison=both,
        areas=area_boards(
            dimensions,
            now,
            result.areas if result else parts_from(assessment.area_scores),
            rules=rules,
            level=level,
        ),
    )


def headline(overall: Decimal | None, floor: Decimal | None, lines: list[Line], level: int) -> str:
    """Return the finding in one sentence: "Nilai 69,2; kurang 0,8 poin dan 3 bidang untuk Pra-Mandiri"."""
    if overall is None:
        return _("Belum semua butir dinilai")
    shown = figure(overall, floor)
    name = ClassLevel(level).label
    short = sum(line.is_short for line in lines)
    gaps = []
    if floor is not None and overall < floor:
        gaps.append(_("%(points)s poin") % {"points": figure(floor - overall, Decimal(0))})
    if short:
        gaps.append(_("%(n)d bidang") % {"n": short})
    if not gaps:
        return _("Nilai %(score)s; nilai memenuhi syarat %(level)s") % {"score": shown, "level": name}
    words = _(" dan ").join(gaps)
    return _("Nilai %(score)s; kurang %(gaps)s untuk %(level)s") % {
        "score": shown,
        "gaps": words,
        "level": name,
    }


def chart(one: Board, assessment: Assessment, earlier: Assessment | None):
    """Return the radar: the earlier assessment, this one, and what the next class asks for."""
    series = []
    if earlier is not None:
        name = date_short(earlier.visited_on)
        series.append(Series(name, [line.before for line in one.lines], "baseline"))
    series.append(Series(date_short(assessment.visited_on), [line.score for line in one.lines], "last"))
    if any(line.floor is not None for line in one.lines):
        name = _("Syarat %(level)s") % {"level": one.level_name}
        series.append(Series(name, [line.floor for line in one.lines], "target"))
    return radar([line.code for line in one.lines], series, label=one.title)


def bars(one: Board, assessment: Assessment, earlier: Assessment | None):
    """Return the same as bars: hollow before, full now, a tick where the next class begins."""
    before = date_short(earlier.visited_on) if earlier else ""
    asked = _("Syarat %(level)s") % {"level": one.level_name}
    rows = [Pair(line.name, line.before, line.score, line.floor) for line in one.lines]
    return pairs(rows, label=one.title, words=(before, date_short(assessment.visited_on), asked))


def change_words(value: Decimal | None) -> str:
    """Return "naik 4,1 poin" or "turun 0,8 poin"; empty when unknown."""
    if value is None:
        return ""
    if value == 0:
        return _("tetap")
    points = change(abs(value)).lstrip("+")
    return (_("naik %(points)s poin") if value > 0 else _("turun %(points)s poin")) % {"points": points}
