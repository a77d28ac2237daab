"""Reviews close the loop, or are not saved."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from closedloop.audit.models import Event
from partnerships import actions
from partnerships.actions import DecisionDraft
from partnerships.models import ReviewMeeting
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import agreement_between
from tests.factories.trainings import ModuleFactory

pytestmark = pytest.mark.django_db
WHO = {"responsible": "Kepala produksi", "due_on": date(2026, 12, 15)}


@pytest.fixture
def agreement(enterprise, buyer):
    ModuleFactory(code="5R", name="5R", name_en="5S")
    return agreement_between([enterprise], [buyer])


def review(agreement, staff, **changed):
    values = {"held_on": date(2026, 4, 7), "minutes": "Notulen", "by": staff, "next_on": date(2026, 7, 7)}
    decisions = [DecisionDraft("action", "Jadwal perawatan", **WHO)]
    return actions.record_review(agreement, **{**values, "decisions": decisions, **changed})


def test_a_training_need_names_its_module_and_is_told_to_the_owner(
    today, agreement, staff, enterprise, owner
):
    need = DecisionDraft("training", "Ulangi 5R di gudang", enterprise=enterprise, module_code="5R", **WHO)
    meeting = review(agreement, staff, decisions=[need])
    assert meeting.decisions.get().module_code == "5R"
    assert owner.notifications.get().body == "Ulangi 5R di gudang"
    assert Event.objects.filter(verb="review.recorded").count() == 1


def test_without_a_decision_nothing_is_saved(today, agreement, staff):
    with pytest.raises(ValidationError, match="paling sedikit satu keputusan"):
        review(agreement, staff, decisions=[])
    assert not ReviewMeeting.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"minutes": "  "},
        {"held_on": date(2026, 11, 25)},
        {"next_on": date(2026, 4, 7)},
        {"decisions": [DecisionDraft("training", "Latihan", module_code="", **WHO)]},
        {"decisions": [DecisionDraft("training", "Latihan", module_code="ZZZ", **WHO)]},
        {"decisions": [DecisionDraft("action", " ", **WHO)]},
        {"decisions": [DecisionDraft("action", "Tanpa orang", due_on=WHO["due_on"])]},
        {"decisions": [DecisionDraft("action", "Tanpa hari", responsible="Kepala")]},
        {"decisions": [DecisionDraft("action", "Sudah lewat", responsible="A", due_on=date(2026, 4, 6))]},
    ],
)
def test_a_review_that_cannot_be_is_refused_whole(today, agreement, staff, changed):
    with pytest.raises(ValidationError):
        review(agreement, staff, **changed)
    assert not ReviewMeeting.objects.exists()


def test_a_decision_concerns_a_party(today, agreement, staff):
    with pytest.raises(ValidationError, match="bukan pihak"):
        review(
            agreement, staff, decisions=[DecisionDraft("action", "X", enterprise=EnterpriseFactory(), **WHO)]
        )


def test_one_review_a_day_and_none_of_a_draft(today, agreement, staff, enterprise, buyer):
    review(agreement, staff)
    with pytest.raises(ValidationError):
        review(agreement, staff)
    with pytest.raises(ValidationError):
        review(agreement_between([enterprise], [buyer], status="draft"), staff)
