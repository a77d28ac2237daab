"""Words for scores (domain.md §2.2): below 50 Kurang, from 50 Cukup … as the rubric's dimension says. Pure.

Borders belong to the band above them and nothing is rounded: 49,999 is still Kurang.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Band:
    """One word for the scores from `least` up to the next band, 0 to 100."""

    least: Decimal
    name: str
    name_en: str

    def title(self, language: str | None) -> str:
        return self.name_en if language == "en" else self.name


def bands_from(rows: Sequence[Mapping[str, Any]]) -> list[Band]:
    """Read the bands of a dimension, lowest first."""
    found = [Band(Decimal(str(row["from"])), row["name"], row["name_en"]) for row in rows]
    return sorted(found, key=lambda band: band.least)


def band_of(score: Decimal | None, bands: Sequence[Band]) -> Band | None:
    """Return the band a score lies in; None for an unknown score or where there are no bands."""
    if score is None:
        return None
    return next((band for band in reversed(bands) if score >= band.least), None)


def border_near(score: Decimal, bands: Sequence[Band]) -> Decimal | None:
    """Return the border next to the score, from which its figure must be told apart."""
    return min((band.least for band in bands), key=lambda least: abs(least - score), default=None)
