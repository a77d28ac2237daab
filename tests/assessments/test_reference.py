"""The shipped rubric and class scheme, and pinning them."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from assessments import actions
from assessments.actions.rubric_versions import start_rubric
from assessments.actions.scheme_versions import start_scheme
from assessments.models import Criterion, Rubric
from assessments.shipped import shipped_rubrics
from closedloop.audit.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.assessments import ClassSchemeFactory, RubricFactory
from tests.factories.participants import CohortFactory

pytestmark = pytest.mark.django_db

# domain.md §5.3, §2.3, §3.2, §4.2–4.5: weight, number of items, of them critical
SHIPPED = {
    "BM": (10, 8, 0),
    "5R": (15, 25, 0),
    "K3L": (15, 27, 11),
    "TEK": (30, 26, 0),
    "PSR": (10, 10, 0),
    "KEU": (15, 11, 0),
    "LEG": (5, 8, 0),
}
CRITICAL = {"KS3", "KS4", "KS5", "KS6", "KS7", "KS8", "KS9", "KH6", "KA5", "KL1", "KL2"}


@pytest.fixture
def shipped():
    return actions.load_reference()


def test_shipped_rubric_has_every_item_of_the_fact_sheet(shipped):
    rubric, _scheme = shipped
    found = {
        dimension.code: (
            dimension.weight,
            dimension.criteria.count(),
            dimension.criteria.filter(is_critical=True).count(),
        )
        for dimension in rubric.dimensions.all()
    }
    assert found == SHIPPED
    assert set(Criterion.objects.filter(is_critical=True).values_list("code", flat=True)) == CRITICAL
    assert {d.code: d.photo_scores for d in rubric.dimensions.all() if d.photo_scores} == {"5R": [0, 1, 4]}


def test_the_newer_version_asks_for_evidence_and_the_older_stays_as_it_was(shipped):
    """Cohorts that began with the first version are not asked for more than they were told."""
    newest, _scheme = shipped
    first = Rubric.objects.get(code=newest.code, version=1)
    assert newest.version == 3
    assert newest.change_note
    assert {code for dimension in first.dimensions.all() for code in dimension.evidence_scores} == set()
    assert {d.code: d.evidence_scores for d in newest.dimensions.all()} == {
        code: [4] if code == "LEG" else [2, 3, 4] for code in SHIPPED
    }
    ages = newest.dimensions.get(code="KEU").evidence_max_age_days
    assert ages == {"photo": 30, "note": 30, "measurement": 90, "document": 365}
    assert "document" not in newest.dimensions.get(code="LEG").evidence_max_age_days


def test_every_item_says_what_each_score_means_in_both_languages(shipped):
    for criterion in Criterion.objects.all():
        expected = [0, 4] if criterion.is_yes_no else [0, 1, 2, 3, 4]
        for language in ("id", "en"):
            with override(language):
                assert criterion.scores_allowed == expected
                assert criterion.title
                assert criterion.hint
        with override("en"):
            assert criterion.title != criterion.text


def test_anchors_of_5r_are_those_of_the_fact_sheet(shipped):
    rubric, _scheme = shipped
    meanings = dict(Criterion.objects.get(code="R1.1", dimension__rubric=rubric).meanings)
    assert meanings[0] == "Belum diterapkan"
    assert meanings[4] == "Konsisten 3 bulan atau lebih dan terus diperbaiki"


def test_publishing_twice_changes_nothing(shipped):
    before = Criterion.objects.count(), Event.objects.count()
    assert actions.load_reference() == shipped
    assert (Criterion.objects.count(), Event.objects.count()) == before


def test_a_shipped_version_whose_number_is_taken_gets_the_next_one_and_is_known_again(shipped, monkeypatch):
    """Staff begin version 4 before the portal ships its own: neither hides nor is taken for the other."""
    newest, scheme = shipped
    staff = UserFactory()
    draft = start_rubric(newest, by=staff)
    other = start_scheme(scheme, by=staff)
    data = [*shipped_rubrics(), {**shipped_rubrics()[-1], "version": draft.version, "change_note": "Baru"}]
    monkeypatch.setattr("assessments.actions.reference.shipped_rubrics", lambda: data)
    rubric, same = actions.load_reference()
    assert (draft.version, rubric.version, rubric.change_note) == (4, 5, "Baru")
    assert rubric.published_at is not None and same == scheme
    assert actions.load_reference() == (rubric, scheme)
    draft.refresh_from_db()
    assert draft.is_draft and other.is_draft


def test_class_scheme_is_labelled_an_example(shipped):
    _rubric, scheme = shipped
    assert scheme.is_example
    assert [scheme.requirements.filter(level=level).count() for level in (1, 2, 3, 4)] == [0, 13, 23, 27]


def test_pinning_is_once_and_for_all(shipped):
    rubric, scheme = shipped
    cohort, staff = CohortFactory(), UserFactory()
    pin = actions.pin_rubric(cohort, rubric, scheme, by=staff)
    assert actions.pin_rubric(cohort, rubric, scheme, by=staff) == pin
    with pytest.raises(ValidationError, match="sudah memakai rubrik lain"):
        actions.pin_rubric(cohort, RubricFactory(), scheme, by=staff)
    assert Event.objects.filter(verb="cohort.rubric_pinned").count() == 1


def test_only_published_versions_are_pinned():
    with pytest.raises(ValidationError, match="diterbitkan"):
        actions.pin_rubric(
            CohortFactory(), RubricFactory(published_at=None), ClassSchemeFactory(), by=UserFactory()
        )
    assert Rubric.objects.published().count() == 0
