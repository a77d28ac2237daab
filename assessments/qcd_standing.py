"""From a month's quantities to a score of 0 to 100, and from the score to a standing with its consequence. Pure.

The weights and borders are defaults [assumed], after the supplier scorecards read for features.md §1d. A month in
which nothing was due nor delivered has no score: *tanpa transaksi* is neither 0 nor 100.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from assessments.qcd import on_time_rate, ppm
from assessments.trend import Card

FULL = Decimal(100)
USUAL_PPM = 1000  # held against where no MoU in force says another
NOTHING_AT_TIMES = 10  # so many times the allowed ppm is worth no point
NOTHING_AT_GAP = Decimal("0.1")  # ten percent dearer than agreed is worth no point


class Part(StrEnum):
    """What is weighed."""

    QUALITY = "quality"
    DELIVERY = "delivery"
    COST = "cost"


WEIGHTS = {Part.QUALITY: Decimal(40), Part.DELIVERY: Decimal(40), Part.COST: Decimal(20)}


class Consequence(StrEnum):
    """What follows from a standing; each holds all that the better ones hold."""

    KEEP = "keep"
    PLAN = "plan"
    VISIT = "visit"
    HOLD = "hold"


@dataclass(frozen=True)
class Band:
    """A standing from `floor` points, included, up to the next better one."""

    floor: int
    name: object
    consequence: Consequence
    meaning: object
    tone: str


BANDS = (
    Band(0, _("Buruk"), Consequence.HOLD, _("MoU baru ditahan, kunjungan, dan butir rencana"), "bad"),
    Band(50, _("Kurang"), Consequence.VISIT, _("Kunjungan pabrik dan butir rencana"), "bad"),
    Band(70, _("Cukup"), Consequence.PLAN, _("Butir rencana perbaikan"), "todo"),
    Band(90, _("Baik"), Consequence.KEEP, _("Pasokan berlanjut"), "ok"),
)


def parts_of(card: Card) -> dict[Part, Decimal]:
    """Return the points, 0 to 100, of each part that is known."""
    found: dict[Part, Decimal] = {}
    if (rejects := ppm(card.rejected, card.delivered)) is not None:
        found[Part.QUALITY] = quality_points(rejects, USUAL_PPM if card.max_ppm is None else card.max_ppm)
    if (rate := on_time_rate(card.on_time, card.due)) is not None:
        found[Part.DELIVERY] = rate * FULL
    if found and card.price_gap is not None:
        found[Part.COST] = clamped(FULL - card.price_gap / NOTHING_AT_GAP * FULL)
    return found


def quality_points(rejects: Decimal, allowed: int) -> Decimal:
    """Return 100 up to the allowed ppm, then less in a straight line, 0 from ten times it."""
    if rejects <= allowed:
        return FULL
    if not allowed:
        return Decimal(0)
    return clamped(FULL - (rejects - allowed) / (allowed * (NOTHING_AT_TIMES - 1)) * FULL)


def clamped(points: Decimal) -> Decimal:
    return min(max(points, Decimal(0)), FULL)


def score_of(card: Card) -> Decimal | None:
    """Return the weighted points of the known parts, 0 to 100; None where nothing was due nor delivered."""
    parts = parts_of(card)
    if not parts:
        return None
    weighed = sum((points * WEIGHTS[part] for part, points in parts.items()), Decimal(0))
    return clamped(weighed / sum(WEIGHTS[part] for part in parts))


def weakest(card: Card) -> Part | None:
    """Return the known part with the fewest points."""
    parts = parts_of(card)
    return min(parts, key=lambda part: parts[part]) if parts else None


def band_of(score: Decimal) -> Band:
    """Return the standing of a score; ValueError outside 0 to 100, which no score is."""
    if not 0 <= score <= 100:
        raise ValueError(f"no score: {score}")
    return next(band for band in reversed(BANDS) if score >= band.floor)


def standing_of_card(card: Card) -> Band | None:
    """Return the standing of a month; None without transactions."""
    score = score_of(card)
    return None if score is None else band_of(score)
