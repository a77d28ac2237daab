"""Somebody else came for an IKM: named by the trainer, verified at once."""

from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.models import Enrolment, Person
from trainings.actions.marks import hold_open, once, refuse_unless_on_roster, update, verified_by
from trainings.actions.roster import method_of
from trainings.models import Attendance, TrainingSession


class Attendee(TypedDict):
    """Who came, as a mark keeps it."""

    person: Person | None
    delegate_name: str


OWN_METHODS = (Attendance.Method.QR, Attendance.Method.CODE)


@transaction.atomic
def name_delegate(session: TrainingSession, enrolment: Enrolment, name: str, *, by: User) -> Attendance:
    """Say who came for the IKM; the name of one of its people is taken to be that person.

    A mark that somebody else made, or that says nobody came, becomes the delegate's; who checked in with their
    own phone stays, and the delegate is a second head. The same name again changes nothing. Raises
    ValidationError unless the session is open and the IKM is on its roster or marked already.
    """
    hold_open(session)
    who = attendee_of(enrolment, name)
    marks = list(
        Attendance.objects.select_for_update(of=("self",))
        .filter(session=session, enrolment=enrolment)
        .order_by("created_at")
    )
    if not marks:
        refuse_unless_on_roster(enrolment, session)
    same = [one for one in marks if one.person == who["person"] and one.delegate_name == who["delegate_name"]]
    if same and same[0].counts_as_present:
        return same[0]
    replaced = same or [one for one in marks if one.method not in OWN_METHODS or not one.counts_as_present]
    done = marked_present(session, enrolment, who, replaced[0] if replaced else None, by=by)
    record("attendance.delegated", done, by=by, session=session.code, name=done.attendee)
    return done


def attendee_of(enrolment: Enrolment, name: str) -> Attendee:
    """Return {"person", "delegate_name"} of whoever bears this name; ValidationError without one."""
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": _("Isi nama yang hadir.")})
    people = Person.objects.active().filter(enterprise=enrolment.enterprise_id)
    person = people.filter(full_name__iexact=name).first()
    return {"person": person, "delegate_name": "" if person else name}


def marked_present(
    session: TrainingSession, enrolment: Enrolment, who: Attendee, current: Attendance | None, *, by: User
) -> Attendance:
    """Let `current` be the present mark of `who`, or make a new one; verified by whoever says so."""
    now = timezone.now()
    values: dict[str, Any] = {
        "status": Attendance.Status.PRESENT,
        "method": method_of(by),
        "marked_at": now,
        "marked_by": by,
        **verified_by(by, now),
    }
    if current is None:
        done, created = once(session, enrolment, **who, **values)
        if not created:
            update(done, **values)
        return done
    update(current, **who, **values)
    return current
