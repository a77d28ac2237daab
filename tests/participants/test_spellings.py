"""Any mixture of the ways in which people write a value reads as that value; anything else is refused, its cell named.

Each strategy below draws a value and a spelling of it. What is no spelling is drawn by leaving the rules: a digit
too few, a letter among digits, an amount that reads two ways.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedloop.core.identifiers import normalise_nib, normalise_npwp, passes_luhn
from tests.generated.registrations import npwp15
from tests.participants.test_reading import CONTEXT, GOOD, LAYOUT, read

SPACES = st.sampled_from(["", " ", "  ", "\u00a0"])
CASES = st.sampled_from([str, str.upper, str.lower, str.title])
PROVINCE_FORMS = {
    "31": ["DKI", "DKI Jakarta", "Jakarta", "Daerah Khusus Jakarta", "Prov. DKI Jakarta"],
    "32": ["Jabar", "Jawa Barat", "Provinsi Jawa Barat", "Prov Jabar"],
    "33": ["Jateng", "Jawa Tengah", "Propinsi Jawa Tengah"],
    "34": ["DIY", "DI Yogyakarta", "Jogja"],
    "35": ["Jatim", "Jawa Timur", "Prov. Jawa Timur"],
}
REGENCY_FORMS = {
    "33.28": ["Kab. Tegal", "Kabupaten Tegal", "KAB TEGAL", "Kab.Tegal", "Tegal (Kab.)", "Tegal, Kabupaten"],
    "33.76": ["Kota Tegal", "Kodya Tegal", "Kotamadya Tegal", "Tegal (Kota)"],
    "32.15": ["Karawang", "Kab. Karawang", "Kabupaten Karawang"],
    "35.15": ["Sidoarjo", "Kab Sidoarjo"],
    "32.75": ["Kota Bekasi", "Bekasi, Kota", "KODYA BEKASI"],
}


@st.composite
def phones(draw):
    """A mobile number: as 0812…, 62812…, +62 812-…, 812… and as the number a spreadsheet made of it."""
    rest = draw(st.from_regex(r"8[1-9][0-9]{7,10}", fullmatch=True))
    grouped = draw(st.sampled_from(["", "-", " ", "."])).join([rest[:3], rest[3:7], rest[7:]])
    front = draw(st.sampled_from(["0", "62", "+62", "+62 ", "+62-", "(0)", "0062", ""]))
    numbers = [int(rest), float(rest), int(f"62{rest}"), float(f"62{rest}")]
    spelling = draw(st.one_of(st.just(f"{front}{grouped}"), st.sampled_from(numbers)))
    return f"+62{rest}", padded(draw, spelling)


@st.composite
def nibs(draw):
    digits = draw(st.from_regex(r"[0-9]{13}", fullmatch=True).filter(lambda text: len(set(text)) > 1))
    spellings: list = [digits, f"{digits[:4]} {digits[4:8]} {digits[8:]}", f"{digits[:6]}-{digits[6:]}"]
    if digits[:2] != "00":  # two zeros lost are one too many to guess
        spellings += [int(digits), float(digits)]
    return digits, padded(draw, draw(st.sampled_from(spellings)))


@st.composite
def npwps(draw):
    old = npwp15(draw(st.integers(1, 99_999_999)))
    dotted = f"{old[:2]}.{old[2:5]}.{old[5:8]}.{old[8]}-{old[9:12]}.{old[12:]}"
    spellings: list = [old, f"0{old}", dotted, f"0{dotted}", dotted.replace(".", " "), f"{old[:9]}-{old[9:]}"]
    if int(old) >= 10**12:
        spellings += [int(old), float(old)]
    return f"0{old}", padded(draw, draw(st.sampled_from(spellings)))


@st.composite
def amounts(draw):
    """Whole millions: 1,5 M, 750 juta, Rp 1.250.000.000,- and the bare number."""
    millions = draw(st.integers(1, 999_999))
    whole = millions * 1_000_000
    dotted = f"{whole:,}".replace(",", ".")
    spellings: list = [whole, float(whole), str(whole), f"Rp {dotted},-", f"Rp{dotted}", f"Rp. {dotted}"]
    spellings += [f"{millions} {unit}" for unit in ("juta", "jt", "Jt.")] if millions < 1000 else []
    if whole >= 10**9:
        for mark in ",.":
            billions = f"{whole / 10**9:.1f}".replace(".", mark)
            if whole % 10**8 == 0:
                spellings += [f"{billions} {unit}" for unit in ("M", "miliar", "Milyar", "mlr")]
        spellings.append(dotted)
    return whole, padded(draw, draw(st.sampled_from(spellings)))


@st.composite
def among(draw, forms):
    code = draw(st.sampled_from(list(forms)))
    words = draw(CASES)(draw(st.sampled_from(forms[code])))
    return code, padded(draw, words.replace(" ", draw(st.sampled_from([" ", "  ", "\u00a0"]))))


def padded(draw, spelling):
    return spelling if not isinstance(spelling, str) else f"{draw(SPACES)}{spelling}{draw(SPACES)}"


@given(phones(), nibs(), npwps(), amounts(), amounts(), among(PROVINCE_FORMS))
def test_any_mixture_of_spellings_reads_as_its_values(phone, nib, npwp, capital, sales, province):
    regency = {"31": "Jakarta Barat", "32": "Karawang", "33": "Kab. Tegal", "34": "Sleman", "35": "Sidoarjo"}
    row = read(
        phone=phone[1],
        nib=nib[1],
        npwp=npwp[1],
        capital=capital[1],
        annual_sales=sales[1],
        province=province[1],
        regency=regency[province[0]],
    )
    assert row.errors == []
    assert (row.phone, row.nib, row.npwp) == (phone[0], nib[0], npwp[0])
    assert (row.capital, row.annual_sales) == (capital[0], sales[0])
    assert row.province_code == province[0]


@given(among(REGENCY_FORMS))
def test_any_spelling_of_a_regency_reads_as_it(regency):
    row = read(regency=regency[1], province=None)
    assert (row.errors, row.regency_code, row.province_code) == ([], regency[0], regency[0][:2])


def refused_in(field, value):
    """The only fault of the row is in that cell, and says where it is, what it holds and what to do."""
    [problem] = read(**{field: value}).errors
    assert (problem.field, problem.sheet_row, problem.column) == (field, 7, LAYOUT.letter(field))
    assert problem.header == f"Judul {field}" and str(problem.message).endswith((".", "…"))
    return problem


@given(
    st.integers(1, 999),
    st.integers(0, 999),
    st.sampled_from([".", ","]),
    st.sampled_from(["", " M", " juta"]),
)
def test_an_amount_that_reads_two_ways_is_refused(whole, rest, mark, unit):
    """1.500 is one and a half or fifteen hundred; a unit behind it does not tell which."""
    for field in ("capital", "annual_sales"):
        assert refused_in(field, f"{whole}{mark}{rest:03d}{unit}").code == "ambiguous"


@given(st.integers(1, 999_999))
def test_a_bare_small_number_is_refused(number):
    """Thousands or millions: the sheet does not say which."""
    for spelling in (number, float(number), str(number)):
        assert refused_in("capital", spelling).code == "ambiguous"


@pytest.mark.parametrize("field, normalise", [("nib", normalise_nib), ("npwp", normalise_npwp)])
@given(data=st.data())
def test_a_wrong_number_of_digits_is_refused(field, normalise, data):
    lengths = st.integers(1, 12) | st.integers(17, 21)
    digits = data.draw(lengths.flatmap(lambda n: st.from_regex(rf"[1-9][0-9]{{{n - 1}}}", fullmatch=True)))
    assert refused_in(field, digits).code in ("too_short", "too_long")


@given(st.integers(1, 99_999_999), st.integers(1, 9))
def test_a_wrong_check_digit_is_refused(number, slip):
    old = npwp15(number)
    wrong = f"{old[:8]}{(int(old[8]) + slip) % 10}{old[9:]}"
    assert passes_luhn(old[:9]) and not passes_luhn(wrong[:9])
    assert refused_in("npwp", wrong).code == "check_digit"


LETTERS = st.text(alphabet="abcdefghijklmnoprsuvwyz", min_size=4, max_size=12)


@given(
    LETTERS,
    st.sampled_from(["phone", "nib", "npwp", "capital", "annual_sales", "province", "regency", "kbli"]),
)
def test_words_where_a_value_belongs_are_refused(word, field):
    if read(**{field: word}).errors or field not in ("province", "regency"):
        refused_in(field, word)


@given(phones())
def test_a_digit_too_many_or_too_few_is_no_phone(phone):
    for wrong in (phone[0][:9], phone[0] + "1234"):
        assert refused_in("phone", wrong)


def test_the_good_row_of_these_tests_is_good():
    assert read().problems == [] and set(GOOD) == set(LAYOUT.columns) and CONTEXT["today"]
