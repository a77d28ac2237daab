"""Findings: written down, begun, given another day."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Area, Assessment, Criterion, Finding
from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.formats import date_long
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
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
    repeat_of: Finding | None = None,
) -> Finding:
    """Write down a weakness with the day by which it is to be mended, and tell the owner.

    `repeat_of` is the closed finding that came back; how often it did is counted here.
    """
    found_on = found_on or timezone.localdate()
    if not problem.strip():
        raise ValidationError({"problem": _("Tulis masalah yang ditemukan.")})
    if due_on < found_on:
        raise ValidationError({"due_on": _("Tenggat tidak boleh sebelum tanggal ditemukan.")})
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
        repeat_of=repeat_of,
        repeats=repeat_of.repeats + 1 if repeat_of else 0,
    )
    record("finding.added", finding, by=by, is_critical=is_critical, due_on=due_on)
    with for_others():
        said = _("Temuan berulang: %(problem)s") if repeat_of else _("Temuan baru: %(problem)s")
        tell(
            people_to_ask(enterprise),
            "finding.added",
            said % {"problem": finding.problem},
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


def hold_open(finding: Finding) -> None:
    """Lock the finding and read it again; TransitionError where it is closed, since nothing of it changes then."""
    finding.refresh_from_db(from_queryset=Finding.objects.select_for_update(of=("self",)))
    if not finding.is_open:
        raise TransitionError(_("Temuan ini sudah ditutup, jadi tidak dapat diubah."))


@transaction.atomic
def move_due(finding: Finding, due_on: date, reason: str, *, by) -> None:
    """Set another day with the reason, which the owner reads; the same day again changes nothing."""
    hold_open(finding)
    reason = reason.strip()
    if due_on == finding.due_on:
        return
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": _("Tenggat tidak boleh sebelum hari ini.")})
    if not reason:
        raise ValidationError({"reason": _("Tulis mengapa tenggatnya berubah.")})
    before, finding.due_on = finding.due_on, due_on
    finding.save(update_fields=["due_on"])
    record("finding.due_moved", finding, by=by, before=before, due_on=due_on, reason=reason)
    with for_others():
        title = _("Tenggat temuan menjadi %(day)s: %(problem)s")
        tell(
            people_to_ask(finding.enterprise),
            "finding.due_moved",
            title % {"day": date_long(due_on), "problem": finding.problem},
            body=reason,
            path=finding.get_absolute_url(),
        )
