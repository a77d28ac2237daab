"""What counts as movement between an IKM and a buyer, and what asking for it costs."""

from datetime import date, timedelta

import pytest

from closedloop.dashboard.stall_tasks import stalls_to_answer, stalls_to_look_at
from partnerships.actions.stalls import answer_stall, ask_of_stalls
from partnerships.models import Agreement, ReviewMeeting
from partnerships.movement import pairs_of
from partnerships.standstills import open_stalls
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import (
    BuyerFactory,
    DeliveryFactory,
    InvoiceFactory,
    OrderFactory,
    OrderLineFactory,
    PaymentFactory,
    agreement_between,
)
from tests.factories.supply import MilestoneFactory, SampleFactory

pytestmark = pytest.mark.django_db
BEGAN, OLD, NEW = date(2026, 1, 1), date(2026, 2, 2), date(2026, 9, 9)
DAY = date(2026, 11, 24)


@pytest.fixture
def agreement(today, enterprise, buyer):
    """Of two IKM and two buyers: what moves between one pair is no movement of another."""
    return agreement_between([enterprise, EnterpriseFactory()], [buyer, BuyerFactory()], starts_on=BEGAN)


def order(agreement, enterprise, buyer, day=OLD):
    return OrderFactory(agreement=agreement, enterprise=enterprise, buyer=buyer, ordered_on=day)


MOVES = {
    "an order": lambda a, e, b: order(a, e, b, NEW),
    "a delivery": lambda a, e, b: DeliveryFactory(
        line=OrderLineFactory(order=order(a, e, b)), delivered_on=NEW
    ),
    "an invoice": lambda a, e, b: InvoiceFactory(order=order(a, e, b), issued_on=NEW),
    "a payment": lambda a, e, b: PaymentFactory(
        invoice=InvoiceFactory(order=order(a, e, b), issued_on=OLD), paid_on=NEW
    ),
    "a milestone": lambda a, e, b: MilestoneFactory(
        line=a.lines.get(enterprise=e, buyer=b), planned_on=OLD, reached_on=NEW
    ),
    "a sample": lambda a, e, b: SampleFactory(enterprise=e, buyer=b, submitted_on=NEW),
    "a decided sample": lambda a, e, b: SampleFactory(
        enterprise=e, buyer=b, submitted_on=OLD, status="approved", decided_on=NEW, decided_by=UserFactory()
    ),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_what_moves_one_pair_alone(agreement, enterprise, buyer, move):
    move(agreement, enterprise, buyer)
    since = {(one.enterprise_id, one.buyer_id): one.since for one in pairs_of([agreement])}
    assert since.pop((enterprise.pk, buyer.pk)) == NEW
    assert since and set(since.values()) == {BEGAN}


def test_a_review_moves_every_pair_and_a_plan_or_another_agreement_none(agreement, enterprise, buyer, staff):
    order(agreement_between([enterprise], [buyer]), enterprise, buyer, NEW)
    MilestoneFactory(line=agreement.lines.first(), planned_on=NEW)
    assert {one.since for one in pairs_of([agreement])} == {BEGAN}
    ReviewMeeting.objects.create(agreement=agreement, held_on=NEW, minutes="Notulen", recorded_by=staff)
    assert {one.since for one in pairs_of([agreement])} == {NEW}


def test_a_task_about_standstills_is_one_query_however_many_there_are(
    agreement, enterprise, owner, contact, staff, django_assert_num_queries
):
    assert ask_of_stalls(today=DAY) == agreement.lines.count() > 1
    for user, find in (
        (staff, stalls_to_look_at),
        (owner, stalls_to_answer),
        (contact, stalls_to_answer),
    ):
        with django_assert_num_queries(1):
            [task] = find(user, DAY)
        assert task.count == len(open_stalls(user)) > 0
    with django_assert_num_queries(2):  # a third once somebody has answered
        rows = open_stalls(staff)
    with django_assert_num_queries(2):
        pairs_of(Agreement.objects.all())
    for row in rows:
        if row["stall"].enterprise == enterprise:
            answer_stall(row["stall"], reason="price", by=owner)
    assert list(stalls_to_answer(owner, DAY)) == []
    assert len(list(stalls_to_answer(contact, DAY))) == 1


def test_a_movement_that_was_recorded_late_ends_a_standstill(agreement, enterprise, buyer, staff):
    ask_of_stalls(today=DAY)
    before = len(open_stalls(staff))
    order(agreement, enterprise, buyer, BEGAN + timedelta(days=1))
    assert len(open_stalls(staff)) == before - 1
