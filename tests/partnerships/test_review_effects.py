"""A review sets going what it decides, freezes what it saw, and cannot be closed without a decision (E13)."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessments.models import PlanItem
from partnerships import actions
from partnerships.actions import DecisionDraft
from partnerships.models import Requirement, ReviewMeeting
from partnerships.quarter import reviewed_quarter
from partnerships.quarter_words import rows_of
from tests.factories.assessments import AssessmentFactory
from tests.factories.participants import EnrolmentFactory
from tests.factories.partnerships import (
    DecisionFactory,
    DeliveryFactory,
    ReviewFactory,
    agreement_between,
)
from tests.factories.requirements import RequirementFactory
from tests.factories.trainings import CohortCurriculumFactory, ModuleFactory, SessionFactory
from trainings.models import TrainingSession

WHO = {"responsible": "Kepala produksi", "due_on": date(2026, 12, 15)}


@pytest.fixture
def agreement(enterprise, buyer):
    return agreement_between([enterprise], [buyer])


@pytest.fixture
def module(enterprise):
    """A module of the curriculum of the IKM's cohort."""
    pin = CohortCurriculumFactory()
    EnrolmentFactory(enterprise=enterprise, cohort=pin.cohort)
    return ModuleFactory(curriculum=pin.curriculum, code="5R")


def held(agreement, staff, *decisions):
    return actions.record_review(
        agreement, held_on=date(2026, 11, 20), minutes="Notulen", decisions=decisions, by=staff
    )


@pytest.mark.django_db
def test_a_training_need_opens_a_draft_session_once(today, agreement, staff, enterprise, module):
    need = DecisionDraft("training", "Ulangi", enterprise=enterprise, module_code=module.code, **WHO)
    session = held(agreement, staff, need).decisions.get().session
    assert (session.status, session.module, session.starts_at.date()) == ("draft", module, date(2026, 12, 15))
    again = actions.record_review(
        agreement, held_on=date(2026, 11, 23), minutes="Notulen", decisions=[need], by=staff
    )
    assert again.decisions.get().session == session
    assert TrainingSession.objects.count() == 1


@pytest.mark.django_db
def test_a_session_that_is_planned_answers_the_need(today, agreement, staff, enterprise, module):
    cohort = enterprise.enrolments.get().cohort
    planned = SessionFactory(
        cohort=cohort, module=module, starts_at="2026-12-01T02:00:00Z", ends_at="2026-12-01T05:00:00Z"
    )
    need = DecisionDraft("training", "Ulangi", enterprise=enterprise, module_code=module.code, **WHO)
    assert held(agreement, staff, need).decisions.get().session == planned


@pytest.mark.django_db
def test_an_action_on_a_check_item_becomes_an_item_of_the_plan(today, agreement, staff, enterprise):
    enrolment = EnrolmentFactory(enterprise=enterprise)
    assessment = AssessmentFactory(enrolment=enrolment, filled=2, submitted=True, approved=True)
    PlanItem.objects.all().delete()
    code = assessment.scores.exclude(value=None).filter(value=2).first().criterion.code
    act = DecisionDraft("action", "Perbaiki jig", enterprise=enterprise, criterion_code=code, **WHO)
    item = held(agreement, staff, act).decisions.get().plan_item
    assert (item.action, item.current_value, item.target_value) == ("Perbaiki jig", 2, 3)
    assert (item.responsible, item.due_on) == ("Kepala produksi", date(2026, 12, 15))
    again = DecisionDraft("action", "Ganti jig", enterprise=enterprise, criterion_code=code, **WHO)
    reworded = actions.record_review(
        agreement, held_on=date(2026, 11, 23), minutes="Notulen", decisions=[again], by=staff
    )
    assert (reworded.decisions.get().plan_item, PlanItem.objects.get().action) == (item, "Ganti jig")


@pytest.mark.django_db
def test_a_change_of_requirement_becomes_a_draft_of_the_next_version(today, agreement, staff, buyer):
    asked = RequirementFactory(buyer=buyer, published=True)
    change = DecisionDraft("requirement", "Volume naik", requirement=asked, **WHO)
    draft = held(agreement, staff, change).decisions.get().requirement
    assert (draft.code, draft.version, draft.is_draft) == (asked.code, 2, True)
    assert Requirement.objects.count() == 2


@pytest.mark.django_db
def test_figures_stay_as_they_were_on_the_day(today, agreement, staff, line):
    line.order.agreement = agreement
    line.order.save()
    DeliveryFactory(line=line, delivered_on=date(2026, 10, 20), status="confirmed", rejected_quantity=5)
    meeting = actions.record_review(
        agreement, held_on=date(2026, 11, 20), minutes="Notulen", by=staff,
        decisions=[DecisionDraft("action", "Lanjut", **WHO)],
    )  # fmt: skip
    assert (meeting.quarter_starts_on, meeting.figures["received"]) == (date(2026, 10, 1), 1000)
    DeliveryFactory(line=line, delivered_on=date(2026, 10, 21), status="confirmed")
    meeting.refresh_from_db()
    assert (meeting.figures["received"], meeting.figures["money"]["accepted"]) == (1000, str(995 * 35_000))


@pytest.mark.django_db
def test_the_database_refuses_to_close_a_review_without_a_decision(staff):
    meeting = ReviewFactory()
    closing = {"closed_at": timezone.now(), "closed_by": staff}
    with pytest.raises(IntegrityError, match="at least one decision"), transaction.atomic():
        ReviewMeeting.objects.filter(pk=meeting.pk).update(**closing)
    decision = DecisionFactory(meeting=meeting)
    ReviewMeeting.objects.filter(pk=meeting.pk).update(**closing)
    with pytest.raises(IntegrityError, match="final"), transaction.atomic():
        decision.delete()
    assert connection.vendor == "postgresql"


@pytest.mark.parametrize("held_on, quarter", [
    (date(2026, 4, 7), date(2026, 1, 1)), (date(2026, 5, 15), date(2026, 1, 1)),
    (date(2026, 5, 16), date(2026, 4, 1)), (date(2026, 1, 1), date(2025, 10, 1)),
])  # fmt: skip
def test_a_review_looks_at_the_quarter_that_is_half_over(held_on, quarter):
    assert reviewed_quarter(held_on) == quarter


def test_a_quarter_without_deliveries_has_no_rate():
    words = dict(rows_of({"money": {"promised": None, "paid": "0"}}))
    assert words["Ketepatan kirim"] == words["Cacat (ppm)"] == "tanpa transaksi"
    assert (words["Nilai dijanjikan"], words["Nilai dibayar"]) == ("belum ada", "Rp0")
