"""A draft is tried before anybody is judged by it: by the real arithmetic, on samples and on real answers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments.actions import add_evidence, approve, submit
from assessments.actions.criteria import add_criterion, remove_criterion
from assessments.actions.dimensions import set_weights
from assessments.actions.rubric_versions import publish_rubric, start_rubric
from assessments.models import Assessment, Criterion
from assessments.rubric_faults import faults_of, total_weight
from assessments.rubric_values import seen
from assessments.trial import Answers, Asked, AskedField, tried
from assessments.trial_inputs import answers_of, asked_by
from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.assessments import ANCHORS, AssessmentFactory, criteria_of, fill
from tests.world.assessments import PHOTO

WEIGHTS = st.lists(st.decimals("0.01", 100, places=2), min_size=1, max_size=9)


class TestPure:
    def test_the_fraction_of_the_fact_sheet_is_written_out(self):
        """38 of 48 points are 79,2: twelve items, one of them not applicable besides."""
        scores = [4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 2]
        field = AskedField("5R", "5R", Decimal(100), [Asked(f"R{n}", Decimal(1)) for n in range(13)])
        values = {f"R{n}": (score, False) for n, score in enumerate(scores)} | {"R12": (None, True)}
        (row,), result = tried([field], Answers(values, {}), top=4)
        (step,) = row.steps
        assert (step.reached, step.reachable, step.not_applicable) == (38, 48, 1)
        assert round(step.score, 1) == Decimal("79.2") and result.overall == step.score

    @given(WEIGHTS, st.lists(st.integers(0, 4), min_size=9, max_size=9))
    def test_what_the_dimensions_add_is_the_overall(self, weights, scores):
        """Whatever the weights: a draft that is not 100 yet is tried as the real arithmetic would take it."""
        asked = [
            AskedField(f"D{n}", "", weight, [Asked(f"I{n}", Decimal(1))]) for n, weight in enumerate(weights)
        ]
        values = {f"I{n}": (score, False) for n, score in enumerate(scores)}
        rows, result = tried(asked, Answers(values, {}), top=4)
        whole = sum(map(Fraction, weights))
        added = sum((Fraction(row.adds) * 100 / whole for row in rows), Fraction(0))
        assert abs(added - Fraction(result.overall)) < Fraction(1, 10**9)

    @given(WEIGHTS)
    def test_weights_are_at_fault_exactly_when_they_are_not_100(self, weights):
        rows = [
            {"code": f"D{n}", "weight": weight, "photo_scores": [], "name_en": "D"}
            for n, weight in enumerate(weights)
        ]
        said = [fault for fault in faults_of(rows, [], scale_max=4) if "berjumlah" in fault.text]
        assert bool(said) == (total_weight(rows) != 100) == (sum(map(Fraction, weights)) != 100)


@pytest.fixture
def staff():
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def official():
    """75 in 5R, 50 in K3L and 100 in LEG: 65 in all."""
    made = AssessmentFactory()
    day = made.visited_on
    add_evidence(made, criteria_of(made).get(code="KS7"), photo=PHOTO, taken_on=day, by=made.assessor)
    fill(made, 3, KS7=1)
    submit(made, by=made.assessor)
    approve(made, by=UserFactory(role=Role.LEAD))
    return Assessment.objects.get(pk=made.pk)


@pytest.mark.django_db
class TestRecords:
    def test_a_real_assessment_on_its_own_rubric_comes_to_what_it_was_given(self, official):
        answers = answers_of([official])[official.pk]
        _rows, result = tried(asked_by(official.rubric), answers, top=4)
        stored = {code: Decimal(value) for code, value in official.dimension_scores.items()}
        assert (result.overall, result.dimensions) == (official.overall, stored)

    def test_the_page_tries_a_draft_and_stores_nothing(self, client, login, official, staff):
        draft = start_rubric(official.rubric, by=staff)
        set_weights(draft, {"5R": Decimal(10), "K3L": Decimal(80)}, by=staff)
        before = everything()
        login(Role.STAFF)
        address = reverse("assessments:try_rubric", args=[draft.code, draft.version])
        shown = client.get(address, {"penilaian": official.code, "dampak": "1"})
        assert "4 dari 8 → 50" in shown.content.decode()
        assert "1 dari 1 IKM akan berbeda" in shown.content.decode()
        (effect,) = shown.context["effects"]["rows"]
        # 75 x 10 + 50 x 80 + 100 x 10 instead of 75 x 40 + 50 x 50 + 100 x 10
        assert (effect.before, effect.after) == (Decimal(65), Decimal("57.5"))
        shown = client.get(address, {"semua": "4", "nilai_KS7": "0"})
        assert shown.context["result"].overall == Decimal(60) and "4 dari 8" in shown.content.decode()
        assert everything() == before

    def test_a_score_for_all_is_yes_for_yes_no_items(self, client, login, official):
        login(Role.STAFF)
        address = reverse("assessments:try_rubric", args=[official.rubric.code, official.rubric.version])
        shown = client.get(address, {"semua": "2"})
        assert shown.context["result"].dimensions == {"5R": 50, "K3L": 50, "LEG": 100}
        assert "nilai_LEG1" in client.get(address, {"nilai_LEG1": "2"}).context["form"].errors

    def test_new_items_leave_old_answers_comparable(self, client, login, official, staff):
        draft = start_rubric(official.rubric, by=staff)
        words = {"text": "Baru", "anchors": ANCHORS, "english": {}, "weight": Decimal(1)}
        add_criterion(draft.dimensions.get(code="K3L"), by=staff, code="KS99", **words)
        login(Role.STAFF)
        address = reverse("assessments:try_rubric", args=[draft.code, draft.version])
        shown = client.get(address, {"penilaian": official.code, "dampak": "1"})
        assert shown.context["result"].unscored == (
            "KS99",
        )  # the trial says what an assessor would have to add
        assert shown.context["effects"]["rows"] == []

    def test_a_new_version_changes_no_stored_figure_and_no_page(self, client, login, official, staff):
        login(Role.STAFF)
        before, page = everything(), figures(client, official)
        draft = start_rubric(official.rubric, by=staff)
        set_weights(draft, {"5R": Decimal(10), "K3L": Decimal(80)}, by=staff)
        remove_criterion(Criterion.objects.get(dimension__rubric=draft, code="KS7"), by=staff)
        publish_rubric(draft, by=staff, name="Rubrik lain", change_note="Rapat", seen_as=seen(draft))
        assert everything() == before
        assert figures(client, official) == page


def everything() -> list[tuple]:
    """What is stored of every assessment, field by field."""
    return list(Assessment.objects.order_by("pk").values_list())


def figures(client, official):
    shown = client.get(official.get_absolute_url())
    return shown.context["board"]
