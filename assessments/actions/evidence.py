"""What backs a score: photos, papers, notes; and the lock under which an assessment is written."""

from datetime import date
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Area, Assessment, Criterion, Evidence
from assessments.places import place_of
from closedloop.audit.trail import record
from closedloop.core.photos import CleanPhoto
from closedloop.workflow import TransitionError

MAX_DOCUMENT_BYTES = 15 * 1024 * 1024


def locked_for_writing(assessment: Assessment, by) -> Assessment:
    """Lock the row and check that this person may write it now."""
    assessment.refresh_from_db(from_queryset=Assessment.objects.select_for_update(of=("self",)))
    if assessment.assessor_id != by.pk:
        raise ValidationError(
            _("Penilaian ini hanya dapat diubah oleh %(name)s.") % {"name": assessment.assessor}
        )
    if not assessment.is_writable:
        raise TransitionError(
            _("Penilaian ini berstatus %(status)s dan tidak dapat diubah.")
            % {"status": assessment.get_status_display().lower()}
        )
    return assessment


@transaction.atomic
def add_evidence(
    assessment: Assessment,
    criterion: Criterion,
    *,
    area: Area | None = None,
    photo: CleanPhoto | None = None,
    document: UploadedFile | None = None,
    text: str = "",
    taken_on: date,
    by,
) -> Evidence:
    """Attach a clean photo, a PDF, or a note to an item; the same file twice is one piece of evidence.

    Raises ValidationError for a day to come, a ninth photo, or a document that is no PDF.
    """
    locked_for_writing(assessment, by)
    if taken_on > timezone.localdate():
        raise ValidationError(_("Tanggal bukti tidak boleh setelah hari ini."))
    kind, name, content = _evidence_file(photo, document)
    digest = sha256(content).hexdigest() if content else ""
    place = place_of(assessment, criterion, area)
    rows = assessment.evidence.filter(criterion=criterion, area=place)
    if digest and (known := rows.filter(sha256=digest).first()):
        return known
    if kind == Evidence.Kind.PHOTO and rows.photos().count() >= Evidence.PHOTOS_PER_CRITERION:
        raise ValidationError(
            _("Butir %(code)s sudah punya %(limit)d foto. Hapus satu lebih dulu.")
            % {"code": criterion.code, "limit": Evidence.PHOTOS_PER_CRITERION}
        )
    if not content and not text.strip():
        raise ValidationError(_("Pilih foto atau tulis catatan."))
    evidence = Evidence(
        assessment=assessment,
        criterion=criterion,
        area=place,
        kind=kind,
        sha256=digest,
        caption=text.strip()[:200],
        taken_on=taken_on,
        uploaded_by=by,
    )
    if content:
        evidence.file.save(name, ContentFile(content), save=False)
    evidence.save()
    where = {"area": place.name} if place else {}
    record(
        "assessment.evidence_added",
        assessment,
        by=by,
        criterion=criterion.code,
        kind=kind,
        sha256=digest,
        **where,
    )
    return evidence


def _evidence_file(photo: CleanPhoto | None, document: UploadedFile | None) -> tuple[str, str, bytes]:
    """Return kind, file name and content of what is attached; no content for a note."""
    if photo is not None:
        return Evidence.Kind.PHOTO, photo.name, photo.content
    if document is None:
        return Evidence.Kind.NOTE, "", b""
    if document.size and document.size > MAX_DOCUMENT_BYTES:
        raise ValidationError(_("Dokumen lebih dari 15 MB. Pilih dokumen yang lebih kecil."))
    document.seek(0)
    content = document.read()
    if not content.startswith(b"%PDF-"):
        raise ValidationError(_("Berkas ini bukan PDF."))
    return Evidence.Kind.DOCUMENT, f"{sha256(content).hexdigest()[:20]}.pdf", content


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by) -> None:
    """Take a piece of evidence away while its assessment may still be written.

    The file goes on commit, unless it backs another item too.
    """
    assessment = evidence.assessment
    locked_for_writing(assessment, by)
    record(
        "assessment.evidence_removed",
        assessment,
        by=by,
        criterion=evidence.criterion.code,
        sha256=evidence.sha256,
    )
    storage, name = evidence.file.storage, evidence.file.name
    evidence.delete()
    if name and not Evidence.objects.filter(file=name).exists():  # a correction shares its files
        transaction.on_commit(lambda: storage.delete(name))
