"""Before a cohort takes other requirements of the classes, staff read whose way would change."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from assessments.actions import pin_rubric
from assessments.actions import scheme_versions as acts
from assessments.models import CohortRubric
from assessments.scheme_values import seen
from closedloop.accounts.roles import Role
from closedloop.dashboard.pin_effects import effects_of
from closedloop.dashboard.pins import Pins, pins_of
from participants.actions import load_indicators
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, ClassSchemeFactory, requirement
from tests.factories.trainings import CurriculumFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def assessed():
    """Two IKM of one running cohort: 77,5 overall, and 55."""
    good = AssessmentFactory(filled=3, submitted=True, approved=True, enrolment__cohort__status="running")
    AssessmentFactory(enrolment__cohort=good.enrolment.cohort, filled=2, submitted=True, approved=True)
    return good


@pytest.fixture
def harder(assessed, staff):
    """The next version asks 60 of Madya instead of 55."""
    draft = acts.start_scheme(CohortRubric.objects.get().scheme, by=staff)
    row = draft.requirements.get(level=2)
    acts.change_requirement(row, by=staff, level=2, measure="overall", subject="", threshold=Decimal(60))
    words = {"name": draft.name, "change_note": "Rapat", "is_example": True}
    return acts.publish_scheme(draft, by=staff, seen_as=seen(draft), **words)


def test_the_effects_name_each_ikm_whose_unmet_list_would_change(client, login, assessed, harder):
    cohort = assessed.enrolment.cohort
    before = pins_of(cohort)
    after = Pins(curriculum=before.curriculum, rubric=before.rubric, scheme=harder)
    said = [f"{effect.about}: {effect.text}" for effect in effects_of(cohort, before, after)]
    other = cohort.enrolments.exclude(pk=assessed.enrolment_id).get().enterprise
    assert said == [
        "Syarat kelas: Madya, Nilai total: ≥ 55 → ≥ 60.",
        f"Syarat yang belum terpenuhi: {other}: 0 menjadi 1 syarat belum terpenuhi. "
        "Bertambah: Nilai total 55,0 < 60.",
    ]
    assert pins_of(cohort) == before  # looking changes nothing
    login(Role.STAFF)
    form = {
        "curriculum": CurriculumFactory().pk,
        "rubric": before.rubric.pk,
        "scheme": harder.pk,
        "indicators": load_indicators().pk,
    }
    page = client.post(reverse("dashboard:cohort_pins", args=[cohort.code]), form).content.decode()
    assert "0 menjadi 1 syarat belum terpenuhi" in page and pins_of(cohort) == before


def test_a_scheme_that_names_what_the_rubric_lacks_is_not_pinned(assessed, staff):
    pin, scheme = CohortRubric.objects.get(), ClassSchemeFactory()
    requirement(scheme, 3, "criterion", subject="F99", threshold=Decimal(3))
    with pytest.raises(ValidationError, match="F99"):
        pin_rubric(pin.cohort, pin.rubric, scheme, by=staff, reason="Rapat")
