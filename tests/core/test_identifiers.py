import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedloop.core.identifiers import (
    InvalidIdentifier,
    masked,
    normalise_kbli,
    normalise_nib,
    normalise_nik,
    normalise_nitku,
    normalise_npwp,
    normalise_postal_code,
    npwp15,
    npwp_display,
    passes_luhn,
)

COMPANY = "518844725898000"  # the first nine digits pass Luhn
PERSON = "3273014708850003"  # a woman born on 7 August 1985
digits = st.text("0123456789")


def code_of(function, text):
    with pytest.raises(InvalidIdentifier) as refusal:
        function(text)
    assert str(refusal.value.message).endswith(".")
    return refusal.value.code


def company_numbers():
    """Any 15 digits whose ninth is the check digit of the first eight."""
    eight, tail = st.text("0123456789", min_size=8, max_size=8), st.text("0123456789", min_size=6, max_size=6)
    return (
        st.tuples(eight, tail)
        .map(
            lambda parts: next(f"{parts[0]}{d}{parts[1]}" for d in range(10) if passes_luhn(f"{parts[0]}{d}"))
        )
        .filter(lambda number: number.strip("0"))
    )


@pytest.mark.parametrize(
    "text, nib",
    [
        ("1707536455681", "1707536455681"),
        (" 1707-5364.5568 1 ", "1707536455681"),
        (1379672748052, "1379672748052"),
        (1379672748052.0, "1379672748052"),
        ("１７０７５３６４５５６８１", "1707536455681"),
        (129110285940, "0129110285940"),  # a number cell loses the zero in front
    ],
)
def test_nib_is_read_however_it_is_written(text, nib):
    assert normalise_nib(text) == nib


@pytest.mark.parametrize(
    "text, code",
    [
        ("81202219", "too_short"),
        ("129110285940", "too_short"),  # a text loses nothing, so a digit was forgotten
        (29110285940, "too_short"),
        ("17075364556811", "too_long"),
        ("17075364556B1", "characters"),
        ("+1707536455681", "characters"),
        ("0000000000000", "placeholder"),
        ("", "missing"),
        (None, "missing"),
    ],
)
def test_nib_is_refused_by_reason(text, code):
    assert code_of(normalise_nib, text) == code


@pytest.mark.parametrize(
    "text",
    ["51.884.472.5-898.000", COMPANY, f"0{COMPANY}", f" 0{COMPANY} ", int(COMPANY), float(COMPANY)],
)
def test_company_npwp_has_one_form(text):
    assert normalise_npwp(text) == f"0{COMPANY}"


def test_npwp_in_a_number_cell_gets_its_zeros_back():
    assert normalise_npwp(51298370892000) == "0051298370892000"


@pytest.mark.parametrize(
    "text, code",
    [
        ("12.345.678.0-999.000", "check_digit"),
        ("0123456780999000", "check_digit"),
        ("51.884.472.5-898.00", "too_short"),
        ("51.884.472.5-898.0000.0", "too_long"),
        (f"{PERSON}000000", "nitku"),
        ("9999999999999999", "structure"),
        (3273014708850010, "rounded"),
        ("000000000000000", "placeholder"),
        ("belum", "characters"),
    ],
)
def test_npwp_is_refused_by_reason(text, code):
    assert code_of(normalise_npwp, text) == code


@given(company_numbers())
def test_a_company_npwp_reads_the_same_in_every_spelling(number):
    spellings = {number, f"0{number}", npwp_display(f"0{number}"), f" {number[:5]} {number[5:]}"}
    assert {normalise_npwp(spelling) for spelling in spellings} == {f"0{number}"}
    assert npwp15(f"0{number}") == number


@given(company_numbers(), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_among_the_first_nine_is_noticed(number, place, shift):
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert code_of(normalise_npwp, wrong) == "check_digit"


@pytest.mark.parametrize("region", ["6501", "9301", "9501", "9601", "9202", "3171"])
def test_a_person_of_any_province_has_an_npwp(region):
    """The tables in circulation reject the newest provinces; we know no table."""
    number = f"{region}01{PERSON[6:]}"
    assert normalise_npwp(number) == number
    assert npwp15(number) is None
    assert npwp_display(number) == number


@pytest.mark.parametrize(
    "nik, code",
    [
        ("3273014708850000", "structure"),
        ("3273013213850003", "structure"),  # month 13
        ("3273017208850003", "structure"),  # day 72 is day 32
        ("3273010008850003", "structure"),
        ("0273014708850003", "structure"),
        ("3200014708850003", "structure"),
        ("327301470885000", "too_short"),
    ],
)
def test_a_nik_that_cannot_be_is_refused(nik, code):
    assert code_of(normalise_nik, nik) == code


def test_nitku_is_an_npwp_and_six_digits():
    assert normalise_nitku(f"0{COMPANY}-000001") == f"0{COMPANY}000001"
    assert code_of(normalise_nitku, f"0{COMPANY}00001") == "too_short"
    assert code_of(normalise_nitku, "0123456780999000000001") == "check_digit"
    assert code_of(normalise_nitku, 518844725898000000001) == "rounded"


def test_kbli_has_five_digits():
    assert normalise_kbli(25910) == normalise_kbli("25910 ") == normalise_kbli(25910.0) == "25910"
    assert code_of(normalise_kbli, "9999") == "five_digits"
    assert code_of(normalise_kbli, 9999) == "five_digits"
    assert code_of(normalise_kbli, "25910, 25920") == "characters"


def test_postal_code_has_five_digits_and_does_not_begin_with_zero():
    assert normalise_postal_code(41371) == normalise_postal_code("41371") == "41371"
    assert code_of(normalise_postal_code, "01371") == "structure"
    assert code_of(normalise_postal_code, 4137) == "too_short"


@given(st.one_of(st.text(), st.floats(), st.integers()))
def test_whatever_is_in_the_cell_the_answer_is_thirteen_digits_or_a_reason(cell):
    try:
        nib = normalise_nib(cell)
    except InvalidIdentifier as error:
        assert error.code and str(error)
    else:
        assert len(nib) == 13 and nib.isdigit() and nib.isascii()


def test_masking_shows_the_last_digits_only():
    assert masked("1707536455681") == "•••••••••5681"
    assert masked("5681") == "••••"
    assert masked("1707536455681", keep=0) == "•" * 13
    assert masked("") == ""
