"""How numbers, dates and times are written, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from closedloop.core import formats

NBSP = "\N{NO-BREAK SPACE}"
MORNING = datetime(2026, 5, 6, 1, 52, tzinfo=UTC)
TEGAL = SimpleNamespace(province=SimpleNamespace(time_zone="Asia/Jakarta"))
MAKASSAR = SimpleNamespace(province=SimpleNamespace(time_zone="Asia/Makassar"))


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (1284, 0, "1.284", "1,284"),
        (Decimal("73.55"), 1, "73,6", "73.6"),
        (Decimal("-1.4"), 1, "−1,4", "−1.4"),
        (Decimal("-0.04"), 1, "0,0", "0.0"),
        (0, 0, "0", "0"),
    ],
)
def test_numbers_follow_the_language(value, decimals, indonesian, english):
    assert formats.number(value, decimals, language="id") == indonesian
    assert formats.number(value, decimals, language="en") == english


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Decimal("0.585"), "58,5%"),
        (Decimal("0.92"), "92%"),
        (Decimal("0.9995"), "100%"),
        (0, "0%"),
        (Decimal("1.1"), "110%"),
    ],
)
def test_a_percentage_has_one_decimal_at_most_and_no_space(ratio, text):
    assert formats.percent(ratio, language="id") == text


@pytest.mark.parametrize(
    ("value", "text"), [(8.4, "+8,4"), (-1.4, "−1,4"), (0, "0"), (15, "+15"), (0.04, "0")]
)
def test_a_change_carries_its_sign(value, text):
    assert formats.change(value, language="id") == text


def test_dates():
    day = date(2026, 5, 6)
    assert formats.date_long(day, language="id") == "Rabu, 6 Mei 2026"
    assert formats.date_long(day, language="en") == "Wednesday, 6 May 2026"
    assert formats.date_medium(day, language="id") == "6 Mei 2026"
    assert formats.date_short(date(2026, 8, 6), language="id") == "6 Agu 2026"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2025, 11, 1), date(2026, 10, 31), "1 November 2025 – 31 Oktober 2026"),
        (date(2026, 1, 5), date(2026, 2, 6), "5 Januari – 6 Februari 2026"),
        (date(2026, 5, 6), date(2026, 5, 8), "6–8 Mei 2026"),
        (date(2026, 5, 6), date(2026, 5, 6), "6 Mei 2026"),
        (date(2026, 5, 6), None, "sejak 6 Mei 2026"),
        (None, date(2026, 5, 6), "sampai 6 Mei 2026"),
    ],
)
def test_a_range_says_no_month_or_year_twice(start, end, text):
    with override("id"):
        assert formats.date_range(start, end) == text


@pytest.mark.parametrize(
    ("place", "language", "text"),
    [
        (None, "id", f"08.52{NBSP}WIB"),
        (TEGAL, "id", f"08.52{NBSP}WIB"),
        (MAKASSAR, "id", f"09.52{NBSP}WITA"),
        (SimpleNamespace(regency=MAKASSAR), "id", f"09.52{NBSP}WITA"),
        ("Asia/Jayapura", "id", f"10.52{NBSP}WIT"),
        (TEGAL, "en", f"08:52{NBSP}WIB"),
    ],
)
def test_a_time_is_the_clock_of_the_place_with_its_zone(place, language, text):
    assert formats.time_at(MORNING, place, language=language) == text


def test_a_moment_takes_its_day_from_the_place_too():
    late = datetime(2026, 5, 6, 16, 30, tzinfo=UTC)
    assert formats.moment(late, TEGAL, language="id") == f"6 Mei 2026, 23.30{NBSP}WIB"
    assert formats.moment(late, MAKASSAR, language="id") == f"7 Mei 2026, 00.30{NBSP}WITA"


def test_only_today_and_yesterday_are_relative():
    with override("id"):
        today = date(2026, 5, 6)
        assert formats.day_name(today, today) == "Hari ini"
        assert formats.day_name(date(2026, 5, 5), today) == "Kemarin"
        assert formats.day_name(date(2026, 5, 4), today) == "4 Mei 2026"


@pytest.mark.parametrize(
    "write",
    [
        formats.number,
        formats.score,
        formats.percent,
        formats.change,
        formats.date_long,
        formats.date_medium,
        formats.date_short,
        formats.month_long,
        formats.time_at,
        formats.moment,
    ],
)
def test_an_unknown_value_is_named_and_never_a_zero(write):
    assert write(None, language="id") == "Belum ada data"
    assert write(None, language="en") == "No data yet"


@pytest.mark.parametrize(
    ("name", "mark"), [("Sekar Nuraini", "SN"), ("Sukarno", "S"), ("Ir. H. Bagas M. Putra", "IP"), ("", "")]
)
def test_initials(name, mark):
    assert formats.initials(name) == mark


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3))
def test_a_written_number_reads_back_within_half_of_its_last_digit(value):
    text = formats.number(value, 1, language="id").replace(".", "").replace(",", ".").replace("−", "-")
    assert abs(Decimal(text) - value) <= Decimal("0.05")
