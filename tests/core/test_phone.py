import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedloop.core.phone import InvalidPhone, display, masked, to_e164, wa_link


def code_of(text):
    with pytest.raises(InvalidPhone) as refusal:
        to_e164(text)
    assert str(refusal.value).endswith(".")
    return refusal.value.code


mobiles = st.text("0123456789", min_size=8, max_size=11).map(lambda rest: f"8{rest}")
SPELLINGS = [
    lambda rest: f"0{rest}",
    lambda rest: f"62{rest}",
    lambda rest: f"+62{rest}",
    lambda rest: f"+62 {rest[:3]} {rest[3:7]} {rest[7:]}",
    lambda rest: f"0{rest[:3]}-{rest[3:7]}-{rest[7:]}",
    lambda rest: f" (+62) {rest[:3]}-{rest[3:]} ",
    lambda rest: f"0{rest[:3]}.{rest[3:7]}.{rest[7:]}",
    lambda rest: f"0062{rest}",
    lambda rest: f"+62 (0){rest}",
    lambda rest: rest,
    lambda rest: int(rest),
    lambda rest: float(rest),
    lambda rest: f"{rest}.0",
    lambda rest: int(f"62{rest}"),
]


@given(mobiles, st.sampled_from(SPELLINGS))
def test_every_spelling_of_a_mobile_is_one_number(rest, spell):
    assert to_e164(spell(rest)) == f"+62{rest}"


@given(mobiles)
def test_what_is_shown_is_read_back(rest):
    assert to_e164(display(f"+62{rest}")) == f"+62{rest}"


@pytest.mark.parametrize(
    "text, e164",
    [
        ("(0283) 351234", "+62283351234"),
        ("021-5551234", "+62215551234"),
        ("+62 21 5551234", "+62215551234"),
        ("62215551234", "+62215551234"),
        (215551234, "+62215551234"),  # the cell ate the zero
        ("0622-123456", "+62622123456"),  # area 0622, not country code 62
        (622123456, "+62622123456"),
    ],
)
def test_landlines(text, e164):
    assert to_e164(text) == e164


@pytest.mark.parametrize(
    "text, code",
    [
        (None, "missing"),
        ("  ", "missing"),
        ("tidak ada", "unreadable"),
        ("5551234", "unreadable"),  # no area code
        ("215551234", "unreadable"),  # typed as text without 0: which country, which area?
        ("8.12E+10", "unreadable"),
        ("0812-345x-678", "unreadable"),
        ("0812345", "length"),
        ("08123456789012", "length"),
        ("+65 8123 4567", "foreign"),
        ("0812345678 / 08123456789", "several"),
        ("0812345678 atau 08123456789", "several"),
        ("٠٨١٢٣٤٥٦٧٨٩", "unreadable"),
    ],
)
def test_refused_by_reason(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize("count, good", [(7, False), (8, True), (11, True), (12, False)])
def test_digits_after_the_eight(count, good):
    text = "08" + "1" * count
    if good:
        assert to_e164(text) == "+628" + "1" * count
    else:
        assert code_of(text) == "length"


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none(), st.booleans()))
def test_any_cell_gives_a_number_or_a_reason(cell):
    try:
        e164 = to_e164(cell)
    except InvalidPhone as error:
        assert error.code and str(error)
    else:
        assert e164.startswith("+62") and e164[1:].isdigit() and e164.isascii() and 9 <= len(e164) - 1 <= 14


def test_display():
    assert display("+6281234567890") == "0812-3456-7890"
    assert display("+628789672731") == "0878-9672-731"
    assert display("+62283351234") == "(0283) 351234"
    assert display("+62215551234") == "(021) 5551234"
    assert display("+6581234567") == "+6581234567"


def test_whatsapp_link_carries_the_text():
    assert wa_link("+6281234567890") == "https://wa.me/6281234567890"
    assert wa_link("+6281234567890", "Halo & apa kabar?") == (
        "https://wa.me/6281234567890?text=Halo%20%26%20apa%20kabar%3F"
    )


def test_masked_shows_three_digits():
    assert masked("+6281234567412") == "08xx-xxxx-x412"
    assert masked("+62812345678") == "08xx-xxx6-78"
