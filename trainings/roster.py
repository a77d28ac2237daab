"""Who should be at a session, who is, and how: what the roster page, the sheet and the counts show."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from participants.models import Enrolment, Person
from trainings.models import Attendance, MakeUpSeat, TrainingSession


@dataclass(frozen=True)
class Line:
    """One row of the roster: an IKM, who came, and the mark; without a mark nobody knows yet."""

    enrolment: Enrolment
    person: Person | None  # who is expected, when nobody came yet
    mark: Attendance | None
    shares_device: bool = False  # another IKM checked in with the same phone
    is_make_up: bool = False  # of another cohort, here to make up for a session that it missed

    @property
    def name(self) -> str:
        if self.mark:
            return self.mark.attendee
        return self.person.full_name if self.person else ""


@dataclass(frozen=True)
class Counts:
    """The roster in numbers; `present` of `total` are IKM, `heads` are people, guests among them."""

    total: int
    present: int
    excused: int
    absent: int
    unmarked: int
    heads: int
    unverified: int
    guests: int = 0
    make_ups: int = 0

    @property
    def ratio(self) -> float | None:
        """Share of the IKM that are present; unknown while nobody is on the roster."""
        return self.present / self.total if self.total else None


def meant_for(session: TrainingSession) -> Q:
    """The enrolments a session is for: its cohort's, and those invited to make up for a session of their own."""
    invited = MakeUpSeat.objects.filter(session=session).values("enrolment")
    return Q(cohort=session.cohort_id) | Q(pk__in=invited)


def roster(session: TrainingSession, reader: User) -> list[Line]:
    """Return the lines of the session for this reader, by name of the IKM, in three queries.

    Whoever may run the session sees all of its roster, everybody else the IKM they may know of.
    """
    enrolments = Enrolment.objects.filter(meant_for(session))
    if not reader.may(Permission.SESSION_RUN):
        enrolments = Enrolment.objects.visible_to(reader).filter(meant_for(session))
    marked = Attendance.objects.filter(session=session).values("enrolment")
    if session.status == TrainingSession.Status.CLOSED:
        enrolments = enrolments.filter(pk__in=marked)
    else:
        enrolments = enrolments.filter(
            Q(pk__in=Enrolment.objects.on_roster().values("pk")) | Q(pk__in=marked)
        )
    enrolments = enrolments.select_related("enterprise", "cohort").prefetch_related("enterprise__people")
    marks: dict = {}
    for mark in session.attendances.select_related("person", "marked_by", "leaving").order_by("marked_at"):
        marks.setdefault(mark.enrolment_id, []).append(mark)
    shared = _shared_devices(marks)
    lines = []
    for enrolment in enrolments.order_by("enterprise__name"):
        for mark in marks.get(enrolment.pk, [None]):
            device = mark.device if mark else ""
            is_make_up = enrolment.cohort_id != session.cohort_id
            lines.append(Line(enrolment, _expected(enrolment), mark, device in shared, is_make_up))
    return lines


def counts(lines: list[Line], guests: int = 0) -> Counts:
    """Count the lines; two people of one IKM are one IKM and two heads, a guest is a head and no IKM.

    Who makes up for a session of another cohort is a head too, and none of the IKM expected here.
    """
    by_ikm: dict = {}
    for line in (line for line in lines if not line.is_make_up):
        by_ikm.setdefault(line.enrolment.pk, []).append(line.mark)
    kinds = Counter(_kind(marks) for marks in by_ikm.values())
    marks = [line.mark for line in lines if line.mark]
    return Counts(
        total=len(by_ikm),
        present=kinds["present"],
        excused=kinds["excused"],
        absent=kinds["absent"],
        unmarked=kinds["unmarked"],
        heads=sum(mark.counts_as_present for mark in marks) + guests,
        unverified=sum(mark.verification == Attendance.Verification.RECORDED for mark in marks),
        guests=guests,
        make_ups=len({line.enrolment.pk for line in lines if line.is_make_up and line.mark}),
    )


def _kind(marks: list[Attendance | None]) -> str:
    """What an IKM's marks come to: one person present makes the IKM present."""
    known = [mark for mark in marks if mark]
    if not known:
        return "unmarked"
    if any(mark.counts_as_present for mark in known):
        return "present"
    away = (Attendance.Status.EXCUSED, Attendance.Status.SICK)
    return "excused" if any(mark.status in away for mark in known) else "absent"


def _shared_devices(marks: dict) -> set[str]:
    """Return the phones with which more than one IKM checked in: told to the trainer, never refused."""
    seen: dict[str, set] = {}
    for enrolment_id, own in marks.items():
        for mark in own:
            if mark.device:
                seen.setdefault(mark.device, set()).add(enrolment_id)
    return {device for device, enrolments in seen.items() if len(enrolments) > 1}


def _expected(enrolment: Enrolment) -> Person | None:
    """Return the owner, else the first of the active people, from what is already loaded."""
    people = [person for person in enrolment.enterprise.people.all() if person.is_active]
    owners = [person for person in people if person.position == Person.Position.OWNER]
    return next(iter(owners or people), None)
