"""One IKM, one buyer with a contact, and an order between them."""

from datetime import date

import pytest
import time_machine

from closedloop.accounts.roles import Role
from participants.models import ClassLevel, Document
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory, PersonFactory
from tests.factories.partnerships import (
    BuyerContactFactory,
    BuyerFactory,
    OrderFactory,
    OrderLineFactory,
    ScheduleFactory,
)


@pytest.fixture
def today():
    """Tuesday 24 November 2026, ten in the morning in Jakarta."""
    with time_machine.travel("2026-11-24T03:00:00Z", tick=False):
        yield date(2026, 11, 24)


@pytest.fixture
def staff(db):
    return UserFactory(role=Role.STAFF)


@pytest.fixture
def enterprise(db):
    return EnterpriseFactory(name="Nira Contoh")


@pytest.fixture
def owner(enterprise):
    return PersonFactory(enterprise=enterprise).user


@pytest.fixture
def buyer(db):
    return BuyerFactory(name="PT Arunika Contoh")


@pytest.fixture
def contact(buyer):
    """The account of the buyer's contact."""
    return BuyerContactFactory(buyer=buyer).user


@pytest.fixture
def line(enterprise, buyer):
    """A thousand pieces at Rp35.000, due on 10 February 2026."""
    line = OrderLineFactory(order=OrderFactory(enterprise=enterprise, buyer=buyer))
    ScheduleFactory(line=line)
    return line


@pytest.fixture
def cleared(enterprise, monkeypatch):
    """An IKM that meets every rule but the sample: class L3, modules passed, papers valid."""
    enterprise.class_level, enterprise.class_since = ClassLevel.PRE_INDEPENDENT, date(2026, 6, 1)
    enterprise.npwp = "0123456789012345"
    enterprise.save()
    for kind in (Document.Kind.ENVIRONMENT, Document.Kind.BPJS):
        Document.objects.create(enterprise=enterprise, kind=kind, expires_on=date(2026, 12, 31))
    passed = {"BM", "5R", "K3L", "TEK", "KEU"}
    monkeypatch.setattr(
        "partnerships.readiness.passed_modules_of",
        lambda enterprises: {one.pk: passed for one in enterprises},
    )
    return enterprise
