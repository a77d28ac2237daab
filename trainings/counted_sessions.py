"""The sessions behind an IKM's share, with the marks: what the pages list under "n dari m sesi"."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from participants.models import Enrolment
from trainings.counting import AttendanceShare, Counted, Meeting, Why, share_of, total
from trainings.models import Attendance, MakeUpSeat, TrainingSession
from trainings.progress import ModuleProgress


@dataclass(frozen=True)
class Group:
    """The closed sessions of one module; `share` is the sum of its lines, None where they do not count."""

    code: str
    heading: str
    lines: list[tuple[Counted, list[Attendance], MakeUpSeat | None]]
    share: AttendanceShare | None

    @property
    def is_full(self) -> bool:
        """Whether all that was held is earned already, so that nothing is left to make up for."""
        return self.share is None or self.share.is_full


@dataclass(frozen=True)
class Part:
    """One enrolment: its modules, and every closed session of its cohort with how it counts."""

    enrolment: Enrolment
    modules: list[ModuleProgress]
    groups: list[Group]

    @property
    def share(self) -> AttendanceShare:
        return total(item.attendance for item in self.modules)

    @property
    def anchor(self) -> str:
        """Where the list stands on its page."""
        return f"sesi-{self.enrolment.cohort.code}"


def part_of(enrolment: Enrolment, modules: list[ModuleProgress]) -> Part:
    """Return the enrolment's sessions by module, in the order of the curriculum; those outside it come last."""
    marks: dict[UUID, list[Attendance]] = defaultdict(list)
    for mark in (
        Attendance.objects.filter(enrolment=enrolment, session__status=TrainingSession.Status.CLOSED)
        .select_related("person")
        .prefetch_related("corrections__by")
    ):
        marks[mark.session_id].append(mark)
    seats = {seat.missed_id: seat for seat in enrolment.make_up_seats.with_sessions()}
    groups = [_group(item, marks, seats) for item in modules if item.lines]
    outside = TrainingSession.objects.held().filter(cohort=enrolment.cohort_id, pk__in=marks).with_place()
    for session in outside.exclude(module__code__in=[item.module.code for item in modules]):
        meeting = Meeting(session, session.lesson_hours, session.day, is_expected=False)
        line = Counted(meeting, Why.NOT_TAUGHT)
        groups.append(
            Group(session.module.code, session.module.heading, [(line, marks[session.pk], None)], share=None)
        )
    return Part(enrolment, modules, groups)


def _group(item: ModuleProgress, marks: dict[UUID, list[Attendance]], seats: dict[UUID, MakeUpSeat]) -> Group:
    lines = [
        (line, marks.get(line.meeting.session.pk, []), seats.get(line.meeting.session.pk))
        for line in reversed(item.lines)
    ]
    return Group(item.module.code, item.module.heading, lines, share_of(item.lines))
