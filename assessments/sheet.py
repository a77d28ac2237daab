"""An assessment as its assessor sees it: sections of items, each with its score, its photos and what it lacks.

A section is a group of a dimension (Rapi of 5R), or the whole dimension where it has no groups. A dimension that
is filled per area has its sections once for each area of the assessment; an assessment without areas is read as
one whole. Read only; five queries, whatever the size of the rubric.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from assessments.area_scores import Part
from assessments.backing import Backing
from assessments.models import Area, Assessment, Criterion, Dimension, Evidence, Score
from assessments.scoring import Field, Item, Result, result_of


@dataclass
class Row:
    """One item with what has been entered for it."""

    criterion: Criterion
    dimension: Dimension
    score: Score | None
    evidence: list[Evidence]
    area: Area | None = None
    beside: str = ""  # the owner's own score, where the assessor has given one (beside.py)

    @property
    def place(self) -> str:
        """The item as instructions name it: "R1.1", or "R1.1 (Gudang)" where it is asked per area."""
        return f"{self.criterion.code} ({self.area})" if self.area else self.criterion.code

    @property
    def value(self) -> int | None:
        return self.score.value if self.score else None

    @property
    def note(self) -> str:
        return self.score.note if self.score else ""

    @property
    def photos(self) -> list[Evidence]:
        return [item for item in self.evidence if item.kind == Evidence.Kind.PHOTO]

    @property
    def meaning(self) -> str:
        """What the given score means, in the rubric's words."""
        return dict(self.criterion.meanings).get(self.value, "") if self.value is not None else ""

    @cached_property
    def backing(self) -> Backing:
        """What backs the score, how old each piece is, and what is missing."""
        return Backing(self.score, self.evidence, self.dimension, self.criterion.is_critical)

    @property
    def needs_photo(self) -> bool:
        """Whether the given score must be shown by a photo and none is there yet."""
        return self.backing.needs_photo

    @property
    def gap(self) -> str:
        """What keeps this item from being submitted, as an instruction; empty when nothing does."""
        if self.score is None:
            return _("Butir %(code)s: beri nilai") % {"code": self.place}
        return self.backing.gap(self.place)

    def as_item(self) -> Item:
        return Item(
            code=self.criterion.code,
            value=self.value,
            not_applicable=self.score is not None and self.score.not_applicable,
            weight=self.criterion.weight,
        )


@dataclass
class Section:
    """One page of the form. `slug` stands in its address: "5r-2", "5r-2-a1" in the area of order 1."""

    slug: str
    title: str
    dimension: Dimension
    rows: list[Row]
    area: Area | None = None

    @property
    def full_title(self) -> str:
        """The title with the area, for places where sections of several areas stand together."""
        return f"{self.area}: {self.title}" if self.area else self.title

    @property
    def asked(self) -> int:
        return len(self.rows)

    @property
    def scored(self) -> int:
        return sum(row.score is not None for row in self.rows)

    @property
    def gaps(self) -> list[Row]:
        return [row for row in self.rows if row.gap]

    @property
    def state(self) -> str:
        """ "done", "now" (begun) or "" for the step marks."""
        if not self.gaps:
            return "done"
        return "now" if self.scored else ""


class Sheet:
    """All sections of one assessment, read once."""

    def __init__(self, assessment: Assessment):
        self.assessment = assessment

    @cached_property
    def dimensions(self) -> list[Dimension]:
        return list(Dimension.objects.filter(rubric=self.assessment.rubric_id).prefetch_related("criteria"))

    @cached_property
    def areas(self) -> list[Area]:
        return list(self.assessment.areas.all())

    def areas_of(self, dimension: Dimension) -> list[Area | None]:
        """Return where a dimension is filled: its areas, or the whole factory at once (None)."""
        return [*self.areas] if dimension.is_per_area and self.areas else [None]

    @cached_property
    def sections(self) -> list[Section]:
        scores = {(score.criterion_id, score.area_id): score for score in self.assessment.scores.all()}
        evidence: dict = defaultdict(list)
        for item in self.assessment.evidence.select_related("criterion"):
            evidence[item.criterion_id, item.area_id].append(item)
        return [
            Section(
                slug=f"{slug}-a{area.order}" if area else slug,
                title=criteria[0].group_title or dimension.title,
                dimension=dimension,
                rows=[
                    Row(one, dimension, scores.get(at), evidence[at], area)
                    for one in criteria
                    for at in [(one.pk, area and area.pk)]
                ],
                area=area,
            )
            for dimension in self.dimensions
            for area in self.areas_of(dimension)
            for slug, criteria in groups_of(dimension)
        ]

    @property
    def rows(self) -> Iterator[Row]:
        return (row for section in self.sections for row in section.rows)

    @property
    def asked(self) -> int:
        return sum(section.asked for section in self.sections)

    @property
    def scored(self) -> int:
        return sum(section.scored for section in self.sections)

    @property
    def photo_count(self) -> int:
        return sum(len(row.photos) for row in self.rows)

    @cached_property
    def result(self) -> Result:
        """The figures of what has been entered so far; the overall is None until everything is."""
        fields = [self._field(dimension) for dimension in self.dimensions]
        return result_of(fields, top=self.assessment.rubric.scale_max)

    def _field(self, dimension: Dimension) -> Field:
        """Return a dimension as the arithmetic takes it."""
        rows: dict = {area: [] for area in self.areas_of(dimension)}
        for row in self.rows:
            if row.dimension.pk == dimension.pk:
                rows[row.area].append(row.as_item())
        whole = rows.pop(None, [])
        parts = [Part(area.name, area.weight, items) for area, items in rows.items()]
        return Field(dimension.code, dimension.weight, whole, parts)

    @property
    def empty_fields(self) -> list[str]:
        """An instruction for each dimension in which no item applies: it would have no score."""
        names = {dimension.code: dimension.title for dimension in self.dimensions}
        words = _(
            "%(name)s: nilai sedikitnya satu butir; bidang yang seluruhnya tidak berlaku tidak punya nilai"
        )
        areas = [f"{names[code]}, {area}" for code, area in self.result.empty_areas]
        return [words % {"name": name} for name in [*(names[code] for code in self.result.empty), *areas]]

    @property
    def gaps(self) -> list[str]:
        """Everything that keeps the assessment from being submitted, as instructions."""
        return [row.gap for row in self.rows if row.gap] + self.empty_fields

    def section(self, slug: str) -> Section | None:
        return next((section for section in self.sections if section.slug == slug), None)

    def row(self, criterion: Criterion, area: Area | None = None) -> Row:
        """Return one item; without an area the first of those that ask it."""
        return next(row for row in self.rows if row.criterion.pk == criterion.pk and area in (None, row.area))


def groups_of(dimension: Dimension) -> list[tuple[str, list[Criterion]]]:
    """Return the items of a dimension by group, in order, with the word each has in addresses."""
    groups: dict[str, list[Criterion]] = {}
    for criterion in dimension.criteria.all():
        groups.setdefault(criterion.group, []).append(criterion)
    word = dimension.code.lower()
    if len(groups) == 1:
        return [(word, criteria) for criteria in groups.values()]
    return [(f"{word}-{n}", criteria) for n, criteria in enumerate(groups.values(), start=1)]
