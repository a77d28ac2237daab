"""What keeps a draft of a rubric from being published, and what is only missing. Pure: plain values in, faults out."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from closedloop.core.formats import number

Values = Mapping[str, Any]
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Fault:
    """One thing to mend: the code of its dimension or item, and what to do; a warning forbids nothing."""

    place: str
    text: str
    is_warning: bool = False


def total_weight(dimensions: Iterable[Values]) -> Decimal:
    """Return the sum of the weights in percent."""
    return sum((Decimal(row["weight"]) for row in dimensions), Decimal(0))


def faults_of(
    dimensions: Sequence[Values],
    criteria: Sequence[Values],
    *,
    scale_max: int,
    needed: Collection[str] = (),
) -> list[Fault]:
    """Return every fault with its place, those that forbid publishing first.

    `needed` are the codes of dimensions and items that the class scheme in force asks for.
    """
    found = [
        *_of_weights(dimensions),
        *_of_dimensions(dimensions, criteria, scale_max),
        *_of_criteria(criteria, scale_max),
        *_of_needed(dimensions, criteria, needed),
    ]
    return sorted(found, key=lambda fault: fault.is_warning)


def forbidding(faults: Iterable[Fault]) -> list[Fault]:
    return [fault for fault in faults if not fault.is_warning]


def _of_weights(dimensions: Sequence[Values]) -> Iterator[Fault]:
    total = total_weight(dimensions)
    if total != WHOLE:
        shown = number(total, 2, trim=True)
        yield Fault("", _("Bobot bidang berjumlah %(total)s, seharusnya 100.") % {"total": shown})


def _of_dimensions(
    dimensions: Sequence[Values], criteria: Sequence[Values], scale_max: int
) -> Iterator[Fault]:
    counted = Counter(row["dimension"] for row in criteria)
    for row in dimensions:
        code = row["code"]
        if not counted[code]:
            yield Fault(code, _("Bidang ini belum punya butir."))
        if any(not 0 <= score <= scale_max for score in row["photo_scores"]):
            yield Fault(code, _("Nilai wajib berfoto harus 0 sampai %(top)s.") % {"top": scale_max})
        if not row["name_en"]:
            yield Fault(code, _("Nama dalam bahasa Inggris belum ada."), is_warning=True)


def _of_criteria(criteria: Sequence[Values], scale_max: int) -> Iterator[Fault]:
    counted = Counter(row["code"] for row in criteria)
    for row in criteria:
        code = row["code"]
        if counted[code] > 1:
            yield Fault(code, _("Kode ini dipakai dua butir."))
        if missing := scores_without_words(row, scale_max):
            scores = ", ".join(map(str, missing))
            yield Fault(code, _("Arti nilai %(scores)s belum ditulis.") % {"scores": scores})
        if row.get(f"anchor_{scale_max + 1}"):
            yield Fault(code, _("Ada arti untuk nilai di atas %(top)s.") % {"top": scale_max})
        if lacks_english(row, scale_max):
            yield Fault(code, _("Bahasa Inggrisnya belum lengkap."), is_warning=True)


def _of_needed(
    dimensions: Sequence[Values], criteria: Sequence[Values], needed: Collection[str]
) -> Iterator[Fault]:
    present = {row["code"] for row in (*dimensions, *criteria)}
    for code in sorted(set(needed) - present):
        yield Fault(code, _("Syarat kelas yang berlaku menyebut kode ini."), is_warning=True)


def asked_scores(is_yes_no: bool, scale_max: int) -> list[int]:
    """Return the scores that need words: the two ends of a yes/no item, all of the others."""
    return [0, scale_max] if is_yes_no else list(range(scale_max + 1))


def scores_without_words(row: Values, scale_max: int) -> list[int]:
    return [score for score in asked_scores(row["is_yes_no"], scale_max) if not row.get(f"anchor_{score}")]


def lacks_english(row: Values, scale_max: int) -> bool:
    """Whether anything that stands in Indonesian has no English beside it."""
    pairs = [(row["text"], row["text_en"])]
    pairs += [(row[name], row.get(f"{name}_en")) for name in ("group", "evidence_hint", "threshold")]
    pairs += [
        (row.get(f"anchor_{score}"), row.get(f"anchor_{score}_en"))
        for score in asked_scores(row["is_yes_no"], scale_max)
    ]
    return any(words and not english for words, english in pairs)
