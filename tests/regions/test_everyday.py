"""Places by the words people use for them."""

import pytest

from closedloop.regions.everyday import gazetteer, split_places
from closedloop.regions.models import Regency

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_places():
    gazetteer.cache_clear()
    yield
    gazetteer.cache_clear()


def named(text):
    return [
        (" ".join(words), set(Regency.objects.filter(code__in=codes).values_list("name", flat=True)))
        for words, codes in split_places(text)
    ]


@pytest.mark.parametrize(
    "text, names",
    [
        ("tegal", {"Kabupaten Tegal", "Kota Tegal"}),
        ("Kab. Tegal", {"Kabupaten Tegal"}),
        ("KOTA TEGAL", {"Kota Tegal"}),
        ("solo", {"Kota Surakarta"}),
        ("jaktim", {"Kota Administrasi Jakarta Timur"}),
        ("sidoardjo", {"Kabupaten Sidoarjo"}),
        ("sidoa", {"Kabupaten Sidoarjo"}),
        ("bandung barat", {"Kabupaten Bandung Barat"}),
    ],
)
def test_a_town_however_it_is_called(text, names):
    [(_words, found)] = named(text)
    assert found == names


@pytest.mark.parametrize("text", ["jabar", "Jawa Barat", "prov. jawa barat"])
def test_a_province_is_all_its_regencies(text):
    [(_words, codes)] = split_places(text)
    assert codes == set(Regency.objects.filter(province="32").values_list("code", flat=True))


def test_the_longest_name_wins_and_other_words_stay_apart():
    groups = split_places("knalpot bandung barat murah")
    assert [words for words, _codes in groups] == [("knalpot",), ("bandung", "barat"), ("murah",)]
    assert [bool(codes) for _words, codes in groups] == [False, True, False]


@pytest.mark.parametrize("text", ["", "???", "kab", "knalpot", "   "])
def test_what_is_no_place_names_none(text):
    assert not any(codes for _words, codes in split_places(text))
