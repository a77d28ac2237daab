"""Whom to remind of a session: one contact of each IKM, how they may be reached, and who reminded them already."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from closedloop.accounts.models import User
from participants.models import Consent, Enrolment, Enterprise, Person
from trainings.models import Excuse, SessionReminder, TrainingSession
from trainings.roster import meant_for


@dataclass(frozen=True)
class Contact:
    """One IKM of the roster. `person` is none where nobody of it has a telephone number or an address."""

    enrolment: Enrolment
    person: Person | None
    is_known: bool  # the reader may know how to reach this IKM
    may_whatsapp: bool
    last: SessionReminder | None


def contacts_of(session: TrainingSession, reader: User) -> list[Contact]:
    """Return whom to remind: who is expected and has no granted excuse, in six queries.

    Those whom the reader can reach and nobody has reminded come first, then by name of the IKM.
    """
    excused = Excuse.objects.granted().filter(session=session).values("enrolment")
    enrolments = list(
        Enrolment.objects.invited()
        .filter(meant_for(session))
        .exclude(pk__in=excused)
        .select_related("enterprise", "cohort")
        .order_by("enterprise__name")
    )
    enterprises = Enterprise.objects.filter(pk__in=[one.enterprise_id for one in enrolments])
    agreed = set(enterprises.consenting_to(Consent.Purpose.WHATSAPP).values_list("pk", flat=True))
    known = set(Enterprise.objects.visible_to(reader).filter(pk__in=enterprises).values_list("pk", flat=True))
    people = main_contacts(enterprises)
    last = {one.enrolment_id: one for one in session.reminders.select_related("by", "person")}
    contacts = [
        Contact(
            enrolment=one,
            person=people.get(one.enterprise_id),
            is_known=one.enterprise_id in known,
            may_whatsapp=one.enterprise_id in agreed,
            last=last.get(one.pk),
        )
        for one in enrolments
    ]
    return sorted(contacts, key=lambda one: (not one.is_known, one.last is not None))


def main_contacts(enterprises: Iterable[Enterprise]) -> dict[UUID, Person]:
    """Return {enterprise: person}: its main contact, else anybody who can be reached."""
    people = Person.objects.active().filter(enterprise__in=enterprises).exclude(phone="", email="")
    found: dict[UUID, Person] = {}
    for person in people.order_by("-is_primary", "full_name"):
        found.setdefault(person.enterprise_id, person)
    return found
