"""Areas as their readers see them: on pages, in the snapshot of a decision and in the printed report."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.area_board import area_boards
from assessments.area_scores import PartScore
from assessments.class_rules import Rule
from assessments.models import Dimension
from assessments.stored import stored_board
from closedloop.accounts.roles import Role
from closedloop.reports.areas import area_rows
from closedloop.reports.desk import Desk
from tests.assessments.test_areas import finished
from tests.factories.accounts import UserFactory
from tests.factories.areas import BANDS, assessment_with
from tests.factories.assessments import requirement
from tests.factories.participants import PersonFactory

FIVE_S = Dimension(code="5R", name="5R", name_en="5S", bands=BANDS, pass_score=Decimal(75))
FLOOR = [Rule(3, "every_area", "5R", Decimal(50))]


def board(*scores, total="76"):
    parts = [PartScore(f"A{n}", Decimal(1), score and Decimal(score)) for n, score in enumerate(scores)]
    (one,) = area_boards([FIVE_S], {"5R": total and Decimal(total)}, {"5R": parts}, rules=FLOOR, level=3)
    return one


def test_scores_have_their_words_and_the_lowest_is_named():
    one = board("92", "49.97", "60")
    assert (one.band, one.is_passed) == ("Baik", True)
    assert [line.name for line in one.lines if line.is_lowest] == ["A1"]
    assert [(line.band, line.shown, line.is_short) for line in one.lines] == [
        ("Istimewa", "92,0", False),
        ("Kurang", "49,97", True),  # not 50,0
        ("Cukup", "60,0", False),
    ]


def test_the_unknown_has_no_word_and_no_lowest():
    one = board("92", None, total=None)
    assert (one.band, one.is_passed) == ("", None)
    assert not any(line.is_lowest for line in one.lines)
    assert [line.band for line in one.lines] == ["Istimewa", ""]


@pytest.mark.django_db
class TestReaders:
    @pytest.fixture
    def official(self):
        made = finished(assessment_with("Gudang", "Lini"), (2, 1), (4, 3))
        requirement(made.enrolment.cohort.rubric_pin.scheme, 2, "every_area", subject="5R", threshold=50)
        return made

    @pytest.mark.parametrize("role", [Role.STAFF, Role.OWNER])
    def test_the_result_page_names_the_lowest_area(self, client, login, official, role):
        user = login(role)
        if role == Role.OWNER:
            PersonFactory(enterprise=official.enterprise, user=user)
        page = client.get(official.get_absolute_url()).content.decode()
        for words in ("5R per area", "Gudang", "Terendah", "di bawah 50", "Sangat Baik", "R2.1 (Gudang)"):
            assert words in page, words

    def test_what_is_needed_names_the_area(self, client, login, official):
        PersonFactory(enterprise=official.enterprise, user=login(Role.OWNER))
        page = client.get(reverse("assessments:my_scores")).content.decode()
        assert "Area Gudang 37,5 &lt; 50" in page

    def test_a_decision_keeps_the_areas_it_rested_on(self, official):
        decision = actions.propose_decision(official.enrolment, by=UserFactory(role=Role.STAFF))
        decision = actions.decide(
            decision,
            "retained",
            members=[UserFactory(role=Role.ASSESSOR)],
            by=UserFactory(role=Role.LEAD),
        )
        assert decision.snapshot["inputs"]["areas"] == {
            "5R": {"Gudang": "37.5000000000000000", "Lini": "87.5000000000000000"}
        }
        (one,) = stored_board(decision).areas
        assert [(line.name, line.shown, line.is_short) for line in one.lines] == [
            ("Gudang", "37,5", True),
            ("Lini", "87,5", False),
        ]

    def test_the_printed_report_has_a_line_for_each_area(self, official):
        desk = Desk([official.enterprise], language="id", by=None, as_of=timezone.now())
        (one,) = area_rows(desk, official.enterprise)
        assert (one["score"], one["band"]) == ("62,5", "Cukup")
        assert [(row["name"], row["score"], row["note"]) for row in one["rows"]] == [
            ("Gudang", "37,5", "Terendah; di bawah syarat 50"),
            ("Lini", "87,5", ""),
        ]
