"""A cohort that may open: one with a version of everything."""

from participants.models import Cohort
from tests.factories.assessments import CohortRubricFactory
from tests.factories.baseline import CohortIndicatorsFactory
from tests.factories.participants import CohortFactory
from tests.factories.trainings import CohortCurriculumFactory


def pinned_cohort(**fields) -> Cohort:
    """Make a planned cohort that has settled by what it is taught, judged and asked."""
    cohort = CohortFactory(**{"status": "planned", **fields})
    for pin in (CohortCurriculumFactory, CohortRubricFactory, CohortIndicatorsFactory):
        pin(cohort=cohort)
    return cohort
