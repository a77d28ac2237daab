"""Closing a month freezes it."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from assessments.models import PlanItem, Scorecard
from assessments.qcd_standing import Part
from closedloop.audit.models import Event
from partnerships import actions
from partnerships.actions.consequences import ITEMS
from partnerships.holds import held_back
from tests.factories.assessments import AssessmentFactory
from tests.factories.participants import EnrolmentFactory
from tests.factories.partnerships import (
    BuyerFactory,
    DeliveryFactory,
    OrderFactory,
    OrderLineFactory,
    ScheduleFactory,
    agreement_between,
)

pytestmark = pytest.mark.django_db
FEBRUARY = date(2026, 2, 1)


def delivered(line, quantity, day=date(2026, 2, 10), **fields):
    return DeliveryFactory(line=line, quantity=quantity, delivered_on=day, status="confirmed", **fields)


def test_sixty_on_time_forty_late(today, line, enterprise, staff):
    delivered(line, 600, rejected_quantity=6)
    delivered(line, 400, day=date(2026, 2, 20))
    card = actions.close_month(enterprise, FEBRUARY, by=staff)
    assert (card.due_quantity, card.on_time_quantity) == (1000, 600)
    assert (card.delivered_quantity, card.rejected_quantity) == (1000, 6)
    assert (card.delivered_value, card.accepted_value) == (35_000_000, 994 * 35_000)
    assert (card.buyers, card.agreements_in_force, card.promised_value) == (1, 0, None)
    assert Event.objects.get(verb="scorecard.closed").enterprise_id == enterprise.pk


def test_a_month_without_anything_has_zero_quantities_and_no_promise(today, enterprise):
    card = actions.close_month(enterprise, date(2026, 10, 17))
    assert card.month == date(2026, 10, 1)
    assert (card.due_quantity, card.delivered_quantity, card.delivered_value) == (0, 0, 0)
    assert (card.promised_value, card.price_gap) == (None, None)


def test_closing_twice_is_refused_and_late_entries_change_nothing(today, line, enterprise, staff):
    delivered(line, 600)
    actions.close_month(enterprise, FEBRUARY, by=staff)
    delivered(line, 400)
    with pytest.raises(ValidationError, match="Februari 2026 sudah ditutup"):
        actions.close_month(enterprise, FEBRUARY, by=staff)
    assert Scorecard.objects.get().delivered_quantity == 600


def test_only_what_the_buyer_confirmed_counts(today, line, enterprise):
    delivered(line, 600)
    DeliveryFactory(line=line, quantity=300)
    DeliveryFactory(line=line, quantity=100, status="disputed")
    card = actions.close_month(enterprise, FEBRUARY)
    assert (card.delivered_quantity, card.on_time_quantity, card.due_quantity) == (600, 600, 600)


@pytest.mark.parametrize("today_is, grace, is_closed", [
    (date(2026, 2, 28), 0, False), (date(2026, 3, 1), 0, True),
    (date(2026, 3, 2), 2, False), (date(2026, 3, 3), 2, True),
])  # fmt: skip
def test_a_month_closes_when_the_last_grace_is_over(line, enterprise, buyer, today_is, grace, is_closed):
    buyer.grace_days = grace
    buyer.save()
    if is_closed:
        actions.close_month(enterprise, FEBRUARY, today=today_is)
    else:
        with pytest.raises(ValidationError, match="baru dapat ditutup"):
            actions.close_month(enterprise, FEBRUARY, today=today_is)
    assert Scorecard.objects.exists() is is_closed


@pytest.mark.parametrize("day, counted", [
    (date(2026, 1, 31), 0), (date(2026, 2, 1), 100), (date(2026, 2, 28), 100), (date(2026, 3, 1), 0),
])  # fmt: skip
def test_received_counts_in_the_month_of_receipt(today, line, enterprise, day, counted):
    delivered(line, 100, day=date(2026, 1, 31), received_on=day)
    assert actions.close_month(enterprise, FEBRUARY).delivered_quantity == counted


def test_every_buyer_counts_and_the_promise_of_the_month_is_a_third_of_its_quarter(today, enterprise, buyer):
    agreement = agreement_between([enterprise], [buyer, BuyerFactory()], volume=9_000, price=10_000)
    for party in agreement.parties.filter(part="buyer"):
        order = OrderFactory(enterprise=enterprise, buyer=party.buyer, agreement=agreement)
        part = agreement.lines.get(buyer=party.buyer).part_name
        line = OrderLineFactory(order=order, part_name=part, unit_price=10_100)
        ScheduleFactory(line=line)
        delivered(line, 1000)
    card = actions.close_month(enterprise, FEBRUARY)
    assert (card.buyers, card.agreements_in_force, card.due_quantity) == (2, 1, 2000)
    assert card.promised_value == 2 * 9_000 * 10_000 * 28 // 90  # by days: 28 of the 90 of the first quarter
    assert card.price_gap == Decimal("0.01")


# --- What follows from a standing ---------------------------------------------------------------------
def test_a_bad_month_puts_an_item_into_the_plan_and_holds_a_new_agreement_back(
    today, line, enterprise, buyer, staff, monkeypatch
):
    enrolment = EnrolmentFactory(enterprise=enterprise)
    assessment = AssessmentFactory(enrolment=enrolment, filled=2, submitted=True, approved=True)
    item = assessment.scores.filter(value=2).first().criterion
    PlanItem.objects.all().delete()
    delivered(line, 1000, day=date(2026, 2, 27), rejected_quantity=500)  # all late, half of it refused
    monkeypatch.setitem(ITEMS, Part.QUALITY, item.code)
    card = actions.close_month(enterprise, FEBRUARY, by=staff, today=date(2026, 3, 2))
    assert Event.objects.get(verb="scorecard.followed").data["consequence"] == "hold"
    assert PlanItem.objects.get().action.startswith("Rapor QCD Februari 2026: Buruk")
    assert [one.card for one in held_back([enterprise], date(2026, 3, 2))] == [card]
    assert (
        held_back([enterprise], date(2026, 7, 1)) == []
    )  # what is older than three months holds nobody back
    draft = agreement_between([enterprise], [buyer], status="in_review")
    with (
        time_machine.travel("2026-03-03T03:00:00Z"),
        pytest.raises(ValidationError, match="MoU baru ditahan"),
    ):
        actions.sign(draft, signed_on=date(2026, 3, 2), place="Tegal", by=staff)
    Scorecard.objects.filter(pk=card.pk).update(on_time_quantity=1000, rejected_quantity=0)
    assert held_back([enterprise], date(2026, 3, 2)) == []
