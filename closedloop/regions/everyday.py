"""Find every place that people may mean by a few words: "tegal" is both the kabupaten and the kota.

For searching, where more than one answer is welcome; `matching` is for storing, where only one is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from closedloop.core.likeness import distance, forgiven
from closedloop.regions.matching import (
    KINDS,
    PROVINCE_SHORT_FORMS,
    REGENCY_SHORT_FORMS,
    province_key,
    regency_key,
    words_of,
)
from closedloop.regions.models import Province, Regency

# the name of a place has no more words than this: "Daerah Khusus Ibukota Jakarta", "Kab. Ogan Komering Ulu Timur"
MOST_WORDS = 5
# the beginning of a name that is enough to know it by
SHORTEST_START = 4


@dataclass(frozen=True)
class Gazetteer:
    """All places by the words people use; kept in memory, for they change by migration only."""

    provinces: Sequence[tuple[str, str]]
    regencies: Sequence[tuple[str, str]]

    @cached_property
    def by_province(self) -> dict[str, frozenset[str]]:
        """{key of a province: codes of its regencies}."""
        inside: dict[str, set[str]] = {}
        for code, _name in self.regencies:
            inside.setdefault(code[:2], set()).add(code)
        keys = {province_key(name): code for code, name in self.provinces}
        for code, forms in PROVINCE_SHORT_FORMS.items():
            keys |= {province_key(form): code for form in forms.split(",")}
        return {key: frozenset(inside.get(code, ())) for key, code in keys.items()}

    @cached_property
    def by_regency(self) -> dict[str, frozenset[tuple[str | None, str]]]:
        """{key of a regency without its kind: its (kind, code)}; kabupaten and kota of one name together."""
        found: dict[str, set[tuple[str | None, str]]] = {}
        for code, name in self.regencies:
            kind, bare = regency_key(name)
            found.setdefault(bare, set()).add((kind, code))
        for short, bare in REGENCY_SHORT_FORMS.items():
            found[short] = found.get(bare, set())
        return {key: frozenset(places) for key, places in found.items()}

    def exactly(self, words: Sequence[str]) -> frozenset[str]:
        """Return the regencies that just these words name: of a province all, of a town kabupaten and kota."""
        text = " ".join(words)
        kind, bare = regency_key(text)
        named = {code for its, code in self.by_regency.get(bare, ()) if kind in (None, its)}
        return frozenset(named) | self.by_province.get(province_key(text), frozenset())

    def nearly(self, word: str) -> frozenset[str]:
        """Return the regencies whose name begins so or is misspelt so."""
        if len(word) < SHORTEST_START:
            return frozenset()
        places = {**self.by_province, **{k: frozenset(c for _k, c in v) for k, v in self.by_regency.items()}}
        starts = [key for key in places if key.startswith(word)]
        slips = forgiven(word, is_known=bool(starts))
        near = starts or [key for key in places if distance(word, key, slips) <= slips] if slips else starts
        return frozenset().union(*(places[key] for key in near))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return Gazetteer(
        list(Province.objects.values_list("code", "name")), list(Regency.objects.values_list("code", "name"))
    )


def split_places(text: str) -> list[tuple[tuple[str, ...], frozenset[str]]]:
    """Return the words of a text in groups, each with the codes of the regencies it names, if any.

    The longest name wins: "knalpot bandung barat" is ("knalpot",) and ("bandung", "barat").
    """
    words = words_of(text)
    places, groups, at = gazetteer(), [], 0
    while at < len(words):
        for length in range(min(MOST_WORDS, len(words) - at), 0, -1):
            group = tuple(words[at : at + length])
            found = places.exactly(group)
            if found or length == 1:
                break
        if length == 1 and not found and group[0] not in KINDS:
            found = places.nearly(group[0])
        groups.append((group, found))
        at += length
    return groups
