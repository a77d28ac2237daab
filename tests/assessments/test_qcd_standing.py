"""Standings cover 0 to 100 without a hole, and a month without transactions has none (features.md E10)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.qcd_standing import BANDS, Part, band_of, parts_of, quality_points, score_of, weakest
from assessments.trend import Card

SCORES = st.decimals(min_value=0, max_value=100, places=6)
QUIET = Card(due=0, on_time=0, delivered=0, rejected=0, price_gap=Decimal("0.5"))


@pytest.mark.parametrize("score, name", [
    ("0", "Buruk"), ("49.999999", "Buruk"), ("50", "Kurang"), ("69.999999", "Kurang"),
    ("70", "Cukup"), ("89.999999", "Cukup"), ("90", "Baik"), ("100", "Baik"),
])  # fmt: skip
def test_every_border_belongs_to_the_better_standing(score, name):
    assert str(band_of(Decimal(score)).name) == name


@pytest.mark.parametrize("score", ["-0.000001", "100.000001"])
def test_what_is_no_score_has_no_standing(score):
    with pytest.raises(ValueError, match="no score"):
        band_of(Decimal(score))


@given(SCORES)
def test_every_score_has_exactly_one_standing(score):
    tops = [*(band.floor for band in BANDS[1:]), 101]
    holding = [band for band, top in zip(BANDS, tops, strict=True) if band.floor <= score < top]
    assert holding == [band_of(score)]


def test_each_standing_has_a_consequence_of_its_own():
    assert len({band.consequence for band in BANDS}) == len(BANDS)


def test_a_month_without_transactions_is_neither_0_nor_100():
    assert (score_of(QUIET), weakest(QUIET)) == (None, None)


@pytest.mark.parametrize("ppm, points", [
    (0, 100), (1000, 100), (1001, Decimal("99.98888888888888888888888889")), (5500, 50), (10_000, 0), (10_001, 0),
])  # fmt: skip
def test_quality_at_each_border(ppm, points):
    assert quality_points(Decimal(ppm), 1000) == pytest.approx(Decimal(points))
    assert quality_points(Decimal(0), 0) == 100
    assert quality_points(Decimal(1), 0) == 0


@pytest.mark.parametrize(
    "gap, points", [(None, None), ("-0.2", 100), ("0", 100), ("0.05", 50), ("0.1", 0), ("0.3", 0)]
)
def test_what_is_dearer_than_agreed_costs_points(gap, points):
    card = Card(10, 10, 10, 0, None if gap is None else Decimal(gap))
    assert parts_of(card).get(Part.COST) == points


def test_all_perfect_is_100_and_all_wrong_is_0():
    assert score_of(Card(100, 100, 100, 0, Decimal(0))) == 100
    assert score_of(Card(100, 0, 100, 100, Decimal(1))) == 0
    assert score_of(Card(100, 60, 100, 0)) == 80  # 60 of 100 on time, nothing rejected, no price agreed


@settings(deadline=None)
@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), SCORES)
def test_a_score_is_a_score_and_known_exactly_with_transactions(due, on_time, delivered, rejected, gap):
    card = Card(due, min(on_time, due), delivered, min(rejected, delivered), gap / 100)
    score = score_of(card)
    assert (score is None) == (due == 0 and delivered == 0)
    assert score is None or 0 <= score <= 100
