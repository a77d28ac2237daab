"""Findings and what is done about them."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Area, Assessment, CorrectiveAction, Criterion, Finding
from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.actions import tell
from participants.consents import people_to_ask
from participants.models import Enterprise, MentorAssignment

DAYS_TO_MEND = 30
UNMET = "Belum terpenuhi"  # stored with the record, which is in Indonesian whoever approves


def mentors_of(enterprise: Enterprise):
    """The accounts of those who accompany an enterprise now."""
    assignments = MentorAssignment.objects.filter(enrolment__enterprise=enterprise, ends_on=None)
    return User.objects.filter(pk__in=assignments.values("mentor"))


@transaction.atomic
def add_finding(
    enterprise: Enterprise,
    *,
    problem: str,
    due_on: date,
    by,
    found_on: date | None = None,
    root_cause: str = "",
    is_critical: bool = False,
    assessment: Assessment | None = None,
    criterion: Criterion | None = None,
    area: Area | None = None,
) -> Finding:
    """Write down a weakness with the day by which it is to be mended, and tell the owner."""
    found_on = found_on or timezone.localdate()
    if not problem.strip():
        raise ValidationError(_("Tulis masalah yang ditemukan."))
    if due_on < found_on:
        raise ValidationError(_("Tenggat tidak boleh sebelum tanggal ditemukan."))
    finding = Finding.objects.create(
        enterprise=enterprise,
        assessment=assessment,
        criterion=criterion,
        area=area,
        is_critical=is_critical,
        problem=problem.strip()[:300],
        root_cause=root_cause.strip(),
        found_on=found_on,
        due_on=due_on,
    )
    record("finding.added", finding, by=by, is_critical=is_critical, due_on=due_on)
    tell(
        people_to_ask(enterprise),
        "finding.added",
        _("Temuan baru: %(problem)s") % {"problem": finding.problem},
        path=finding.get_absolute_url(),
    )
    return finding


def raise_critical_finding(
    assessment: Assessment, criterion: Criterion, note: str, *, area: Area | None = None, by
) -> Finding | None:
    """Open the finding of a critical item scored 0 or 1; one that is open already keeps its age.

    An item asked per area has one finding in each area, which names it: areas of two assessments with the same
    name are the same place.
    """
    enterprise = assessment.enterprise
    same = Finding.objects.filter(
        enterprise=enterprise, criterion__code=criterion.code, area__name=area.name if area else None
    )
    if same.open().critical().exists():
        return None
    problem = note.partition("\n")[0] or f"{UNMET}: {criterion.text}"
    return add_finding(
        enterprise,
        problem=f"{area}: {problem}" if area else problem,
        found_on=assessment.visited_on,
        due_on=timezone.localdate() + timedelta(days=DAYS_TO_MEND),
        is_critical=True,
        assessment=assessment,
        criterion=criterion,
        area=area,
        by=by,
    )


@transaction.atomic
def start_finding(finding: Finding, *, by) -> None:
    """Say that the weakness is being worked on."""
    finding.move_to(Finding.Status.IN_PROGRESS, by=by)


@transaction.atomic
def propose_closing(finding: Finding, description: str, photo: CleanPhoto | None, *, by) -> CorrectiveAction:
    """Say what was done and show it; the mentor then checks. Raises ValidationError without words or photo."""
    description = description.strip()
    if not description:
        raise ValidationError(_("Tulis apa yang sudah diperbaiki."))
    if photo is None:
        raise ValidationError(_("Tambah foto setelah perbaikan."))
    finding.move_to(Finding.Status.PROPOSED, by=by)
    today = timezone.localdate()
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
    title = _("%(ikm)s menyelesaikan temuan, periksa buktinya") % {"ikm": finding.enterprise}
    tell(mentors_of(finding.enterprise), "finding.proposed", title, path=finding.get_absolute_url())
    return action


@transaction.atomic
def close_finding(finding: Finding, *, by) -> None:
    """Accept the weakness as mended; nobody accepts what they did themselves."""
    last = finding.actions.order_by("-created_at").first()
    if last is not None and last.entered_by_id == by.pk:
        raise ValidationError(_("Temuan ditutup oleh orang lain, bukan oleh yang memperbaikinya."))
    finding.move_to(Finding.Status.CLOSED, by=by, closed_at=timezone.now(), closed_by=by)
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
        raise ValidationError(_("Tulis apa yang masih kurang."))
    finding.move_to(Finding.Status.IN_PROGRESS, by=by, reason=reason)
    title = _("Perbaikan belum cukup: %(problem)s") % {"problem": finding.problem}
    tell(
        people_to_ask(finding.enterprise),
        "finding.reopened",
        title,
        body=reason,
        path=finding.get_absolute_url(),
    )
