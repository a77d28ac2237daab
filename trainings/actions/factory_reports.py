"""Factory actions done: shown before, reported with a photo, then closed or returned by the IKM's mentor."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
from participants.models import MentorAssignment
from trainings.models import ActionReport, FactoryAction

Status = FactoryAction.Status


def mentors_of(action: FactoryAction):
    """Return the accounts of those who accompany the IKM now."""
    present = MentorAssignment.objects.filter(enrolment=action.enrolment_id, ends_on=None)
    return User.objects.active().filter(pk__in=present.values("mentor"))


@transaction.atomic
def show_before(action: FactoryAction, photo: CleanPhoto, *, by: User) -> None:
    """Keep how it looked before the work; the same photo again changes nothing.

    Raises TransitionError once the action is reported: what was judged is not changed.
    """
    action.refresh_from_db(from_queryset=FactoryAction.objects.select_for_update(of=("self",)))
    if action.before_sha256 == photo.sha256:
        return
    if not action.waits_for_owner:
        raise TransitionError(_("Aksi ini sudah dilaporkan, jadi fotonya tidak dapat diganti."))
    action.before.save(photo.name, ContentFile(photo.content), save=False)
    action.before_sha256 = photo.sha256
    action.save(update_fields=["before", "before_sha256"])
    record("factoryaction.before_shown", action, by=by, sha256=photo.sha256)


@transaction.atomic
def report_action(
    action: FactoryAction,
    photo: CleanPhoto | None,
    note: str = "",
    *,
    by: User,
    before: CleanPhoto | None = None,
    id: UUID | None = None,
) -> ActionReport:
    """Say that it is done and show it; the mentor is told. The same report sent twice is one, known by its id.

    Raises ValidationError without a photo, TransitionError when it is reported or closed already.
    """
    FactoryAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if id and (known := ActionReport.objects.filter(pk=id, action=action).first()):
        return known
    if photo is None:
        raise ValidationError({"photo": _("Tambah foto sesudah dikerjakan.")})
    if before:
        show_before(action, before, by=by)
    action.move_to(Status.REPORTED, by=by)
    report = ActionReport(action=action, note=note.strip()[:300], photo_sha256=photo.sha256, reported_by=by)
    if id:
        report.pk = id
    report.photo.save(photo.name, ContentFile(photo.content), save=False)
    report.save(force_insert=True)
    record("factoryaction.evidence_added", action, by=by, note=report.note, sha256=photo.sha256)
    with for_others():
        title = _("%(ikm)s melaporkan aksi, periksa fotonya") % {"ikm": action.enrolment.enterprise}
        tell(
            mentors_of(action),
            "factoryaction.reported",
            title,
            body=str(action),
            path=action.get_absolute_url(),
        )
    return report


@transaction.atomic
def close_action(action: FactoryAction, *, by: User) -> None:
    """Accept it as done. Only the IKM's present mentor may, and nobody what they reported themselves."""
    _refuse_others(action, by)
    action.move_to(Status.CLOSED, by=by, closed_at=timezone.now(), closed_by=by)
    with for_others():
        _tell_people(action, _("Aksi selesai: %(action)s") % {"action": action})


@transaction.atomic
def return_action(action: FactoryAction, reason: str, *, by: User) -> None:
    """Send it back with what is missing, which the IKM reads. Only the IKM's present mentor may."""
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Tulis apa yang masih kurang.")})
    _refuse_others(action, by)
    action.move_to(Status.RETURNED, by=by, reason=reason, return_reason=reason)
    action.reports.filter(pk=action.reports.values("pk")[:1]).update(return_reason=reason)
    with for_others():
        _tell_people(action, _("Aksi dikembalikan: %(action)s") % {"action": action}, reason)


def _refuse_others(action: FactoryAction, by: User) -> None:
    """ValidationError for who does not accompany the IKM, or reported it themselves."""
    if not FactoryAction.objects.accompanied_by(by).filter(pk=action.pk).exists():
        raise ValidationError(_("Hanya mentor IKM ini yang memeriksa aksinya."))
    last = action.reports.first()
    if last and last.reported_by_id == by.pk:
        raise ValidationError(_("Aksi diperiksa oleh orang lain, bukan oleh yang melaporkannya."))


def _tell_people(action: FactoryAction, title: str, body: str = "") -> None:
    tell(
        action.enrolment.enterprise.people.active().accounts(),
        f"factoryaction.{action.status}",
        title,
        body=body,
        path=action.get_absolute_url(),
    )
