"""Thirteen months: what is closed, what is quiet, what is not known; never a zero for nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.class_rules import Rule, month_before
from assessments.trend import Card, Limits, Point, limits_of, trend
from closedloop.accounts.roles import Role
from tests.factories.assessments import ScorecardFactory

TODAY = date(2026, 11, 24)
QUIET = Card(0, 0, 0, 0)
RULES = [Rule(3, "on_time", threshold=Decimal("0.9")), Rule(3, "reject_ppm", threshold=Decimal(1000))]


def test_it_ends_with_the_last_complete_month_and_has_the_same_month_of_last_year():
    points = trend({}, TODAY)
    assert len(points) == 13
    assert (points[0].month, points[-1].month) == (date(2025, 10, 1), date(2026, 10, 1))
    assert not any(point.is_frozen for point in points)


def test_a_quiet_month_is_neither_zero_nor_hundred_and_not_an_open_one():
    quiet, missing = Point(TODAY, QUIET), Point(TODAY, None)
    assert quiet.is_quiet and quiet.is_frozen and not missing.is_frozen and not missing.is_quiet
    assert {one for point in (quiet, missing) for one in (point.on_time, point.ppm, point.price_gap)} == {
        None
    }


def test_due_without_delivery_has_a_punctuality_and_no_ppm():
    point = Point(TODAY, Card(100, 0, 0, 0))
    assert (point.on_time, point.ppm, point.is_quiet) == (0, None, False)


@pytest.mark.parametrize(
    "card, expected",
    [
        (QUIET, Limits(Decimal("0.9"), Decimal(1000))),
        (Card(1, 1, 1, 0, max_ppm=300, min_on_time=Decimal("0.95")), Limits(Decimal("0.95"), Decimal(300))),
        (Card(1, 1, 1, 0, max_ppm=3000, min_on_time=Decimal("0.8")), Limits(Decimal("0.9"), Decimal(1000))),
        (None, Limits(Decimal("0.9"), Decimal(1000))),
    ],
)
def test_the_stricter_limit_holds(card, expected):
    assert limits_of(Point(TODAY, card), 3, RULES) == expected


def test_nothing_asked_is_no_limit():
    assert limits_of(Point(TODAY, QUIET), 2, RULES) == Limits()


@pytest.mark.django_db
def test_the_page_tells_quiet_from_not_closed(client, login, world):
    login(Role.LEAD)
    last, before = month_before(timezone.localdate()), month_before(timezone.localdate(), 2)
    nothing = {"due_quantity": 0, "on_time_quantity": 0, "delivered_quantity": 0}
    ScorecardFactory(enterprise=world.enterprise, month=last, price_gap=Decimal("0.012"), rejected_quantity=1)
    ScorecardFactory(
        enterprise=world.enterprise, month=before, delivered_value=0, accepted_value=0, **nothing
    )
    page = client.get(reverse("assessments:qcd", args=[world.enterprise.code])).content.decode()
    assert page.count("Tanpa transaksi") == 1 and page.count("Belum dibekukan") == 11
    assert "950 dari 1.000 pcs" in page and "2 dari 13 bulan" in page and "1.000</b>" in page
