import csv
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedloop import regions
from closedloop.regions.matching import NoSuchRegion, match_province, match_regency


class Row(NamedTuple):
    code: str
    name: str


def rows(name):
    with (Path(regions.__file__).parent / "data" / name).open(encoding="utf-8", newline="") as file:
        return [Row(row["code"], row["name"]) for row in csv.DictReader(file)]


PROVINCES, REGENCIES = rows("provinces.csv"), rows("regencies.csv")


def refusal(function, *args):
    with pytest.raises(NoSuchRegion) as caught:
        function(*args)
    return caught.value


@pytest.mark.parametrize(
    "text, code",
    [
        ("Jawa Barat", "32"),
        ("JAWA BARAT", "32"),
        (" Jawa  barat ", "32"),
        ("Jabar", "32"),
        ("JABAR", "32"),
        ("Prov. Jawa Barat", "32"),
        ("Provinsi Jawa Barat", "32"),
        ("32", "32"),
        ("DKI", "31"),
        ("DKI Jakarta", "31"),
        ("Jakarta", "31"),
        ("Daerah Khusus Jakarta", "31"),
        ("Jateng", "33"),
        ("DIY", "34"),
        ("D.I. Yogyakarta", "34"),
        ("DI Yogyakarta", "34"),
        ("Daerah Istimewa Yogyakarta", "34"),
        ("Jatim", "35"),
        ("BANTEN", "36"),
        ("Kep. Riau", "21"),
        ("Sumatra Utara", "12"),
        ("NTT", "53"),
        ("Papua", "91"),
        ("Papua Barat Daya", "96"),
    ],
)
def test_provinces_as_people_write_them(text, code):
    assert match_province(text, PROVINCES).code == code


@pytest.mark.parametrize("text", ["Jawa Tenggara", "Jawa", "Papua Baru", "", "x" * 100_000, "3", "99"])
def test_unknown_province_is_not_guessed(text):
    assert refusal(match_province, text, PROVINCES).code == "unknown_province"


def test_unknown_province_is_answered_with_the_nearest():
    error = refusal(match_province, "Jawa Brat", PROVINCES)
    assert error.suggestions[0] == "Jawa Barat"
    assert "Jawa Barat" in str(error)


@pytest.mark.parametrize("province", PROVINCES, ids=lambda province: province.code)
def test_every_official_province_is_itself(province):
    assert match_province(province.name.upper(), PROVINCES) == province


@pytest.mark.parametrize("regency", REGENCIES, ids=lambda regency: regency.code)
def test_every_official_regency_is_itself(regency):
    short = regency.name.replace("Kabupaten ", "KAB.").replace("Administrasi", "Adm.")
    for text in (regency.name, short):
        assert match_regency(text, REGENCIES) == regency
        assert match_regency(text, REGENCIES, regency.code[:2]) == regency


@pytest.mark.parametrize(
    "text, province, code",
    [
        ("Kab. Tegal", "33", "33.28"),
        ("Kab.Tegal", "33", "33.28"),
        ("Kabupaten Tegal", None, "33.28"),
        ("Tegal (Kab)", "33", "33.28"),
        ("Kota Tegal", "33", "33.76"),
        ("Tegal, Kota", "33", "33.76"),
        ("KABUPATEN BEKASI", "32", "32.16"),
        ("KOTA BEKASI", "32", "32.75"),
        ("Kota. Bekasi", "32", "32.75"),
        ("Kodya Bekasi", "32", "32.75"),
        ("Sidoarjo", "35", "35.15"),
        (" sidoarjo ", None, "35.15"),
        ("Klaten", "33", "33.10"),
        ("Sleman", "34", "34.04"),
        ("Jakarta Timur", "31", "31.75"),
        ("Kota Jakarta Timur", "31", "31.75"),
        ("Kota Administrasi Jakarta Timur", "31", "31.75"),
        ("Kota Adm. Jakarta Timur", "31", "31.75"),
        ("Jaktim", "31", "31.75"),
        ("Kab. Kep. Seribu", "31", "31.01"),
        ("Depok", "32", "32.76"),
        ("Tangsel", "36", "36.74"),
        ("Kotabaru", "63", "63.02"),
        ("Kota Baru", "63", "63.02"),
        ("Lima Puluh Kota", "13", "13.07"),
        ("Pangkalpinang", "19", "19.71"),
        ("Banjar", "63", "63.03"),  # a kota of that name is in another province
        ("Banjar", "32", "32.79"),
    ],
)
def test_regencies_as_people_write_them(text, province, code):
    assert match_regency(text, REGENCIES, province).code == code


@pytest.mark.parametrize(
    "text, province, code",
    [
        ("Tegal", "33", "ambiguous_regency"),
        ("Bekasi", "32", "ambiguous_regency"),
        ("Banjar", None, "ambiguous_regency"),
        ("Kab. Tegal", "32", "regency_elsewhere"),
        ("Kota Sidoarjo", "35", "unknown_regency"),
        ("Kab. Depok", "32", "unknown_regency"),
        ("Kab Tegl", "33", "unknown_regency"),
        ("Kota", "33", "unknown_regency"),
        ("", None, "unknown_regency"),
        ("z" * 100_000, None, "unknown_regency"),
    ],
)
def test_a_regency_is_not_guessed(text, province, code):
    assert refusal(match_regency, text, REGENCIES, province).code == code


def test_an_ambiguous_or_misspelt_regency_is_answered_with_names():
    assert set(refusal(match_regency, "Tegal", REGENCIES, "33").suggestions) == {
        "Kabupaten Tegal",
        "Kota Tegal",
    }
    assert refusal(match_regency, "Purbalinga", REGENCIES, "33").suggestions[0] == "Kabupaten Purbalingga"
    assert refusal(match_regency, "Kota Sidoarjo", REGENCIES, "35").suggestions[0] == "Kabupaten Sidoarjo"


@given(st.text(), st.sampled_from([None, "32", "99"]))
def test_any_text_gives_a_regency_of_that_province_or_a_reason(text, province):
    try:
        found = match_regency(text, REGENCIES, province)
    except NoSuchRegion as error:
        assert error.code and str(error)
    else:
        assert province is None or found.code.startswith(province)
