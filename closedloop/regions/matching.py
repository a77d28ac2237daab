"""Find the province or regency that a person meant, over lists already in memory.

Pure functions: any object with `code` and `name` will do. Known short forms, missing kinds and stray spaces
are understood; a misspelling is not corrected but answered with the nearest names.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Protocol, TypeVar

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class Place(Protocol):
    """A province or a regency; a regency's name begins with its kind, as in the official list."""

    code: str
    name: str


PlaceT = TypeVar("PlaceT", bound=Place)

PROVINCE_WORDS = {"provinsi", "propinsi", "prov", "prop"}
PROVINCE_SHORT_FORMS = {
    "11": "nad, nanggroe aceh darussalam, daerah istimewa aceh",
    "12": "sumut",
    "13": "sumbar",
    "16": "sumsel",
    "19": "babel, bangka belitung",
    "21": "kepri",
    "31": "jakarta, dki, dki jakarta, dkj, daerah khusus jakarta, jakarta raya",
    "32": "jabar",
    "33": "jateng",
    "34": "diy, di yogyakarta, yogyakarta, jogja, jogjakarta, yogya, di jogjakarta, di jogja",
    "35": "jatim",
    "52": "ntb",
    "53": "ntt",
    "61": "kalbar",
    "62": "kalteng",
    "63": "kalsel",
    "64": "kaltim",
    "65": "kaltara",
    "71": "sulut",
    "72": "sulteng",
    "73": "sulsel",
    "74": "sultra",
    "76": "sulbar",
    "82": "malut",
}
KINDS = {
    "kabupaten": "kabupaten",
    "kab": "kabupaten",
    "kota": "kota",
    "kotamadya": "kota",
    "kodya": "kota",
    "kotip": "kota",
}
ADMINISTRATIVE = {"administrasi", "administratif", "adm"}
REGENCY_SHORT_FORMS = {
    "jakpus": "jakartapusat",
    "jakut": "jakartautara",
    "jakbar": "jakartabarat",
    "jaksel": "jakartaselatan",
    "jaktim": "jakartatimur",
    "tangsel": "tangerangselatan",
    "solo": "surakarta",
    "jogja": "yogyakarta",
    "jogjakarta": "yogyakarta",
}


LONGEST = 100  # characters of a name; what is longer is cut and matches nothing


class NoSuchRegion(ValueError):
    """No region, or not exactly one, bears that name. `suggestions` are official names, nearest first."""

    def __init__(self, code: str, message: str | Promise, suggestions: Iterable[str] = ()):
        super().__init__(code)
        self.code = code
        self.suggestions = tuple(suggestions)
        self.message = (
            format_lazy(_("{message} Mungkin: {names}."), message=message, names=", ".join(self.suggestions))
            if self.suggestions
            else message
        )

    def __str__(self) -> str:
        return str(self.message)


def words_of(text: str) -> list[str]:
    """Return the words of a name in one spelling: "KAB.Tegal " is ["kab", "tegal"]."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = re.findall(r"[^\W_]+", plain)
    return [{"kep": "kepulauan", "sumatra": "sumatera"}.get(word, word) for word in words]


@lru_cache(maxsize=4096)
def province_key(text: str) -> str:
    """Return what is left of a province's name without spaces and without the word for province."""
    words = words_of(text)
    if words and words[0] in PROVINCE_WORDS:
        del words[0]
    return "".join(words)


SHORT_PROVINCES = {
    province_key(form): code for code, forms in PROVINCE_SHORT_FORMS.items() for form in forms.split(",")
}


def match_province(text: str, provinces: Sequence[PlaceT]) -> PlaceT:
    """Return the province called so, in full, by a known short form ("Jabar", "DKI") or by code."""
    key = province_key(text[:LONGEST])
    code = SHORT_PROVINCES.get(key, key)
    for province in provinces:
        if province.code == code or province_key(province.name) == key:
            return province
    raise NoSuchRegion(
        "unknown_province",
        _("Provinsi ini tidak dikenal. Tulis nama provinsinya, misalnya Jawa Barat."),
        nearest(key, provinces, province_key),
    )


@lru_cache(maxsize=8192)
def regency_key(text: str) -> tuple[str | None, str]:
    """Return the kind a name tells, if any, and the rest without spaces: "Kab. Tegal" is kabupaten, tegal."""
    words = words_of(text)
    kind = None
    if len(words) > 1 and words[0] in KINDS:
        kind = KINDS[words.pop(0)]
    elif len(words) > 1 and words[-1] in KINDS:  # "Tegal (Kab.)", "Bekasi, Kota"
        kind = KINDS[words.pop()]
    words = [word for word in words if word not in ADMINISTRATIVE]
    bare = "".join(words)
    return kind, REGENCY_SHORT_FORMS.get(bare, bare)


def match_regency(text: str, regencies: Sequence[PlaceT], province_code: str | None = None) -> PlaceT:
    """Return the one regency called so, looking only into the province if its code is given.

    Where a kota and a kabupaten share the name ("Tegal"), a text without the kind is refused, never guessed.
    """
    text = text[:LONGEST]
    here = [place for place in regencies if province_code is None or place.code[:2] == province_code]
    found = bearing(text, here)
    if len(found) == 1:
        return found[0]
    if found:
        raise NoSuchRegion(
            "ambiguous_regency",
            _("Ada lebih dari satu daerah bernama ini. Tulis Kab. atau Kota di depannya dan isi provinsi."),
            (place.name for place in found),
        )
    if province_code is not None and bearing(text, regencies):
        raise NoSuchRegion(
            "regency_elsewhere",
            _("Kabupaten/kota ini tidak ada di provinsi yang ditulis. Periksa kedua kolom itu."),
        )
    raise NoSuchRegion(
        "unknown_regency",
        _("Kabupaten/kota ini tidak dikenal. Tulis nama resminya, misalnya Kab. Tegal atau Kota Bekasi."),
        nearest(regency_key(text)[1], here, lambda name: regency_key(name)[1]),
    )


def bearing(text: str, regencies: Sequence[PlaceT]) -> list[PlaceT]:
    """Return the regencies of that name, and of that kind if the text tells one."""
    kind, bare = regency_key(text)
    whole = "".join(words_of(text))  # "Kota Baru" is also how some write Kotabaru
    return [
        place
        for place in regencies
        if (key := regency_key(place.name))[1] == whole or (key[1] == bare and kind in (None, key[0]))
    ]


def nearest(key: str, places: Sequence[Place], key_of) -> list[str]:
    """Return up to three official names whose key resembles this one, nearest first."""
    by_key: dict[str, list[str]] = {}
    for place in places:
        by_key.setdefault(key_of(place.name), []).append(place.name)
    found = get_close_matches(key, by_key, n=3, cutoff=0.6)
    return [name for match in found for name in by_key[match]][:3]
