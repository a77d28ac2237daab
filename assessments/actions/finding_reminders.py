"""What the portal says by itself about the days of findings, each step once."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.findings import mentors_of
from assessments.ageing import WEEK, escalation_step, reminder_step
from assessments.models import Finding, FindingReminder
from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record
from closedloop.core.formats import date_long
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.consents import people_to_ask, withdrawn
from participants.models import Enrolment
from trainings.action_words import due_text

Kind = FindingReminder.Kind
NAMED = 10  # of the late ones in one message; the list holds the rest


def remind_of_findings(today: date | None = None) -> int:
    """Remind of every open finding whose step has come, and return of how many.

    The IKM's people and its mentors are told; of one that waits for the mentor, the mentors alone. Nobody is,
    where the consent was taken back or the IKM left or is on leave. Safe to run twice and late: each step is a
    row that can be only once.
    """
    today = today or timezone.localdate()
    near = _of_those_here().open().filter(due_on__lte=today + timedelta(days=WEEK))
    said = 0
    for finding in near.select_related("enterprise").prefetch_related("enterprise__consents"):
        step = reminder_step(finding.found_on, finding.due_on, today)
        if step is not None and not withdrawn(finding.enterprise):
            said += _remind(finding, step, today)
    return said


def escalate_findings(today: date | None = None) -> int:
    """Give staff once a week the list of findings a week late or more; returns how many were new on it."""
    today = today or timezone.localdate()
    late = _of_those_here().overdue(today).select_related("enterprise").order_by("due_on", "pk")
    with transaction.atomic():
        new = [one for one in late if _is_new(one, Kind.ESCALATION, escalation_step(one.due_on, today))]
        if new:
            _tell_staff(new, today)
    return len(new)


def _of_those_here():
    """Findings of those who take part: who left or is on leave is not reminded."""
    return Finding.objects.exclude(enterprise__in=Enrolment.objects.away().values("enterprise"))


def _is_new(finding: Finding, kind: str, step: int | None) -> bool:
    """Whether this step was not said before; from now on it was."""
    if step is None:
        return False
    _row, created = FindingReminder.objects.get_or_create(
        finding=finding, kind=kind, due_on=finding.due_on, offset_days=step
    )
    return created


@transaction.atomic
def _remind(finding: Finding, step: int, today: date) -> bool:
    if not _is_new(finding, Kind.REMINDER, step):
        return False
    record("finding.reminded", finding, by=None, due_on=finding.due_on, offset_days=step)
    people: list[User] = [*mentors_of(finding.enterprise)]
    if finding.status != Finding.Status.PROPOSED:
        people += people_to_ask(finding.enterprise)
    with for_others():
        title = _("%(due)s: %(problem)s") % {
            "due": due_text(finding.due_on, today),
            "problem": finding.problem,
        }
        body = _("%(ikm)s, tenggat %(day)s.") % {
            "ikm": finding.enterprise,
            "day": date_long(finding.due_on),
        }
        tell(people, "finding.reminded", title, body=body, path=finding.get_absolute_url())
    return True


def _tell_staff(late: Iterable[Finding], today: date) -> None:
    late = list(late)
    with for_others():
        title = ngettext(
            "%(count)s temuan lewat tenggat seminggu atau lebih",
            "%(count)s temuan lewat tenggat seminggu atau lebih",
            len(late),
        ) % {"count": len(late)}
        lines = [f"{one.enterprise}: {one.problem}, {due_text(one.due_on, today)}" for one in late[:NAMED]]
        if len(late) > NAMED:
            lines.append(_("dan %(more)s lagi") % {"more": len(late) - NAMED})
        staff = User.objects.active().filter(role=Role.STAFF)
        path = f"{reverse('assessments:findings')}?lewat=1"
        tell(staff, "finding.escalated", title, body="\n".join(lines), path=path)
