from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedloop.core.money import LARGEST, InvalidAmount, parse_decimal, parse_rupiah, rupiah, rupiah_short

NBSP = "\N{NO-BREAK SPACE}"


def code_of(cell, **options):
    with pytest.raises(InvalidAmount) as refusal:
        parse_rupiah(cell, **options)
    assert str(refusal.value).endswith(".")
    return refusal.value.code


@pytest.mark.parametrize(
    "cell, amount",
    [
        ("1,5 M", 1_500_000_000),
        ("1.5 M", 1_500_000_000),
        ("2 M", 2_000_000_000),
        ("3,4 Milyar", 3_400_000_000),
        ("18,2 miliar", 18_200_000_000),
        ("750 juta", 750_000_000),
        ("1750 Jt", 1_750_000_000),
        ("750jt", 750_000_000),
        ("500 rb", 500_000),
        ("500 ribu", 500_000),
        ("1,2 T", 1_200_000_000_000),
        ("0,750 M", 750_000_000),
        ("1.234,5 juta", 1_234_500_000),
        ("750 juta rupiah", 750_000_000),
        ("Rp 1.250.000.000,-", 1_250_000_000),
        ("Rp. 5.200.000.000,-", 5_200_000_000),
        ("Rp 14.900.000.000,00", 14_900_000_000),
        ("Rp1.500", 1_500),
        ("Rp 750.000,-", 750_000),
        ("IDR 5.000.000", 5_000_000),
        ("12.500.000.000", 12_500_000_000),
        ("14,900,000,000", 14_900_000_000),
        ("14,900,000,000.00", 14_900_000_000),
        ("1500000000", 1_500_000_000),
        (3_400_000_000, 3_400_000_000),
        (3_400_000_000.0, 3_400_000_000),
        (Decimal("3400000000"), 3_400_000_000),
        (0, 0),
        ("0", 0),
    ],
)
def test_spellings(cell, amount):
    assert parse_rupiah(cell) == amount


@pytest.mark.parametrize(
    "cell, code",
    [
        ("1.5", "ambiguous"),
        ("1,5", "ambiguous"),
        (1.5, "ambiguous"),
        ("1.500", "ambiguous"),
        ("1,500", "ambiguous"),
        ("750.000", "ambiguous"),
        ("Rp 1,500", "ambiguous"),
        ("1.500 juta", "ambiguous"),
        ("1,500 M", "ambiguous"),
        ("-5 juta", "negative"),
        ("−5 juta", "negative"),
        ("Rp -5.000.000", "negative"),
        ("(5.000.000)", "negative"),
        (-5, "negative"),
        ("lumayan", "unreadable"),
        ("±750 juta", "unreadable"),
        ("750-900 juta", "unreadable"),
        ("1.500.00", "unreadable"),
        ("1,500.000,00", "unreadable"),
        ("5 dolar", "unreadable"),
        ("1 2 juta", "unreadable"),
        ("1e9", "unreadable"),
        ("٣ juta", "unreadable"),
        ("1" * 100_000, "unreadable"),
        ("(" + " " * 100_000, "unreadable"),
        (float("nan"), "unreadable"),
        (True, "unreadable"),
        ("Rp 1.500.000,50", "fraction"),
        ("1.000 T", "ambiguous"),
        ("1000 T", "too_large"),
        ("", "missing"),
        (None, "missing"),
    ],
)
def test_refused_by_reason(cell, code):
    assert code_of(cell) == code


def test_a_bare_number_may_be_too_small_to_be_sure():
    for cell in (1500, "1500", "999999", 999_999.0, "1.500,00"):
        assert code_of(cell, smallest_bare=1_000_000) == "ambiguous"
    for cell in (0, "0", 1_000_000, "1.000.000", "Rp 1.500", "1 rb", "500 rupiah"):
        parse_rupiah(cell, smallest_bare=1_000_000)


UNITS = [
    (10**3, ("rb", "ribu", "RB")),
    (10**6, ("jt", "juta", "Jt", "JUTA")),
    (10**9, ("M", "miliar", "Milyar", "m", "MILIAR")),
    (10**12, ("T", "triliun")),
]


