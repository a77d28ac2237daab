"""The versions that the cohorts of a generated programme keep: those that are shipped."""

import assessments.actions
import participants.actions
import trainings.actions
from assessments.models import CohortRubric
from participants.models import Cohort, CohortIndicators
from trainings.models import CohortCurriculum


def pin_shipped(cohorts: list[Cohort]) -> None:
    """Give each cohort the shipped curriculum, rubric, class scheme and indicators; nobody's act, so no event."""
    curriculum = trainings.actions.load_reference()
    rubric, scheme = assessments.actions.load_reference()
    indicators = participants.actions.load_indicators()
    CohortCurriculum.objects.bulk_create(
        CohortCurriculum(cohort=cohort, curriculum=curriculum) for cohort in cohorts
    )
    CohortRubric.objects.bulk_create(
        CohortRubric(cohort=cohort, rubric=rubric, scheme=scheme) for cohort in cohorts
    )
    CohortIndicators.objects.bulk_create(
        CohortIndicators(cohort=cohort, indicator_set=indicators) for cohort in cohorts
    )
