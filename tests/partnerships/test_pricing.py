"""Price against agreement."""

from decimal import Decimal

from partnerships.pricing import price_gap


def test_price_gap_weighs_by_quantity():
    assert price_gap([(100, 10_200, 10_000), (100, 10_000, 10_000)]) == Decimal("0.01")
    assert price_gap([(10, 9_000, 10_000)]) == Decimal("-0.1")


def test_without_an_agreed_price_the_gap_is_unknown():
    assert price_gap([]) is None
