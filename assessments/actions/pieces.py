"""Papers, measurements and visit notes behind scores; one piece may back several items (features D2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.evidence import locked_for_writing
from assessments.models import Area, Assessment, Criterion, Evidence
from assessments.places import place_of
from closedloop.audit.trail import record

PER_ITEM = 20  # of all kinds
COPIED = (
    "kind", "sha256", "caption", "taken_on", "basis", "valid_until", "value", "unit", "instrument",
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """What is to be kept: a paper (its clean bytes), a measurement (figure, unit), or else a visit note."""

    text: str
    taken_on: date
    basis: str = Evidence.Basis.GENBA
    paper: ContentFile | None = None
    valid_until: date | None = None
    value: Decimal | None = None
    unit: str = ""
    instrument: str = ""

    @property
    def kind(self) -> str:
        if self.paper is not None:
            return Evidence.Kind.DOCUMENT
        return Evidence.Kind.NOTE if self.value is None else Evidence.Kind.MEASUREMENT


@transaction.atomic
def add_piece(
    assessment: Assessment,
    criteria: Sequence[Criterion],
    piece: Piece,
    *,
    area: Area | None = None,
    id: UUID | None = None,
    by,
) -> Evidence:
    """Attach one piece to an item, and to the further ones of the same area; its file is stored once.

    The same `id` again, or the same paper at an item, changes nothing. Raises ValidationError for a day to come,
    an expiry before it, a measurement without unit, a note without words, or an item that holds twenty already.
    """
    locked_for_writing(assessment, by)
    _check(piece)
    if id and (known := assessment.evidence.filter(pk=id).first()):
        return known
    content = piece.paper.read() if piece.paper else b""
    first = Evidence(
        **({"pk": id} if id else {}),
        assessment=assessment,
        kind=piece.kind,
        sha256=sha256(content).hexdigest() if content else "",
        caption=piece.text.strip()[:200],
        taken_on=piece.taken_on,
        basis=Evidence.Basis.DOCUMENT if piece.paper else piece.basis,
        valid_until=piece.valid_until,
        value=piece.value,
        unit=piece.unit.strip(),
        instrument=piece.instrument.strip(),
        uploaded_by=by,
    )
    if content:
        _keep_file(first, content)
    for n, criterion in enumerate(criteria):
        made = _attach(first if n == 0 else _copy(first, by), criterion, area, by)
        first = made if n == 0 else first
    return first


@transaction.atomic
def link_evidence(evidence: Evidence, criterion: Criterion, *, area: Area | None = None, by) -> Evidence:
    """Let a piece that is there already back another item of the same assessment, without a second file."""
    locked_for_writing(evidence.assessment, by)
    return _attach(_copy(evidence, by), criterion, area, by)


def _check(piece: Piece) -> None:
    if piece.taken_on > timezone.localdate():
        raise ValidationError(_("Tanggal bukti tidak boleh setelah hari ini."))
    if piece.valid_until and piece.valid_until < piece.taken_on:
        raise ValidationError(_("Berlaku sampai tidak boleh sebelum tanggal buktinya."))
    if piece.kind == Evidence.Kind.MEASUREMENT and not (piece.unit.strip() and piece.text.strip()):
        raise ValidationError(_("Tulis apa yang diukur dan satuannya."))
    if piece.kind == Evidence.Kind.NOTE and not piece.text.strip():
        raise ValidationError(_("Tulis catatan kunjungannya."))


def _keep_file(evidence: Evidence, content: bytes) -> None:
    """Store the file, unless the assessment has the same one already."""
    twin = evidence.assessment.evidence.filter(sha256=evidence.sha256).exclude(file="").first()
    if twin:
        evidence.file.name = twin.file.name
        return
    ending = "pdf" if content.startswith(b"%PDF-") else "jpg"
    evidence.file.save(f"{evidence.sha256[:20]}.{ending}", ContentFile(content), save=False)


def _copy(evidence: Evidence, by) -> Evidence:
    fields = {name: getattr(evidence, name) for name in COPIED}
    copy = Evidence(assessment=evidence.assessment, uploaded_by=by, **fields)
    copy.file.name = evidence.file.name
    return copy


def _attach(evidence: Evidence, criterion: Criterion, area: Area | None, by) -> Evidence:
    """Save a new piece at an item; the one with the same file is returned where it is there already."""
    assessment = evidence.assessment
    if criterion.dimension.rubric_id != assessment.rubric_id:
        raise ValidationError(_("Butir %(code)s bukan bagian rubrik ini.") % {"code": criterion.code})
    evidence.criterion, evidence.area = criterion, place_of(assessment, criterion, area)
    there = assessment.evidence.filter(criterion=criterion, area=evidence.area)
    if evidence.sha256 and (known := there.filter(sha256=evidence.sha256).first()):
        return known
    if there.count() >= PER_ITEM:
        raise ValidationError(
            _("Butir %(code)s sudah punya %(limit)d bukti. Hapus satu lebih dulu.")
            % {"code": criterion.code, "limit": PER_ITEM}
        )
    evidence.save(force_insert=True)
    where = {"area": evidence.area.name} if evidence.area else {}
    record(
        "assessment.evidence_added",
        assessment,
        by=by,
        criterion=criterion.code,
        kind=evidence.kind,
        sha256=evidence.sha256,
        **where,
    )
    return evidence
