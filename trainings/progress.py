"""How far each IKM is with each module: what was counted (counting.py), and the verdict (completion.py).

Held are closed sessions, except make-up sessions, which only give back what was missed. A session counts
for an enrolment that was on the roster on its day (participants.presence: from joining to leaving, without
leaves), and wherever somebody of it was present; so a latecomer owes nothing of before, and a leaver's share
stands still.

Everything is read in a fixed number of queries, whatever the number of enrolments.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from closedloop.accounts.models import User
from participants.models import Cohort, Enrolment, Enterprise, Person
from participants.presence import Presence
from trainings import words
from trainings.action_counts import NO_ACTIONS, ActionCount, action_counts
from trainings.completion import Completion, State, completion_of
from trainings.counting import AttendanceShare, Counted, Mark, Meeting, count, share_of, total
from trainings.models import Attendance, Curriculum, MakeUpSeat, Module, TestResult, TrainingSession
from trainings.prerequisites import waits_for

# who counts as the owner where the owner must attend in person
OWNERS = (Person.Position.OWNER, Person.Position.DIRECTOR)
TO_COME = (TrainingSession.Status.SCHEDULED, TrainingSession.Status.OPEN)


@dataclass(frozen=True)
class ModuleProgress:
    """One module for one enrolment. Marks are 0–100 or None when the test was not taken."""

    module: Module
    attendance: AttendanceShare
    sessions_to_come: int
    jp_to_come: int
    visits_present: int
    by_owner: AttendanceShare
    pre_mark: Decimal | None
    post_mark: Decimal | None
    completion: Completion
    actions: ActionCount = NO_ACTIONS  # counted only where a module asks for them
    waits_for: str = ""  # code of the prerequisite, while the IKM has not passed it in the same cohort
    lines: tuple[Counted, ...] = ()  # the sessions behind the share, and those that do not count

    @property
    def is_passed(self) -> bool:
        return self.completion.state == State.PASSED

    @property
    def jp_by_owner(self) -> Decimal:
        """Lesson hours attended by the owner in person."""
        return self.by_owner.jp_present

    @property
    def label(self) -> str:
        """The state in a word."""
        return words.state_label(self.completion.state)

    @property
    def tone(self) -> str:
        """The tone of its badge (design.md §6)."""
        return words.TONES[self.completion.state]

    @property
    def missing(self) -> list[str]:
        """What is missing, each a sentence with its numbers."""
        return [words.gap_text(gap, self) for gap in self.completion.missing]


@dataclass
class _Facts:
    """Everything the counting needs about a set of enrolments."""

    modules: dict[UUID, list[Module]] = field(default_factory=lambda: defaultdict(list))  # by curriculum
    sessions: dict[UUID, list[TrainingSession]] = field(default_factory=lambda: defaultdict(list))
    marks: dict[tuple[UUID, UUID], list[Mark]] = field(default_factory=lambda: defaultdict(list))
    tests: dict[tuple[UUID, str, str], Decimal] = field(default_factory=dict)
    presences: dict[UUID, Presence | None] = field(default_factory=dict)
    actions: dict[tuple[UUID, str], ActionCount] = field(default_factory=dict)

    @classmethod
    def of(cls, enrolments: list[Enrolment], curriculum: Curriculum | None = None) -> "_Facts":
        facts, by_id = cls(), {}
        cohorts = {enrolment.cohort_id for enrolment in enrolments}
        for module, cohort in _modules_by_cohort(cohorts, curriculum):
            facts.modules[cohort].append(module)
        for session in TrainingSession.objects.filter(
            cohort__in=cohorts, status__in=[TrainingSession.Status.CLOSED, *TO_COME]
        ).select_related("module", "regency__province", "status_set"):
            facts.sessions[session.cohort_id].append(session)
            by_id[session.pk] = session
        facts.take_marks(enrolments, by_id)
        for result in TestResult.objects.filter(enrolment__in=enrolments).select_related("module"):
            facts.tests[result.enrolment_id, result.module.code, result.kind] = result.mark
        facts.presences = Enrolment.objects.filter(pk__in=[one.pk for one in enrolments]).presences()
        facts.actions = action_counts(enrolments, (one for own in facts.modules.values() for one in own))
        return facts

    def take_marks(self, enrolments: list[Enrolment], sessions: dict[UUID, TrainingSession]) -> None:
        """Read the marks at these sessions, and those by which a session was made up for at another cohort's."""
        seats = MakeUpSeat.objects.filter(enrolment=OuterRef("enrolment"), session=OuterRef("session"))
        marks = list(
            Attendance.objects.filter(enrolment__in=enrolments, session__status=TrainingSession.Status.CLOSED)
            .annotate(makes_up=Subquery(seats.values("missed")))
            .select_related("person")
        )
        elsewhere = _sessions_elsewhere(mark.session_id for mark in marks if mark.makes_up)
        for mark in marks:
            if not mark.makes_up and (session := sessions.get(mark.session_id)):
                self.marks[mark.enrolment_id, mark.session_id].append(_mark(mark, session))
            elif mark.makes_up and mark.counts_as_present:
                session = elsewhere[mark.session_id]
                made_up = replace(_mark(mark, session), made_up_at=session)
                self.marks[mark.enrolment_id, mark.makes_up].append(made_up)