@given(
    st.integers(1, 999),
    st.integers(0, 9),
    st.sampled_from(UNITS).flatmap(lambda unit: st.tuples(st.just(unit[0]), st.sampled_from(unit[1]))),
    st.sampled_from(["", "Rp", "Rp ", "Rp. ", "rp "]),
    st.sampled_from(["", " ", NBSP]),
)
def test_any_mixture_of_number_and_unit(whole, tenth, unit, front, between):
    size, word = unit
    amount = whole * size + tenth * size // 10
    if amount <= LARGEST:
        assert parse_rupiah(f"{front}{whole},{tenth}{between}{word}") == amount
        assert parse_rupiah(f" {front}{whole}.{tenth}{between}{word} ") == amount


@given(
    st.integers(1_000_000, LARGEST),
    st.sampled_from(["", "Rp", "Rp ", "Rp. ", "IDR "]),
    st.sampled_from(["", ",-", ",00", ",--", ".-"]),
)
def test_any_full_amount_in_any_dress(amount, front, end):
    assert parse_rupiah(f"{front}{amount:,}".replace(",", ".") + end) == amount


@given(st.integers(0, LARGEST))
def test_what_is_written_is_read_back(amount):
    assert parse_rupiah(rupiah(amount, language="id")) == amount


@given(st.one_of(st.text(), st.text("0123456789.,- RpMjtT()"), st.floats(), st.integers(), st.booleans()))
def test_any_cell_gives_an_amount_or_a_reason(cell):
    try:
        amount = parse_rupiah(cell)
    except InvalidAmount as error:
        assert error.code and str(error)
    else:
        assert type(amount) is int and 0 <= amount <= LARGEST


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"))
def test_one_mark_and_three_digits_are_never_guessed(whole, rest, mark):
    assert code_of(f"{whole}{mark}{rest:03d}") == "ambiguous"


@pytest.mark.parametrize(
    "text, value",
    [("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("73,6", "73.6"), ("73.6", "73.6"), ("-2,25", "-2.25"),
     ("1284", "1284"), ("0,125", "0.125"), ("1.234.567", "1234567"), (12, "12"), (2.5, "2.5")],
)  # fmt: skip
def test_decimals(text, value):
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    "text, code",
    [("1.234", "ambiguous"), ("1,234", "ambiguous"), ("1..2", "unreadable"), ("12.34.5", "unreadable"),
     ("abc", "unreadable"), ("", "unreadable")],
)  # fmt: skip
def test_decimals_refused(text, code):
    with pytest.raises(InvalidAmount) as refusal:
        parse_decimal(text)
    assert refusal.value.code == code


def test_rupiah_in_full():
    assert rupiah(1_500_000, language="id") == "Rp1.500.000"
    assert rupiah(1_500_000, language="en") == "Rp1,500,000"
    assert rupiah(Decimal("-1500"), language="id") == "−Rp1.500"
    assert rupiah(0, language="id") == "Rp0"


@pytest.mark.parametrize(
    "amount, indonesian, english",
    [
        (999, "Rp999", "Rp999"),
        (1_000, "Rp1 ribu", "Rp1 k"),
        (312_000_000, "Rp312 juta", "Rp312 mn"),
        (999_499_999, "Rp999 juta", "Rp999 mn"),
        (999_500_000, "Rp1 M", "Rp1 bn"),
        (2_910_000_000, "Rp2,91 M", "Rp2.91 bn"),
        (2_914_999_999, "Rp2,91 M", "Rp2.91 bn"),
        (2_915_000_000, "Rp2,92 M", "Rp2.92 bn"),
        (14_900_000_000, "Rp14,9 M", "Rp14.9 bn"),
        (1_200_000_000_000, "Rp1,2 T", "Rp1.2 tn"),
        (-312_000_000, "−Rp312 juta", "−Rp312 mn"),
    ],
)
def test_rupiah_short(amount, indonesian, english):
    assert rupiah_short(amount, language="id") == indonesian.replace(" ", NBSP)
    assert rupiah_short(Decimal(amount), language="en") == english.replace(" ", NBSP)
