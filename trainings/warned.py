"""The warnings of many enrolments at once, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from participants.models import Consent, Enrolment, Enterprise, Person
from trainings.completion import Gap
from trainings.models import Attendance, TrainingSession, WarningAnswer
from trainings.progress import ModuleProgress, progress_of, was_expected
from trainings.warning_rules import Held, Rule, missed_in_a_row, row_key, share_key

AWAY = (Attendance.Status.EXCUSED, Attendance.Status.SICK)


@dataclass(frozen=True)
class Warned:
    """One warning: the rule, the facts that fired it, whom to call, and what was done about it, if anything."""

    rule: Rule
    key: str
    enrolment: Enrolment
    missed: tuple[Held, ...] = ()
    module: ModuleProgress | None = None
    contact: Person | None = None
    may_whatsapp: bool = False
    answer: WarningAnswer | None = None

    @property
    def label(self) -> str:
        """The rule in words."""
        return WarningAnswer.Rule(self.rule).label


def warnings_of(enrolments: Iterable[Enrolment]) -> list[Warned]:
    """Return every warning of those on a roster, by IKM; those dealt with carry their answer."""
    found = {one.pk: one for one in enrolments if one.is_on_roster}
    held, progress = _held(found), progress_of(found.values())
    answers = {
        (one.enrolment_id, one.rule, one.key): one
        for one in WarningAnswer.objects.filter(enrolment__in=found).select_related("answered_by")
    }
    contacts = _contacts(found)
    enterprises = Enterprise.objects.filter(enrolments__in=found)
    agreed = set(enterprises.consenting_to(Consent.Purpose.WHATSAPP).values_list("pk", flat=True))
    warned = []
    for pk, enrolment in found.items():
        for rule, key, facts in _fired(held.get(pk, []), progress[pk]):
            warned.append(
                Warned(
                    rule=rule,
                    key=key,
                    enrolment=enrolment,
                    contact=contacts.get(enrolment.enterprise_id),
                    may_whatsapp=enrolment.enterprise_id in agreed,
                    answer=answers.get((pk, rule, key)),
                    **facts,
                )
            )
    return sorted(warned, key=lambda one: (one.answer is not None, one.enrolment.enterprise.name, one.rule))


def _fired(sessions: list[Held], modules: list[ModuleProgress]) -> Iterable[tuple[Rule, str, dict]]:
    if missed := missed_in_a_row(sessions):
        yield Rule.MISSED_IN_A_ROW, row_key(missed), {"missed": missed}
    for item in modules:
        if Gap.ATTENDANCE in item.completion.missing:
            share = item.attendance
            key = share_key(item.module.code, share.jp_present, share.jp_held)
            yield Rule.BELOW_SHARE, key, {"module": item}


def _held(enrolments: dict[UUID, Enrolment]) -> dict[UUID, list[Held]]:
    """Return, by enrolment, the closed sessions it was expected at or came to, in their order."""
    cohorts = {one.cohort_id for one in enrolments.values()}
    sessions: dict[UUID, list[TrainingSession]] = {}
    closed = TrainingSession.objects.held().filter(cohort__in=cohorts).with_place().order_by("starts_at")
    for session in closed:
        sessions.setdefault(session.cohort_id, []).append(session)
    marks: dict[tuple[UUID, UUID], list[Attendance]] = {}
    for mark in Attendance.objects.filter(
        enrolment__in=enrolments, session__status=TrainingSession.Status.CLOSED
    ):
        marks.setdefault((mark.enrolment_id, mark.session_id), []).append(mark)
    presences = Enrolment.objects.filter(pk__in=enrolments).presences()
    found: dict[UUID, list[Held]] = {}
    for pk, enrolment in enrolments.items():
        for session in sessions.get(enrolment.cohort_id, []):
            own = marks.get((pk, session.pk), [])
            was_present = any(mark.counts_as_present for mark in own)
            expected = was_expected(presences[pk], session, has_mark=bool(own))
            make_up = session.kind == TrainingSession.Kind.MAKE_UP
            if not was_present and (make_up or not expected):
                continue
            found.setdefault(pk, []).append(
                Held(
                    code=session.code,
                    title=session.title,
                    day=session.starts_at.astimezone(ZoneInfo(session.time_zone)).date(),
                    was_present=was_present,
                    was_excused=any(mark.status in AWAY for mark in own),
                )
            )
    return found


def _contacts(enrolments: dict[UUID, Enrolment]) -> dict[UUID, Person]:
    """Return whom to call of each IKM: its main contact, else anybody with a telephone."""
    people = Person.objects.active().filter(enterprise__enrolments__in=enrolments).exclude(phone="")
    found: dict[UUID, Person] = {}
    for person in people.order_by("-is_primary", "full_name").distinct():
        found.setdefault(person.enterprise_id, person)
    return found