def _sessions_elsewhere(ids: Iterable[UUID]) -> dict[UUID, TrainingSession]:
    """Return other cohorts' sessions at which somebody made up for a missed one; no query where nobody did."""
    ids = set(ids)
    return TrainingSession.objects.with_place().select_related("status_set").in_bulk(ids) if ids else {}


def _mark(mark: Attendance, session: TrainingSession) -> Mark:
    mark.session = session  # read once for everybody's marks
    return Mark(
        points=mark.points,
        is_present=mark.counts_as_present,
        day=session.day,
        person=mark.person_id,
        by_owner=mark.person is not None and mark.person.position in OWNERS,
        is_away=mark.status in Attendance.AWAY,
    )


def _modules_by_cohort(cohorts: set[UUID], curriculum: Curriculum | None) -> Iterable[tuple[Module, UUID]]:
    """Yield each module once for every cohort that follows its curriculum, in the modules' order.

    With a curriculum given, all the cohorts are taken to follow that one.
    """
    if curriculum:
        modules = list(curriculum.modules.select_related("prerequisite"))
        yield from ((module, cohort) for cohort in cohorts for module in modules)
        return
    pinned = Module.objects.filter(curriculum__cohort_pins__cohort__in=cohorts)
    for module in pinned.annotate(pinned_by=F("curriculum__cohort_pins__cohort")).select_related(
        "prerequisite"
    ):
        yield module, module.pinned_by


def progress_of(
    enrolments: Iterable[Enrolment], *, curriculum: Curriculum | None = None
) -> dict[UUID, list[ModuleProgress]]:
    """Return, by the id of each enrolment, its modules in their order; six queries at most,
    and one more where a module asks for factory actions.

    Sessions and marks belong to the module of their code. `curriculum` asks how the same facts would be judged
    by another version than the cohort's own.
    """
    enrolments = list(enrolments)
    facts = _Facts.of(enrolments, curriculum)
    return {enrolment.pk: _progress(enrolment, facts) for enrolment in enrolments}


def module_progress(enrolment: Enrolment) -> list[ModuleProgress]:
    """Return the modules of one enrolment in their order; none while its cohort has no curriculum."""
    return progress_of([enrolment])[enrolment.pk]


def cohort_progress(cohort: Cohort) -> dict[UUID, list[ModuleProgress]]:
    """Return the modules of everybody on the cohort's roster, by the id of the enrolment."""
    return progress_of(Enrolment.objects.on_roster().filter(cohort=cohort))


def attendance_of(enrolments: Iterable[Enrolment]) -> dict[UUID, AttendanceShare]:
    """Return, by the id of each enrolment, its attendance over all modules of its cohort's curriculum."""
    return {
        enrolment: total(item.attendance for item in items)
        for enrolment, items in progress_of(enrolments).items()
    }


def enrolment_attendance(enrolment: Enrolment) -> AttendanceShare:
    """Return the attendance of one enrolment over all modules."""
    return attendance_of([enrolment])[enrolment.pk]


def cohort_attendance(cohort: Cohort) -> dict[UUID, AttendanceShare]:
    """Return the attendance of everybody on the cohort's roster, by the id of the enrolment."""
    return attendance_of(Enrolment.objects.on_roster().filter(cohort=cohort))


def cohort_share(cohort: Cohort, reader: User) -> AttendanceShare:
    """Return the attendance of all IKM of the cohort that the reader may know of."""
    return total(attendance_of(taking_part(cohort, reader)).values())


def taking_part(cohort: Cohort, reader: User) -> QuerySet[Enrolment]:
    """Return the enrolments whose sums are the cohort's share: those that take or took part, as far as known."""
    return Enrolment.objects.visible_to(reader).taking_part().filter(cohort=cohort)


