"""Counted by hand: 35.000 a piece; 12.000 pieces promised, 1.000 ordered, delivered and partly rejected."""

from datetime import date

import pytest

from closedloop.accounts.roles import Role
from closedloop.figures import catalogue as figures
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import (
    BuyerContactFactory,
    BuyerFactory,
    DeliveryFactory,
    InvoiceFactory,
    OrderFactory,
    OrderLineFactory,
    PaymentFactory,
    ScheduleFactory,
    agreement_between,
)

pytestmark = pytest.mark.django_db
SIX = ["money.promised", "money.ordered", "money.delivered", "money.accepted", "money.invoiced", "money.paid"]


@pytest.fixture
def supply():
    enterprise, buyer = EnterpriseFactory(), BuyerFactory()
    agreement = agreement_between([enterprise], [buyer])
    order = OrderFactory(buyer=buyer, enterprise=enterprise, agreement=agreement)
    line = OrderLineFactory(order=order)
    ScheduleFactory(line=line)
    DeliveryFactory(line=line, status="confirmed", quantity=600, rejected_quantity=100)
    DeliveryFactory(line=line, quantity=400)
    PaymentFactory(invoice=InvoiceFactory(order=order))
    return agreement, enterprise, buyer


def test_six_figures_with_six_names_and_six_values(supply):
    values = figures.collect(SIX, figures.Scope(agreement=supply[0]))
    assert [value.value for value in values.values()] == [
        420_000_000,
        35_000_000,
        35_000_000,
        17_500_000,
        35_000_000,
        10_000_000,
    ]
    assert [value.records for value in values.values()] == [4, 1, 2, 1, 1, 1]


def test_fulfilment_is_accepted_of_promised(supply):
    value = figures.value("money.fulfilment", figures.Scope(enterprise=supply[1]))
    assert (value.n, value.m) == (17_500_000, 420_000_000)
    assert value.of == "Rp17,5 juta dari Rp420 juta".replace(" juta", "\N{NO-BREAK SPACE}juta")


def test_an_empty_ledger_is_unknown_and_a_kind_without_rows_is_zero(supply):
    nothing = figures.collect(SIX, figures.Scope(enterprise=EnterpriseFactory()))
    assert {value.value for value in nothing.values()} == {None}
    agreement = agreement_between([EnterpriseFactory()], [BuyerFactory()])
    values = figures.collect(SIX, figures.Scope(agreement=agreement))
    assert (values["money.promised"].value, values["money.ordered"].value) == (420_000_000, 0)


def test_a_period_counts_each_figure_by_its_own_day(supply):
    scope = figures.Scope(agreement=supply[0], period_from=date(2026, 2, 1), period_until=date(2026, 2, 28))
    values = figures.collect(SIX, scope)
    assert values["money.ordered"].value == 0  # ordered in January
    assert values["money.accepted"].value == 17_500_000  # received on 10 February


def test_a_buyer_sees_its_own_money_and_no_other_buyers(supply):
    _agreement, enterprise, buyer = supply
    other = agreement_between([enterprise], [BuyerFactory()], price=99_000)
    user = UserFactory(role=Role.BUYER)
    BuyerContactFactory(buyer=buyer, user=user)
    assert figures.value("money.promised", figures.Scope(user=user)).value == 420_000_000
    assert figures.value("money.promised", figures.Scope(user=user, agreement=other)).value is None


def test_punctuality_and_rejects_of_an_agreement(supply):
    values = figures.collect(["supply.on_time", "supply.ppm"], figures.Scope(agreement=supply[0]))
    assert (values["supply.on_time"].n, values["supply.on_time"].m) == (600, 600)  # 400 wait for the buyer
    assert values["supply.ppm"].text == "166.667"
