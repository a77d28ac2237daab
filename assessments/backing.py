"""What backs one score, how old each piece is, and what is still missing.

An owner's own rating needs nothing. Reads records that are loaded already: no query.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from assessments.evidence_rules import (
    Shortcoming,
    age_in_days,
    evidence_is_required,
    is_visit_note,
    shortcoming,
)
from assessments.models import Assessment, Dimension, Evidence, Score
from assessments.scoring import photo_is_required
from closedloop.core.formats import number

ICONS = {
    Evidence.Kind.PHOTO: "photo",
    Evidence.Kind.DOCUMENT: "file-text",
    Evidence.Kind.MEASUREMENT: "chart-radar",
    Evidence.Kind.NOTE: "message",
}


@dataclass(frozen=True)
class Piece:
    """One piece of evidence as a line shows it: its kind, day, basis and age before the visit."""

    evidence: Evidence
    short: Shortcoming | None
    age: int

    @property
    def icon(self) -> str:
        return ICONS[Evidence.Kind(self.evidence.kind)]

    @property
    def words(self) -> str:
        """What it says: the measured figure with its unit, a text, or the kind alone."""
        one = self.evidence
        if one.value is None:
            return one.caption or one.get_kind_display()
        figure = f"{one.caption}: {number(one.value, 4, trim=True)} {one.unit}"
        return f"{figure} ({one.instrument})" if one.instrument else figure

    @property
    def age_words(self) -> str:
        """How old it was at the visit, and whether that is too old."""
        if self.short and self.short.is_expired:
            return _("kedaluwarsa %(days)d hari sebelum kunjungan; tidak dihitung") % {
                "days": self.short.days
            }
        if self.short:
            return _("%(days)d hari sebelum kunjungan, paling lama %(limit)d; tidak dihitung") % {
                "days": self.short.days,
                "limit": self.short.limit,
            }
        return _("%(days)d hari sebelum kunjungan") % {"days": self.age} if self.age else _("hari kunjungan")


@dataclass(frozen=True)
class Backing:
    """All that backs one score."""

    score: Score | None
    evidence: Sequence[Evidence]
    dimension: Dimension
    is_critical: bool

    @cached_property
    def pieces(self) -> list[Piece]:
        return [piece_of(one, self.dimension) for one in self.evidence]

    @property
    def counted(self) -> list[Evidence]:
        return [piece.evidence for piece in self.pieces if piece.short is None]

    @property
    def others(self) -> list[Piece]:
        """All but the photos, which are shown as pictures; a photo that is too old is named too."""
        return [piece for piece in self.pieces if piece.short or piece.evidence.kind != Evidence.Kind.PHOTO]

    @property
    def too_old(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.short is not None]

    @property
    def is_asked(self) -> bool:
        """Whether this score needs backing at all; an owner's own rating does not."""
        return self.score is not None and self.score.assessment.kind != Assessment.Kind.SELF

    @property
    def needs_photo(self) -> bool:
        """Whether the score must be shown by a photo and none is there that counts."""
        if self.score is None or not self.is_asked:
            return False
        asked = photo_is_required(
            self.score.value, photo_scores=self.dimension.photo_scores, is_critical=self.is_critical
        )
        return asked and not any(one.kind == Evidence.Kind.PHOTO for one in self.counted)

    @property
    def needs_evidence(self) -> bool:
        """Whether the score needs any evidence and has neither one that counts nor a visit note."""
        if self.score is None or not self.is_asked or is_visit_note(self.score.note):
            return False
        return evidence_is_required(self.score.value, self.dimension.evidence_scores) and not self.counted

    def gap(self, place: str) -> str:
        """What is missing, as an instruction that names the item; empty when nothing is."""
        if not (self.needs_photo or self.needs_evidence):
            return ""
        words = {"code": place, "value": self.score.value if self.score else ""}
        if old := self.stale:
            words |= {"kind": old.evidence.get_kind_display().lower(), "age": old.age_words}
            return _("Butir %(code)s: ganti %(kind)s yang terlalu lama (%(age)s)") % words
        if self.needs_photo:
            return _("Butir %(code)s: tambah foto, karena nilainya %(value)s") % words
        return _("Butir %(code)s: tambah bukti atau catatan, karena nilainya %(value)s") % words

    @property
    def stale(self) -> Piece | None:
        """The newest piece that would do if it were not too old."""
        kinds = [Evidence.Kind.PHOTO] if self.needs_photo else list(Evidence.Kind)
        fit = [piece for piece in self.too_old if piece.evidence.kind in kinds]
        return min(fit, key=lambda piece: piece.age, default=None)


def piece_of(evidence: Evidence, dimension: Dimension, *, visited_on: date | None = None) -> Piece:
    """Return a piece of evidence with its age on the day of the visit."""
    day = visited_on or evidence.assessment.visited_on
    short = shortcoming(
        evidence.kind,
        made_on=evidence.taken_on,
        visited_on=day,
        valid_until=evidence.valid_until,
        limits=dimension.evidence_max_age_days,
    )
    return Piece(evidence, short, age_in_days(evidence.taken_on, day))
