from datetime import date
from decimal import Decimal

import pytest
import time_machine

from closedloop.figures import catalogue as figures
from tests.factories.assessments import ScorecardFactory
from tests.factories.participants import EnterpriseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def today():
    with time_machine.travel("2026-11-24T03:00:00Z", tick=False):
        yield


def test_rates_of_the_closed_months_are_made_of_quantities():
    card = ScorecardFactory(on_time_quantity=900, rejected_quantity=3)
    ScorecardFactory(enterprise=card.enterprise, month=date(2026, 9, 1), due_quantity=3000, on_time_quantity=3000,
                     delivered_quantity=2000, rejected_quantity=0)  # fmt: skip
    scope = figures.Scope(enterprise=card.enterprise)
    on_time, ppm = figures.collect(["qcd.on_time", "qcd.ppm"], scope).values()
    assert (on_time.n, on_time.m, on_time.value) == (3900, 4000, Decimal("0.975"))
    assert ppm.value == Decimal(1000)
    assert [(part.key, part.value) for part in on_time.parts] == [("2026-09", 1), ("2026-10", Decimal("0.9"))]


def test_a_month_older_than_a_year_tells_nothing():
    card = ScorecardFactory(month=date(2025, 11, 1))
    assert figures.value("qcd.on_time", figures.Scope(enterprise=card.enterprise)).value is None
    ScorecardFactory(enterprise=card.enterprise, month=date(2025, 12, 1))
    assert figures.value("qcd.on_time", figures.Scope(enterprise=card.enterprise)).records == 1


def test_a_month_without_deliveries_has_no_rate():
    card = ScorecardFactory(due_quantity=0, on_time_quantity=0, delivered_quantity=0, delivered_value=0,
                            accepted_value=0)  # fmt: skip
    values = figures.collect(["qcd.on_time", "qcd.ppm"], figures.Scope(enterprise=card.enterprise))
    assert [value.value for value in values.values()] == [None, None]


def test_without_closed_months_nothing_is_known():
    assert figures.value("qcd.ppm", figures.Scope(enterprise=EnterpriseFactory())).value is None
