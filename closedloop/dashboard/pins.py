"""By which versions a cohort is taught, judged and asked: what is pinned, what is newest, and how they differ."""

from dataclasses import dataclass, fields

from assessments.models import ClassScheme, CohortRubric, Rubric
from participants.models import Cohort, CohortIndicators, IndicatorSet
from trainings.models import CohortCurriculum, Curriculum


@dataclass(frozen=True, kw_only=True)
class Pins:
    """One version of each; None where nothing is pinned or published."""

    curriculum: Curriculum | None = None
    rubric: Rubric | None = None
    scheme: ClassScheme | None = None
    indicators: IndicatorSet | None = None

    def changed_from(self, other: "Pins") -> set[str]:
        """Return the names of what differs."""
        names = {field.name for field in fields(self)}
        return {name for name in names if getattr(self, name) != getattr(other, name)}


def pins_of(cohort: Cohort) -> Pins:
    """Return what the cohort started with, or changed to with a reason; three queries."""
    curriculum = CohortCurriculum.objects.filter(cohort=cohort).select_related("curriculum").first()
    rubric = CohortRubric.objects.filter(cohort=cohort).select_related("rubric", "scheme").first()
    indicators = CohortIndicators.objects.filter(cohort=cohort).select_related("indicator_set").first()
    return Pins(
        curriculum=curriculum.curriculum if curriculum else None,
        rubric=rubric.rubric if rubric else None,
        scheme=rubric.scheme if rubric else None,
        indicators=indicators.indicator_set if indicators else None,
    )


def newest_pins() -> Pins:
    """Return the versions published last."""
    return Pins(
        curriculum=newest(Curriculum),
        rubric=newest(Rubric),
        scheme=newest(ClassScheme),
        indicators=newest(IndicatorSet),
    )


def newest(model):
    published = model.objects.filter(published_at__isnull=False)
    return published.order_by("-published_at", "-version").first()
