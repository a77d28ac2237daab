"""Which versions of rubric and class requirements stand behind the scores in a report."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessments.models import ClassScheme, CohortRubric, Rubric


def version_facts(rubrics: Iterable[Rubric], schemes: Iterable[ClassScheme]) -> list[list[str]]:
    """Return the versions as (name, words) pairs, each once; what there is none of is left out."""
    found = (
        (_("Rubrik"), sorted({str(rubric) for rubric in rubrics})),
        (_("Syarat kelas"), sorted({str(scheme) for scheme in schemes})),
    )
    return [[name, ", ".join(words)] for name, words in found if words]


def versions_of_cohorts(pins: Iterable[CohortRubric]) -> list[list[str]]:
    """Return the versions that cohorts were begun with."""
    pins = list(pins)
    return version_facts([pin.rubric for pin in pins], [pin.scheme for pin in pins])
