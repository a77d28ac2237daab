"""Somebody looks again, weeks later, whether a mending holds."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.causes import show_before
from assessments.actions.findings import DAYS_TO_MEND, add_finding
from assessments.models import EffectivenessCheck, Finding
from closedloop.audit.trail import record
from closedloop.core.photos import CleanPhoto
from closedloop.workflow import TransitionError

Verdict = EffectivenessCheck.Verdict


@transaction.atomic
def check_effect(
    check: EffectivenessCheck, verdict: str, note: str, photo: CleanPhoto | None, *, by
) -> Finding | None:
    """Say once whether it holds, with words and a photo; returns the new finding where it does not.

    The finding stays closed. One that came back begins anew, linked to it and shown by the same photo.
    Raises ValidationError for whoever closed or mended it, and TransitionError where somebody said it already.
    """
    check.refresh_from_db(from_queryset=EffectivenessCheck.objects.select_for_update(of=("self",)))
    if check.checked_at:
        raise TransitionError(
            _("Keefektifan temuan ini sudah dicek oleh %(name)s.") % {"name": check.checked_by}
        )
    _refuse_those_who_did_it(check, by)
    if verdict not in Verdict.values:
        raise ValidationError({"verdict": _("Pilih efektif atau tidak efektif.")})
    if not note.strip():
        raise ValidationError({"note": _("Tulis apa yang terlihat.")})
    if photo is None:
        raise ValidationError({"photo": _("Tambah foto saat dicek.")})
    check.verdict, check.note = verdict, note.strip()[:300]
    check.checked_at, check.checked_by = timezone.now(), by
    check.photo.save(photo.name, ContentFile(photo.content), save=False)
    check.photo_sha256 = photo.sha256
    check.save()
    record(f"finding.{verdict}", check.finding, by=by, note=check.note, sha256=photo.sha256)
    return None if verdict == Verdict.EFFECTIVE else _come_back(check.finding, photo, by=by)


def may_check(check: EffectivenessCheck, user) -> bool:
    """Whether the person neither closed the finding nor entered its mending."""
    mended = check.finding.actions.filter(entered_by=user).exists()
    return check.closer_id != user.pk and not mended


def _refuse_those_who_did_it(check: EffectivenessCheck, by) -> None:
    if not may_check(check, by):
        raise ValidationError(
            _("Keefektifan dicek oleh orang lain, bukan oleh yang memperbaiki atau menutupnya.")
        )


def _come_back(finding: Finding, photo: CleanPhoto, *, by) -> Finding:
    today = timezone.localdate()
    again = add_finding(
        finding.enterprise,
        problem=finding.problem,
        found_on=today,
        due_on=today + timedelta(days=DAYS_TO_MEND),
        is_critical=finding.is_critical,
        criterion=finding.criterion,
        repeat_of=finding,
        by=by,
    )
    show_before(again, photo, by=by)
    return again
