"""Months close by themselves: on their day, once, whoever runs it how often; and people are told before."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection
from django.urls import reverse

from assessments.models import Scorecard
from closedloop.audit.models import Event
from closedloop.dashboard import morning
from closedloop.environment import env_day
from closedloop.notifications.models import Notification
from partnerships import actions
from partnerships.actions import month_ends
from partnerships.actions.month_ends import announce_month_end, close_due_months
from partnerships.models import MonthNotice
from partnerships.month_ends import announced_month, closes_on, months_due
from tests.client import PortalClient
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import (
    DeliveryFactory,
    OrderFactory,
    OrderLineFactory,
    agreement_between,
)

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


# --- The days, without a database -----------------------------------------------------------------------
@pytest.mark.parametrize("month, grace, set_day, day", [
    (OCTOBER, 0, 10, date(2026, 11, 10)),
    (OCTOBER, 9, 10, date(2026, 11, 10)),  # the grace ends on the ninth
    (OCTOBER, 10, 10, date(2026, 11, 11)),
    (date(2026, 12, 1), 0, 1, date(2027, 1, 1)),
])  # fmt: skip
def test_the_day_is_the_set_one_or_after_the_longest_grace(month, grace, set_day, day):
    assert closes_on(month, grace, set_day) == day


@pytest.mark.parametrize("last, grace, today, months", [
    (SEPTEMBER, 0, date(2026, 11, 9), []),
    (SEPTEMBER, 0, date(2026, 11, 10), [OCTOBER]),
    (date(2026, 8, 1), 0, date(2026, 11, 9), [SEPTEMBER]),
    (date(2026, 8, 1), 0, date(2026, 11, 10), [SEPTEMBER, OCTOBER]),  # the portal slept
    (SEPTEMBER, 20, date(2026, 11, 20), []),
    (SEPTEMBER, 20, date(2026, 11, 21), [OCTOBER]),
    (None, 0, date(2026, 11, 9), [SEPTEMBER]),
    (None, 0, date(2026, 11, 10), [OCTOBER]),  # what was before it began stays open
    (NOVEMBER, 0, date(2026, 11, 30), []),
    (OCTOBER, 0, date(2027, 1, 9), [NOVEMBER]),
])  # fmt: skip
def test_which_months_are_due(last, grace, today, months):
    assert list(months_due(last, grace, 10, today)) == months


@pytest.mark.parametrize("today, month", [
    (date(2026, 11, 4), None), (date(2026, 11, 5), OCTOBER), (date(2026, 11, 9), OCTOBER),
    (date(2026, 11, 10), None), (date(2026, 11, 30), None), (date(2027, 1, 5), date(2026, 12, 1)),
])  # fmt: skip
def test_people_are_told_in_the_five_days_before(today, month):
    assert announced_month(10, today) == month


@pytest.mark.parametrize("value", ["0", "29", "x", "", "1.5"])
def test_a_day_that_not_every_month_has_is_refused(monkeypatch, value):
    monkeypatch.setenv("MONTH_CLOSES_ON_DAY", value)
    with pytest.raises(ImproperlyConfigured, match="from 1 to 28"):
        env_day("MONTH_CLOSES_ON_DAY", "10")


# --- Closed ---------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_run_twice_it_closes_each_month_once_and_by_hand_stays_possible(line, enterprise, staff):
    DeliveryFactory(line=line, quantity=600, delivered_on=date(2026, 10, 10), status="confirmed")
    promised = EnterpriseFactory()
    agreement_between([promised], [line.order.buyer])
    stranger = EnterpriseFactory()
    assert close_due_months(today=date(2026, 11, 9)) == 2  # September of both
    actions.close_month(promised, OCTOBER, by=staff, today=date(2026, 11, 9))
    assert close_due_months(today=date(2026, 11, 10)) == 1
    assert close_due_months(today=date(2026, 11, 10)) == 0
    card = Scorecard.objects.get(enterprise=enterprise, month=OCTOBER)
    assert card.delivered_quantity == 600
    assert Event.objects.get(verb="scorecard.closed", target_id=str(card.pk)).actor_name != ""
    assert not Scorecard.objects.filter(enterprise=stranger).exists()


@pytest.mark.django_db
def test_one_ikm_that_cannot_be_closed_keeps_no_other_from_it(buyer, monkeypatch):
    promised = [EnterpriseFactory(), EnterpriseFactory()]
    agreement_between(promised, [buyer])

    def refuse(enterprise, month, **given):
        if enterprise == promised[0]:
            raise ValidationError("Masa tenggang berubah.")
        return actions.close_month(enterprise, month, **given)

    monkeypatch.setattr(month_ends, "close_month", refuse)
    assert close_due_months(today=date(2026, 11, 10)) > 0
    assert set(Scorecard.objects.values_list("enterprise", flat=True)) == {promised[1].pk}


@pytest.mark.django_db(transaction=True)
def test_run_in_parallel_it_closes_each_month_once(buyer, enterprise):
    OrderFactory(enterprise=enterprise, buyer=buyer)
    barrier, closed, errors = threading.Barrier(3), [], []

    def run():
        try:
            barrier.wait()
            closed.append(close_due_months(today=date(2026, 11, 10)))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(closed) == [0, 0, 1]
    assert Scorecard.objects.get().month == OCTOBER
    assert Event.objects.filter(verb="scorecard.closed").count() == 1


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_months_that_are_closed(buyer, django_assert_num_queries):
    for _ in range(3):
        OrderFactory(enterprise=EnterpriseFactory(), buyer=buyer)
    close_due_months(today=date(2026, 11, 10))
    with django_assert_num_queries(1):
        assert close_due_months(today=date(2026, 11, 11)) == 0


# --- Said before ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_owner_buyer_and_staff_are_told_once_of_what_waits(line, owner, contact, staff):
    DeliveryFactory(line=line, quantity=100, delivered_on=date(2026, 10, 10))
    DeliveryFactory(line=line, quantity=100, delivered_on=date(2026, 11, 2))  # another month
    other = OrderLineFactory(order=OrderFactory())
    DeliveryFactory(line=other, quantity=5, delivered_on=date(2026, 10, 12), status="confirmed")
    Notification.objects.all().delete()
    assert announce_month_end(today=date(2026, 11, 5)) is True
    assert announce_month_end(today=date(2026, 11, 6)) is False
    assert MonthNotice.objects.get().month == OCTOBER
    told = {one.user: one for one in Notification.objects.filter(kind="month.closing")}
    assert {one for one in told if one.role != "staff"} == {owner, contact}
    assert told[owner].title == (
        "Oktober 2026 ditutup otomatis 10 November 2026. Konfirmasi paling lambat 9 November 2026"
    )
    assert told[owner].body.startswith("1 pengiriman") and told[contact].body.startswith("1 pengiriman")
    assert "1 pengiriman belum dikonfirmasi" in told[staff].body


@pytest.mark.django_db
def test_the_morning_does_both_and_the_page_says_when(today, line, enterprise, staff):
    morning.close_months()
    morning.close_months()
    assert Scorecard.objects.get(enterprise=enterprise).month == OCTOBER
    client = PortalClient()
    client.force_login(staff)
    address = reverse("partnerships:enterprise", args=[enterprise.code])
    assert "ditutup otomatis" not in client.get(address).content.decode()  # November is not over
    Scorecard.objects.update(month=SEPTEMBER)
    line.order.buyer.grace_days = 27
    line.order.buyer.save()
    text = client.get(address).content.decode()
    assert "Oktober 2026 ditutup otomatis pada 28 November 2026" in text
    assert "Tutup Oktober 2026" in text
