"""What a score must be backed by, on the rubric's own terms, and what keeps it from being handed in."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from assessments import actions
from assessments.models import Assessment, Evidence
from assessments.sheet import Sheet
from tests.factories.assessments import AssessmentFactory, RubricFactory, criteria_of, fill

pytestmark = pytest.mark.django_db

LIMITS = {"photo": 30, "document": 365, "note": 30}
ASKS = {"evidence_scores": [2, 3, 4], "evidence_max_age_days": LIMITS, "photo_scores": []}


@pytest.fixture
def assessment():
    """Every item 3, on a rubric that asks for evidence of 2, 3 and 4."""
    return AssessmentFactory(rubric=rubric_that(**ASKS), filled=3)


def rubric_that(**asks):
    return RubricFactory(content__asks=asks)


def item(assessment, code="KS1"):
    return criteria_of(assessment).get(code=code)


def gaps(assessment):
    return {gap.split(":")[0].removeprefix("Butir "): gap for gap in Sheet(assessment).gaps}


def add(assessment, age=0, code="KS1", **fields):
    return Evidence.objects.create(
        **{
            "assessment": assessment,
            "criterion": item(assessment, code),
            "kind": "note",
            "caption": "Dilihat bersama kepala produksi",
            "taken_on": assessment.visited_on - timedelta(days=age),
            "uploaded_by": assessment.assessor,
        }
        | fields
    )


def test_every_score_above_one_lacks_evidence_until_there_is_some(assessment):
    assert set(gaps(assessment)) == {"R1.1", "R2.1", "KS7", "KS1", "LEG1"}
    with pytest.raises(ValidationError, match="Butir KS1: tambah bukti atau catatan, karena nilainya 3"):
        actions.submit(assessment, by=assessment.assessor)
    add(assessment)
    assert "KS1" not in gaps(assessment)


def test_a_long_remark_is_a_visit_note_and_a_short_one_is_not(assessment):
    answers = {item(assessment): (3, False, "Ada di semua mesin")}
    actions.save_scores(assessment, answers, by=assessment.assessor)
    assert "KS1" in gaps(assessment)
    answers = {item(assessment): (3, False, "Ada di semua mesin bubut dan las")}
    actions.save_scores(assessment, answers, by=assessment.assessor)
    assert "KS1" not in gaps(assessment)


def test_what_is_too_old_does_not_count_and_its_days_are_named(assessment):
    old = add(assessment, 31)
    assert "ganti catatan kunjungan yang terlalu lama (31 hari sebelum kunjungan, paling lama 30" in gaps(
        assessment
    ).get("KS1")
    old.taken_on += timedelta(days=1)
    old.save()
    assert "KS1" not in gaps(assessment)


def test_a_paper_holds_until_its_own_day(assessment):
    paper = {"kind": "document", "file": "a.pdf", "sha256": "0" * 64, "basis": "dokumen"}
    made = add(assessment, 900, valid_until=assessment.visited_on, **paper)
    assert "KS1" not in gaps(assessment)
    made.valid_until = assessment.visited_on - timedelta(days=2)
    made.save()
    assert "kedaluwarsa 2 hari sebelum kunjungan" in gaps(assessment)["KS1"]


def test_low_scores_need_no_more_than_the_rubric_says(assessment):
    fill(assessment, 1, LEG1=0)
    assert set(gaps(assessment)) == {"KS7"}  # a critical item at 1: its photo


def test_an_old_photo_does_not_show_a_score_that_needs_one():
    rubric = rubric_that(photo_scores=[3], evidence_max_age_days=LIMITS)
    assessment = AssessmentFactory(rubric=rubric, filled=3)
    photo = {"kind": "photo", "file": "a.jpg", "sha256": "0" * 64}
    add(assessment, 40, "R1.1", **photo)
    add(assessment, 0, "R2.1", **photo)
    assert "ganti foto yang terlalu lama (40 hari" in gaps(assessment)["R1.1"]
    assert "R2.1" not in gaps(assessment)


def test_rubrics_from_before_ask_for_nothing_more():
    made = AssessmentFactory(filled=3)
    add(made, 4000)
    assert not Sheet(made).gaps


def test_an_owner_rates_without_evidence():
    rubric = rubric_that(evidence_scores=[2, 3, 4], photo_scores=[4])
    made = AssessmentFactory(kind=Assessment.Kind.SELF, rubric=rubric, filled=4)
    assert not Sheet(made).gaps


def test_a_measurement_reads_as_a_figure_with_its_unit(assessment):
    add(assessment, 3, kind="measurement", caption="Diameter poros", value=Decimal("12.05"), unit="mm")
    row = next(row for row in Sheet(assessment).rows if row.criterion.code == "KS1")
    (piece,) = row.backing.pieces
    assert (piece.words, piece.age_words) == ("Diameter poros: 12,05 mm", "3 hari sebelum kunjungan")
    assert not row.gap


def test_reading_what_backs_every_item_asks_nothing_more(assessment, django_assert_max_num_queries):
    for code in ("KS1", "KS7", "R1.1"):
        add(assessment, 3, code)
    with django_assert_max_num_queries(6):
        assert len([piece for row in Sheet(assessment).rows for piece in row.backing.pieces]) == 3
