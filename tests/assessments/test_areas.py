"""Areas of an assessment: taken over, written, removed; scores, photos and findings per area; frozen figures."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessments import actions, snapshots
from assessments.inputs import class_inputs
from assessments.models import Area, Assessment, Evidence, Score
from assessments.sheet import Sheet
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.photos import CleanPhoto
from tests.factories.accounts import UserFactory
from tests.factories.areas import assessment_with, cohort_on_areas
from tests.factories.assessments import AssessmentFactory, CohortRubricFactory, FindingFactory, criteria_of
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 5)
PHOTO = CleanPhoto(content=b"\xff\xd8 contoh \xff\xd9", sha256="c" * 64, width=4, height=3)


def item(assessment, code):
    return criteria_of(assessment).get(code=code)


def score(assessment, area=None, **values):
    answers = {item(assessment, code.replace("_", ".")): (value, False, "") for code, value in values.items()}
    actions.save_scores(assessment, answers, area=area, by=assessment.assessor)


def finished(assessment, *pairs):
    """Score R1.1 and R2.1 in each area as given, all else 3, and approve."""
    for area, values in zip(assessment.areas.all(), pairs, strict=True):
        score(assessment, area, R1_1=values[0], R2_1=values[1])
        for code, value in zip(("R1.1", "R2.1"), values, strict=True):
            if value in (0, 1, 4):
                actions.add_evidence(
                    assessment,
                    item(assessment, code),
                    area=area,
                    photo=PHOTO,
                    taken_on=DAY,
                    by=assessment.assessor,
                )
    score(assessment, KS1=3)
    actions.submit(assessment, by=assessment.assessor)
    actions.approve(assessment, by=UserFactory(role=Role.LEAD))
    return assessment


class TestStart:
    def test_the_first_one_begins_with_the_rubrics_default_kind(self):
        enrolment = EnrolmentFactory()
        cohort_on_areas(enrolment.cohort)
        by = UserFactory(role=Role.ASSESSOR)
        made = actions.start_assessment(enrolment, Assessment.Kind.BASELINE, DAY, by=by)
        assert [(area.name, area.kind, area.order, area.weight) for area in made.areas.all()] == [
            ("Produksi", "produksi", 1, 1)
        ]

    def test_the_next_one_takes_over_the_areas_of_the_last(self):
        last = assessment_with("Gudang", "Lini 2", visited_on=DAY)
        last.areas.filter(name="Lini 2").update(weight=Decimal("2.5"), person_in_charge="Bu Rini")
        made = actions.start_assessment(
            last.enrolment, Assessment.Kind.MIDYEAR, date(2026, 9, 9), by=UserFactory(role=Role.ASSESSOR)
        )
        assert [(a.name, a.order, a.weight, a.person_in_charge) for a in made.areas.all()] == [
            ("Gudang", 1, 1, ""),
            ("Lini 2", 2, Decimal("2.5"), "Bu Rini"),
        ]

    def test_a_rubric_without_such_dimensions_needs_no_area(self):
        enrolment = EnrolmentFactory()
        CohortRubricFactory(cohort=enrolment.cohort)
        by = UserFactory(role=Role.ASSESSOR)
        assert not actions.start_assessment(enrolment, Assessment.Kind.BASELINE, DAY, by=by).areas.exists()


class TestWriting:
    def test_added_twice_with_the_same_key_is_added_once(self):
        made = assessment_with("Gudang")
        key = Area().pk
        for _press in range(2):
            actions.add_area(made, name=" Lini 2 ", kind="produksi", by=made.assessor, id=key)
        assert [(area.name, area.order) for area in made.areas.all()] == [("Gudang", 1), ("Lini 2", 2)]
        assert Event.objects.filter(verb="assessment.area_added").count() == 1

    @pytest.mark.parametrize(
        "field, fields",
        [
            ("name", {"name": " "}),
            ("name", {"name": "gudang"}),
            ("kind", {"name": "Lain", "kind": "kapal"}),
            ("weight", {"name": "Lain", "weight": Decimal(0)}),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, field, fields):
        made = assessment_with("Gudang")
        with pytest.raises(ValidationError) as error:
            actions.add_area(made, **fields, by=made.assessor)
        assert list(error.value.message_dict) == [field]
        assert made.areas.count() == 1

    def test_renaming_keeps_the_scores(self):
        made = assessment_with("Gudang")
        score(made, R1_1=3)
        actions.change_area(made.areas.get(), name="Gudang A", weight=Decimal(2), by=made.assessor)
        assert [(s.value, s.area.name, s.area.weight) for s in made.scores.all()] == [(3, "Gudang A", 2)]

    def test_removing_asks_first_when_there_are_scores_and_keeps_the_last(self):
        made = assessment_with("Gudang", "Lini")
        first, second = made.areas.all()
        score(made, first, R1_1=3)
        score(made, second, R1_1=2)
        with pytest.raises(ValidationError, match="sudah dinilai"):
            actions.remove_area(first, by=made.assessor)
        actions.remove_area(first, and_scores=True, by=made.assessor)
        assert [s.value for s in made.scores.all()] == [2]
        with pytest.raises(ValidationError, match="Sedikitnya satu area"):
            actions.remove_area(second, and_scores=True, by=made.assessor)

    def test_files_go_with_the_area(self, django_capture_on_commit_callbacks):
        made = assessment_with("Gudang", "Lini")
        area = made.areas.first()
        evidence = actions.add_evidence(
            made, item(made, "R1.1"), area=area, photo=PHOTO, taken_on=DAY, by=made.assessor
        )
        storage, name = evidence.file.storage, evidence.file.name
        with django_capture_on_commit_callbacks(execute=True):
            actions.remove_area(area, and_scores=True, by=made.assessor)
        assert not storage.exists(name)


class TestPlaces:
    def test_each_area_has_its_own_scores_and_photos(self):
        made = assessment_with("Gudang", "Lini")
        first, second = made.areas.all()
        for area, value in ((first, 4), (second, 2)):
            score(made, area, R1_1=value)
            actions.add_evidence(
                made, item(made, "R1.1"), area=area, photo=PHOTO, taken_on=DAY, by=made.assessor
            )
        sheet = Sheet(made)
        assert [part.slug for part in sheet.sections] == ["5r-1-a1", "5r-2-a1", "5r-1-a2", "5r-2-a2", "k3l"]
        rows = [row for row in sheet.rows if row.criterion.code == "R1.1"]
        assert [(row.area.name, row.value, len(row.photos)) for row in rows] == [
            ("Gudang", 4, 1),
            ("Lini", 2, 1),
        ]
        assert "Butir R2.1 (Lini): beri nilai" in sheet.gaps
        assert (sheet.asked, sheet.scored) == (5, 2)
        counted = Assessment.objects.with_counts().get(pk=made.pk)
        assert (counted.asked, counted.scored) == (5, 2)

    @pytest.mark.parametrize(
        "code, place, words", [("R1.1", None, "pilih areanya"), ("KS1", 0, "tidak dinilai per area")]
    )
    def test_an_item_is_scored_where_it_is_asked(self, code, place, words):
        made = assessment_with("Gudang", "Lini")
        area = None if place is None else made.areas.all()[place]
        with pytest.raises(ValidationError, match=words):
            score(made, area, **{code.replace(".", "_"): 3})
        with pytest.raises(ValidationError, match=words):
            actions.add_evidence(made, item(made, code), area=area, text="x", taken_on=DAY, by=made.assessor)

    def test_an_area_of_another_assessment_is_refused_here_and_by_the_database(self):
        made, other = assessment_with("Gudang"), assessment_with("Gudang")
        with pytest.raises(ValidationError, match="bukan bagian"):
            score(made, other.areas.get(), R1_1=3)
        with pytest.raises(IntegrityError, match="score_area_is_of_its_assessment"), transaction.atomic():
            Score.objects.create(
                assessment=made, criterion=item(made, "R1.1"), area=other.areas.get(), value=3
            )
            with transaction.get_connection().cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_one_of_before_there_were_areas_is_read_as_one_whole(self):
        made = assessment_with()
        score(made, R1_1=3, R2_1=2, KS1=3)
        sheet = Sheet(made)
        assert [(part.slug, part.area) for part in sheet.sections] == [
            ("5r-1", None),
            ("5r-2", None),
            ("k3l", None),
        ]
        assert sheet.result.dimensions["5R"] == Decimal("62.5")
        with pytest.raises(ValidationError, match="dinilai tanpa area"):
            actions.add_area(made, name="Gudang", by=made.assessor)


class TestApproval:
    def test_figures_of_areas_are_frozen_and_judged(self):
        made = assessment_with("Gudang", "Lini")
        made.areas.filter(name="Lini").update(weight=3)
        finished(made, (2, 2), (4, 3))
        made.refresh_from_db()
        frozen = [(row["area"], Decimal(row["score"]), row["weight"]) for row in made.area_scores]
        assert frozen == [("Gudang", 50, "1.00"), ("Lini", Decimal("87.5"), "3.00")]
        assert Decimal(made.dimension_scores["5R"]) == Decimal("78.125")
        inputs = class_inputs(made.enterprise, made)
        assert inputs.areas == {"5R": {"Gudang": 50, "Lini": Decimal("87.5")}}
        assert inputs.criteria["R1.1"] == 2  # the lowest over the areas

    def test_the_same_critical_item_in_two_areas_is_two_findings_that_name_them(self):
        made = finished(assessment_with("Gudang", "Lini"), (3, 1), (3, 0))
        found = [(one.area.name, one.problem) for one in made.findings.order_by("problem")]
        assert found == [
            ("Gudang", "Gudang: Belum terpenuhi: Butir R2.1 dijalankan"),
            ("Lini", "Lini: Belum terpenuhi: Butir R2.1 dijalankan"),
        ]
        again = assessment_with("Lini", enrolment=made.enrolment, kind="midyear")
        finished(again, (3, 1))
        assert not again.findings.exists()  # the open one of the place keeps its age

    def test_an_approved_ones_areas_never_change(self):
        made = finished(assessment_with("Gudang", "Lini"), (3, 3), (3, 3))
        for act in (
            lambda: actions.add_area(made, name="Lain", by=made.assessor),
            lambda: actions.remove_area(made.areas.first(), and_scores=True, by=made.assessor),
        ):
            with pytest.raises(ValidationError, match="tidak dapat diubah"):
                act()


def test_a_decision_of_before_there_were_areas_gives_its_inputs_back():
    made = AssessmentFactory(approved=True)
    inputs = class_inputs(made.enterprise, made)
    stored = {"inputs": snapshots.plain(snapshots._inputs(inputs))}
    assert stored["inputs"].pop("areas") == {}
    assert snapshots.inputs_from(stored) == inputs


def test_a_finding_keeps_its_area_from_being_removed():
    made = assessment_with("Gudang", "Lini")
    FindingFactory(enterprise=made.enterprise, assessment=made, area=made.areas.first())
    with pytest.raises(ValidationError, match="temuan"):
        actions.remove_area(made.areas.first(), and_scores=True, by=made.assessor)
    assert Evidence.objects.count() == 0
