"""Every money figure opens the records that make it, and their sum is the figure (features.md E7)."""

import pytest
from django.urls import reverse

from partnerships import ledger
from partnerships.money_records import FIGURES, rows_behind
from tests.factories.partnerships import DeliveryFactory, InvoiceFactory, PaymentFactory, agreement_between

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(line, enterprise, buyer):
    """Six figures that all differ, and an order of somebody else."""
    agreement_between([enterprise], [buyer])
    agreement_between([enterprise], [buyer], status="draft")
    DeliveryFactory(line=line, quantity=500, status="confirmed", rejected_quantity=20)
    DeliveryFactory(line=line, quantity=300)
    PaymentFactory(invoice=InvoiceFactory(order=line.order, amount=9_000_000), amount=4_000_000)
    DeliveryFactory()


@pytest.mark.parametrize("slug", FIGURES)
def test_the_list_adds_up_to_the_figure(client, login, money, line, buyer, contact, slug):
    login(contact)
    mine = ledger.Scope.visible_to(contact)
    expected = getattr(ledger.figures(mine), FIGURES[slug].source)
    page = client.get(reverse("partnerships:money_records", args=[slug]), {"pembeli": buyer.code})
    assert page.context["total"] == expected == sum(one.value for one in page.context["records"]) > 0
    assert str(FIGURES[slug].meaning) in page.content.decode()
    assert {one.buyer for one in page.context["records"]} == {str(buyer)}


def test_the_six_figures_are_six(money, contact):
    scope = ledger.Scope.visible_to(contact)
    totals = [sum(row.money for row in rows_behind(one, scope)) for one in FIGURES.values()]
    assert len(set(totals)) == 6


def test_strangers_records_and_unknown_figures_are_not_found(client, login, money, contact):
    login(contact)
    other = DeliveryFactory().line.order
    for slug, query in (
        ("dipesan", f"pembeli={other.buyer.code}"),
        ("dipesan", f"ikm={other.enterprise.code}"),
        ("omzet", ""),
    ):
        assert client.get(f"/nilai/{slug}/?{query}").status_code == 404
