from decimal import Decimal

import pytest

from assessments.qcd import fill_rate, on_time_rate, ppm, realisation_rate


@pytest.mark.parametrize(
    "rejected, delivered, expected",
    [(0, 1000, 0), (1, 1000, 1000), (3, 8000, 375), (5, 0, None), (0, 0, None)],
)
def test_ppm(rejected, delivered, expected):
    assert ppm(rejected, delivered) == expected


@pytest.mark.parametrize(
    "on_time, due, expected", [(37, 40, "0.925"), (0, 40, "0"), (40, 40, "1"), (0, 0, None)]
)
def test_on_time_rate(on_time, due, expected):
    assert on_time_rate(on_time, due) == (None if expected is None else Decimal(expected))


def test_fill_rate_is_capped_and_realisation_is_not():
    assert fill_rate(120, 100) == 1
    assert realisation_rate(Decimal(120), Decimal(100)) == Decimal("1.2")
    assert fill_rate(1, 0) is None
    assert realisation_rate(Decimal(5), None) is None
    assert realisation_rate(None, Decimal(5)) is None
