"""The warnings of many enrolments at once, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from participants.models import Consent, Enrolment, Enterprise, Person
from trainings.completion import Gap
from trainings.models import WarningAnswer
from trainings.progress import ModuleProgress, progress_of
from trainings.warning_rules import Held, Rule, missed_in_a_row, row_key, share_key


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
    progress = progress_of(found.values())
    answers = {
        (one.enrolment_id, one.rule, one.key): one
        for one in WarningAnswer.objects.filter(enrolment__in=found).select_related("answered_by")
    }
    contacts = _contacts(found)
    enterprises = Enterprise.objects.filter(enrolments__in=found)
    agreed = set(enterprises.consenting_to(Consent.Purpose.WHATSAPP).values_list("pk", flat=True))
    warned = []
    for pk, enrolment in found.items():
        for rule, key, facts in _fired(progress[pk]):
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


def _fired(modules: list[ModuleProgress]) -> Iterable[tuple[Rule, str, dict]]:
    if missed := missed_in_a_row(_held(modules)):
        yield Rule.MISSED_IN_A_ROW, row_key(missed), {"missed": missed}
    for item in modules:
        if Gap.ATTENDANCE in item.completion.missing:
            share = item.attendance
            key = share_key(item.module.code, share.jp_present, share.jp_held)
            yield Rule.BELOW_SHARE, key, {"module": item}


def _held(modules: list[ModuleProgress]) -> list[Held]:
    """Return the closed sessions the IKM was expected at or came to, in the order in which they were held."""
    lines = [line for item in modules for line in item.lines if line.is_held or line.meeting.was_attended]
    return [
        Held(
            code=line.meeting.session.code,
            title=line.meeting.session.title,
            day=line.meeting.day,
            was_present=line.meeting.was_attended,
            was_excused=any(mark.is_away for mark in line.meeting.marks),
        )
        for line in sorted(lines, key=lambda line: line.meeting.session.starts_at)
    ]


def _contacts(enrolments: dict[UUID, Enrolment]) -> dict[UUID, Person]:
    """Return whom to call of each IKM: its main contact, else anybody with a telephone."""
    people = Person.objects.active().filter(enterprise__enrolments__in=enrolments).exclude(phone="")
    found: dict[UUID, Person] = {}
    for person in people.order_by("-is_primary", "full_name").distinct():
        found.setdefault(person.enterprise_id, person)
    return found
