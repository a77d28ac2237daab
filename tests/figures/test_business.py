"""What enterprises say of their business, summed and set against the beginning."""

from decimal import Decimal

import pytest
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.figures import catalogue as figures
from closedloop.figures.business import against_beginning
from participants import actions
from participants.actions import Answer
from participants.models import Indicator
from participants.periods import Period
from tests.factories.accounts import UserFactory
from tests.factories.participants import AnnualFigureFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def grown():
    """Sales grew from 1 to 1.2 miliar in two years, and workers from 10 to 12."""
    actions.load_indicators()
    enterprise = EnterpriseFactory()
    AnnualFigureFactory(
        enterprise=enterprise, year=2023, annual_sales=10**9, employee_count=10, is_baseline=True
    )
    AnnualFigureFactory(enterprise=enterprise, year=2025, annual_sales=1_200_000_000, employee_count=12)
    return enterprise


def test_one_ikm_against_its_beginning(grown):
    scope = figures.Scope(enterprise=grown)
    value = figures.value("business.sales_against_beginning", scope)
    assert (value.text, value.of) == ("120%", "Rp1,2\N{NO-BREAK SPACE}M dari Rp1\N{NO-BREAK SPACE}M")
    assert figures.value("business.workers_against_beginning", scope).of == "12 dari 10 orang"
    assert figures.value("business.sales", scope).value == 1_200_000_000


def test_those_who_told_of_one_year_only_do_not_blur_the_change(grown):
    AnnualFigureFactory(enterprise=EnterpriseFactory(), year=2025, annual_sales=9 * 10**9)
    EnterpriseFactory()
    values = figures.collect(
        ["business.sales_against_beginning", "business.sales", "business.with_beginning"], figures.Scope()
    )
    assert values["business.sales_against_beginning"].value == Decimal("1.2")
    assert values["business.sales"].value == 10_200_000_000
    assert values["business.with_beginning"].of == "2 dari 3 IKM"


def test_a_buyer_is_never_told(grown):
    buyer = UserFactory(role=Role.BUYER)
    for code in (code for code in figures.REGISTRY if code.startswith("business.")):
        assert figures.value(code, figures.Scope(user=buyer)).withheld


def test_the_profile_shows_the_change_and_what_is_not_known(client, login, grown):
    indicator = Indicator.objects.get(code="financing")
    told = [Answer(indicator, Period(2026), is_unknown=True)]
    actions.record_answers(grown, told, by=UserFactory(), channel="owner")
    login(Role.STAFF)
    page = client.get(reverse("dashboard:profile", args=[grown.code])).content.decode()
    assert "Perubahan terhadap awal" in page and "+20%" in page and "2 tahun" in page
    assert "Tidak tahu" in page
    assert [one.indicator.code for one in against_beginning(grown)] == [
        "annual_sales",
        "workers",
        "financing",
    ]
