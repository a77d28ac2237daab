"""Quality and cost: known answers, and what is unknown stays unknown."""

from decimal import Decimal

import pytest
from partnerships.qcd import fill_rate, price_gap, reject_ppm


@pytest.mark.parametrize(
    "rejected, delivered, ppm",
    [(0, 10_000, 0), (1, 10_000, 100), (5, 10_000, 500), (10_000, 10_000, 1_000_000), (1, 1, 1_000_000)],
)
def test_rejects_per_million(rejected, delivered, ppm):
    assert reject_ppm(rejected, delivered) == ppm


def test_ppm_is_unknown_without_deliveries():
    assert reject_ppm(0, 0) is None


def test_ppm_is_not_rounded():
    assert Decimal("333.33") < reject_ppm(1, 3000) < Decimal("333.34")


@pytest.mark.parametrize(
    "delivered, due, share", [(0, 10, "0"), (9, 10, "0.9"), (10, 10, "1"), (11, 10, "1")]
)
def test_fill_rate_is_capped_at_one(delivered, due, share):
    assert fill_rate(delivered, due) == Decimal(share)


def test_fill_rate_is_unknown_when_nothing_was_due():
    assert fill_rate(10, 0) is None


def test_price_gap_weighs_by_quantity():
    assert price_gap([(100, 10_200, 10_000), (100, 10_000, 10_000)]) == Decimal("0.01")
    assert price_gap([(10, 9_000, 10_000)]) == Decimal("-0.1")
    assert price_gap([]) is None
