"""An assessment as its assessor sees it: sections of items, each with its score, its photos and what it lacks.

A section is a group of a dimension (Rapi of 5R), or the whole dimension where it has no groups. Read only;
four queries, whatever the size of the rubric.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from assessments.backing import Backing
from assessments.models import Assessment, Criterion, Dimension, Evidence, Score
from assessments.scoring import Field, Item, Result, result_of


@dataclass
class Row:
    """One item with what has been entered for it."""

    criterion: Criterion
    dimension: Dimension
    score: Score | None
    evidence: list[Evidence]

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
            return _("Butir %(code)s: beri nilai") % {"code": self.criterion.code}
        return self.backing.gap(self.criterion.code)

    def as_item(self) -> Item:
        return Item(
            code=self.criterion.code,
            value=self.value,
            not_applicable=self.score is not None and self.score.not_applicable,
            weight=self.criterion.weight,
        )


@dataclass
class Section:
    """One page of the form. `slug` stands in its address: "5r-2"."""

    slug: str
    title: str
    dimension: Dimension
    rows: list[Row]

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
    def sections(self) -> list[Section]:
        scores = {score.criterion_id: score for score in self.assessment.scores.all()}
        evidence: dict = defaultdict(list)
        for item in self.assessment.evidence.select_related("criterion"):
            evidence[item.criterion_id].append(item)
        return [
            Section(
                slug=slug,
                title=criteria[0].group_title or dimension.title,
                dimension=dimension,
                rows=[Row(one, dimension, scores.get(one.pk), evidence[one.pk]) for one in criteria],
            )
            for dimension in self.dimensions
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
        fields = [
            Field(
                code=dimension.code,
                weight=dimension.weight,
                items=[row.as_item() for row in self.rows if row.dimension.pk == dimension.pk],
            )
            for dimension in self.dimensions
        ]
        return result_of(fields, top=self.assessment.rubric.scale_max)

    @property
    def empty_fields(self) -> list[str]:
        """An instruction for each dimension in which no item applies: it would have no score."""
        names = {dimension.code: dimension.title for dimension in self.dimensions}
        words = _(
            "%(name)s: nilai sedikitnya satu butir; bidang yang seluruhnya tidak berlaku tidak punya nilai"
        )
        return [words % {"name": names[code]} for code in self.result.empty]

    @property
    def gaps(self) -> list[str]:
        """Everything that keeps the assessment from being submitted, as instructions."""
        return [row.gap for row in self.rows if row.gap] + self.empty_fields

    def section(self, slug: str) -> Section | None:
        return next((section for section in self.sections if section.slug == slug), None)

    def row(self, criterion: Criterion) -> Row:
        return next(row for row in self.rows if row.criterion.pk == criterion.pk)


def groups_of(dimension: Dimension) -> list[tuple[str, list[Criterion]]]:
    """Return the items of a dimension by group, in order, with the word each has in addresses."""
    groups: dict[str, list[Criterion]] = {}
    for criterion in dimension.criteria.all():
        groups.setdefault(criterion.group, []).append(criterion)
    word = dimension.code.lower()
    if len(groups) == 1:
        return [(word, criteria) for criteria in groups.values()]
    return [(f"{word}-{n}", criteria) for n, criteria in enumerate(groups.values(), start=1)]
