"""A finding mended: proposed with photos by the IKM, closed or sent back by somebody else."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.causes import show_before
from assessments.actions.findings import mentors_of
from assessments.before_after import has_before
from assessments.models import CorrectiveAction, EffectivenessCheck, Finding
from assessments.pica import check_day, lacking_cause, needs_before
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.actions import tell
from participants.consents import people_to_ask

Status = Finding.Status


@transaction.atomic
def propose_closing(
    finding: Finding,
    description: str,
    photo: CleanPhoto | None,
    *,
    by,
    before: CleanPhoto | None = None,
) -> CorrectiveAction:
    """Say what was done and show it; the mentor then checks. What was planned counts as done with it.

    Raises ValidationError without words or photo, and without a photo of before where the pair is asked for.
    """
    description = description.strip()
    if not description:
        raise ValidationError({"description": _("Tulis apa yang sudah diperbaiki.")})
    if photo is None:
        raise ValidationError({"photo": _("Tambah foto setelah perbaikan.")})
    if before is not None:
        show_before(finding, before, by=by)
    if needs_before(is_critical=finding.is_critical, dimension=finding.dimension) and not has_before(finding):
        raise ValidationError({"before": _("Tambah foto sebelum, dari sudut yang sama.")})
    finding.move_to(Status.PROPOSED, by=by)
    today = timezone.localdate()
    finding.actions.filter(done_on=None).update(done_on=today)
    action = CorrectiveAction(
        finding=finding,
        description=description[:300],
        responsible=str(by)[:120],
        due_on=finding.due_on,
        done_on=today,
        photo_sha256=photo.sha256,
        entered_by=by,
    )
    action.photo.save(photo.name, ContentFile(photo.content), save=False)
    action.save()
    record("finding.action_added", finding, by=by, description=description[:300], sha256=photo.sha256)
    with for_others():
        title = _("%(ikm)s menyelesaikan temuan, periksa buktinya") % {"ikm": finding.enterprise}
        tell(mentors_of(finding.enterprise), "finding.proposed", title, path=finding.get_absolute_url())
    return action


@transaction.atomic
def close_finding(finding: Finding, *, by, check_on: date | None = None) -> None:
    """Accept the weakness as mended; nobody accepts what they did themselves.

    Another person looks again on `check_on`, by default 30 days later. Raises ValidationError for a critical
    one without its five whys and cause, and for a day of checking that is not ahead.
    """
    today = timezone.localdate()
    last = finding.actions.order_by("-created_at").first()
    if last is not None and last.entered_by_id == by.pk:
        raise ValidationError(_("Temuan ditutup oleh orang lain, bukan oleh yang memperbaikinya."))
    if lacking_cause(is_critical=finding.is_critical, whys=finding.whys, root_cause=finding.root_cause):
        raise ValidationError(
            _("Temuan kritis ditutup setelah akar masalahnya tertulis: paling sedikit dua jawaban mengapa.")
        )
    if check_on is not None and check_on <= today:
        raise ValidationError({"check_on": _("Cek keefektifan dilakukan sesudah hari ini.")})
    finding.move_to(Status.CLOSED, by=by, closed_at=timezone.now(), closed_by=by)
    EffectivenessCheck.objects.create(finding=finding, due_on=check_on or check_day(today), closer=by)
    with for_others():
        title = _("Temuan ditutup: %(problem)s") % {"problem": finding.problem}
        tell(
            finding.enterprise.people.active().accounts(),
            "finding.closed",
            title,
            path=finding.get_absolute_url(),
        )


@transaction.atomic
def reopen(finding: Finding, reason: str, *, by) -> None:
    """Send a proposed mending back to work with a reason; the owner will read it."""
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Tulis apa yang masih kurang.")})
    finding.move_to(Status.IN_PROGRESS, by=by, reason=reason)
    with for_others():
        title = _("Perbaikan belum cukup: %(problem)s") % {"problem": finding.problem}
        tell(
            people_to_ask(finding.enterprise),
            "finding.reopened",
            title,
            body=reason,
            path=finding.get_absolute_url(),
        )
