"""What stands behind a percentage of attendance: the sessions counted, and whose they were."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.shortcuts import get_object_or_404, render

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.figures.catalogue import Scope
from participants.models import Enrolment
from trainings.counting import AttendanceShare, Counted, share_of, total
from trainings.filters import cohorts_known_to
from trainings.models import TrainingSession
from trainings.progress import ModuleProgress, progress_of, taking_part


@dataclass
class SessionRow:
    """One session with the lines of every IKM for which it counts; the rows add up to the cohort's share."""

    session: TrainingSession
    lines: list[Counted] = field(default_factory=list)

    @property
    def share(self) -> AttendanceShare:
        return share_of(self.lines)


def session_rows(progress: dict[UUID, list[ModuleProgress]]) -> list[SessionRow]:
    """Return the sessions that count for anybody, newest first."""
    rows: dict[UUID, SessionRow] = {}
    for items in progress.values():
        for line in (line for item in items for line in item.lines if line.counts):
            session = line.meeting.session
            rows.setdefault(session.pk, SessionRow(session)).lines.append(line)
    return sorted(rows.values(), key=lambda row: row.session.starts_at, reverse=True)


def attended(items: Iterable[ModuleProgress]) -> AttendanceShare:
    return total(item.attendance for item in items)


@requires(Permission.COHORT_VIEW)
def cohort(request, code):
    """The sessions of one cohort with their n of m, and the share of each IKM; both add up to the same."""
    found = get_object_or_404(cohorts_known_to(request.user), code=code)
    enrolments = list(
        taking_part(found, request.user).select_related("enterprise").order_by("enterprise__name")
    )
    progress = progress_of(enrolments)
    members = [(enrolment, attended(progress[enrolment.pk])) for enrolment in enrolments]
    context = {
        "cohort": found,
        "sessions": session_rows(progress),
        "members": members,
        "share": total(share for _enrolment, share in members),
    }
    return render(request, "dashboard/cohort_attendance.html", context)


@requires(Permission.COHORT_VIEW)
def programme(request):
    """The share of every cohort; they add up to the programme's."""
    enrolments = list(Scope(user=request.user).enrolments().select_related("cohort"))
    progress = progress_of(enrolments)
    by_cohort: dict[UUID, tuple] = {}
    for enrolment in sorted(enrolments, key=newest_first):
        _cohort, shares = by_cohort.setdefault(enrolment.cohort_id, (enrolment.cohort, []))
        shares.append(attended(progress[enrolment.pk]))
    rows = [(cohort, len(shares), total(shares)) for cohort, shares in by_cohort.values()]
    context = {"rows": rows, "share": total(share for _cohort, _count, share in rows)}
    return render(request, "dashboard/attendance.html", context)


def newest_first(enrolment: Enrolment):
    return -enrolment.cohort.starts_on.toordinal(), enrolment.cohort.name