def passed_modules_of(enterprises: Iterable[Enterprise]) -> dict[UUID, set[str]]:
    """Return, by the id of each enterprise, the codes of the modules it passed in any of its cohorts."""
    passed: dict[UUID, set[str]] = {enterprise.pk: set() for enterprise in enterprises}
    enrolments = list(Enrolment.objects.filter(enterprise__in=passed))
    progress = progress_of(enrolments)
    for enrolment in enrolments:
        codes = {item.module.code for item in progress[enrolment.pk] if item.is_passed}
        passed[enrolment.enterprise_id] |= codes
    return passed


def passed_modules(enterprise: Enterprise) -> set[str]:
    """Return the codes of the modules the enterprise passed in any of its cohorts: {"BM", "5R"}."""
    return passed_modules_of([enterprise])[enterprise.pk]


def _meetings(enrolment: Enrolment, facts: _Facts) -> dict[str, list[Meeting]]:
    """Return the closed sessions by the code of their module; make-up sessions only where somebody came."""
    presence = facts.presences[enrolment.pk]
    found: dict[str, list[Meeting]] = defaultdict(list)
    for session in facts.sessions[enrolment.cohort_id]:
        if session.status != TrainingSession.Status.CLOSED:
            continue
        marks = tuple(facts.marks.get((enrolment.pk, session.pk), ()))
        is_make_up = session.kind == TrainingSession.Kind.MAKE_UP
        if marks or not is_make_up:
            found[session.module.code].append(
                Meeting(
                    session=session,
                    hours=session.lesson_hours,
                    day=session.day,
                    is_expected=was_expected(presence, session, has_mark=bool(marks)),
                    is_make_up=is_make_up,
                    is_visit=session.kind == TrainingSession.Kind.VISIT,
                    marks=marks,
                )
            )
    return found


def _to_come(enrolment: Enrolment, facts: _Facts) -> dict[str, list[TrainingSession]]:
    """Return the sessions that are still to be held, by the code of their module; leavers have none."""
    found: dict[str, list[TrainingSession]] = defaultdict(list)
    if enrolment.is_on_roster:
        for session in facts.sessions[enrolment.cohort_id]:
            if session.status in TO_COME and session.kind != TrainingSession.Kind.MAKE_UP:
                found[session.module.code].append(session)
    return found


def was_expected(presence: Presence | None, session: TrainingSession, *, has_mark: bool) -> bool:
    """Whether the session was held for an enrolment: it was on the roster on that day, at the place's clock.

    Where nobody wrote down when it joined and left, a mark says that it was expected.
    """
    if presence is None:
        return has_mark
    return presence.covers(session.day)


def _progress(enrolment: Enrolment, facts: _Facts) -> list[ModuleProgress]:
    meetings, to_come = _meetings(enrolment, facts), _to_come(enrolment, facts)
    items = [
        _module_progress(enrolment, module, meetings[module.code], to_come[module.code], facts)
        for module in facts.modules[enrolment.cohort_id]
    ]
    passed = {item.module.code for item in items if item.is_passed}
    return [replace(item, waits_for=waits_for(item.module, passed)) for item in items]


def _module_progress(
    enrolment: Enrolment,
    module: Module,
    meetings: list[Meeting],
    to_come: list[TrainingSession],
    facts: _Facts,
) -> ModuleProgress:
    lines = count(meetings)
    share = share_of(lines)
    by_owner = share_of(count(meetings, of=lambda mark: mark.by_owner))
    jp_to_come = sum(session.lesson_hours for session in to_come)
    post_mark = facts.tests.get((enrolment.pk, module.code, TestResult.Kind.POST))
    actions = facts.actions.get((enrolment.pk, module.code), NO_ACTIONS)
    return ModuleProgress(
        module=module,
        attendance=share,
        sessions_to_come=len(to_come),
        jp_to_come=jp_to_come,
        visits_present=sum(line.is_present for line in lines if line.meeting.is_visit),
        by_owner=by_owner,
        pre_mark=facts.tests.get((enrolment.pk, module.code, TestResult.Kind.PRE)),
        post_mark=post_mark,
        completion=completion_of(
            jp_present=share.jp_present,
            jp_held=share.jp_held,
            jp_to_come=jp_to_come,
            jp_by_owner=by_owner.jp_present if module.owner_must_attend else None,
            post_mark=post_mark,
            min_attendance=module.min_attendance,
            pass_mark=module.pass_mark,
            actions_total=actions.total if module.action_required else None,
            actions_open=actions.still_open,
        ),
        actions=actions,
        lines=tuple(lines),
    )
