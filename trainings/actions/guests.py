"""Walk-ins: written down by the trainer, made somebody's or left as they are by staff."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.workflow import TransitionError
from participants.models import Enrolment
from trainings.actions.delegates import Attendee, attendee_of, marked_present
from trainings.actions.marks import hold_open, refuse_unless_on_roster
from trainings.actions.roster import correct
from trainings.models import Attendance, Guest, TrainingSession


@transaction.atomic
def add_guest(
    session: TrainingSession,
    name: str,
    organisation: str,
    *,
    by: User,
    phone: str = "",
    id: UUID | None = None,
) -> Guest:
    """Write a guest down, once per session and name however often it is said; raises TransitionError unless open."""
    hold_open(session)
    values: dict[str, Any] = {"name": " ".join(name.split()), "organisation": " ".join(organisation.split())}
    known = {"id": id} if id else {}
    try:
        with transaction.atomic():
            guest = Guest.objects.create(session=session, **values, **known, phone=phone, added_by=by)
    except IntegrityError:
        named = {f"{field}__iexact": value for field, value in values.items()}
        return session.guests.filter(**named).first() or session.guests.get(**known)
    record("guest.added", guest, by=by, session=session.code, name=guest.name)
    return guest


@transaction.atomic
def remove_guest(guest: Guest, *, by: User) -> None:
    """Take a guest off who was written down by mistake; only while the session is open and staff have not decided."""
    hold_open(guest.session)
    guest = _waiting(guest)
    record("guest.removed", guest, by=by, session=guest.session.code, name=guest.name)
    guest.delete()


@transaction.atomic
def link_guest(guest: Guest, enrolment: Enrolment, *, by: User) -> Attendance:
    """Say that the guest came for an IKM of the cohort: the head becomes the IKM's mark.

    An IKM that was marked as not there is corrected, with the reason for all to read; one that was there has a
    second head. Raises ValidationError for an IKM of another cohort, TransitionError when staff have decided.
    """
    guest = _waiting(guest)
    session = guest.session
    marks = list(
        Attendance.objects.select_for_update(of=("self",))
        .filter(session=session, enrolment=enrolment)
        .order_by("created_at")
    )
    if not marks:
        refuse_unless_on_roster(enrolment, session)
    who = attendee_of(enrolment, guest.name)
    current = _current(marks, who)
    if current and session.status == TrainingSession.Status.CLOSED:
        with for_others():
            reason = _("Tamu %(name)s ternyata hadir untuk IKM ini.") % {"name": guest.name}
        correct(current, Attendance.Status.PRESENT, reason, by=by)
        current.refresh_from_db()
    done = marked_present(session, enrolment, who, current, by=by)
    _decide(guest, Guest.Status.LINKED, by=by, attendance=done)
    record("guest.linked", guest, by=by, session=session.code, name=guest.name, receipt=done.receipt)
    return done


def _current(marks: list[Attendance], who: Attendee) -> Attendance | None:
    """Return the mark that becomes the guest's: of the same name, else one that says nobody came; None for a new one.

    Raises ValidationError when the name is marked already: it would be one head less.
    """
    rejected = Attendance.Verification.REJECTED
    for one in marks:
        if (one.person, one.delegate_name.lower()) == (who["person"], who["delegate_name"].lower()):
            if one.counts_as_present:
                raise ValidationError(
                    {"enrolment": _("%(name)s sudah tercatat untuk IKM ini.") % {"name": one.attendee}}
                )
            if one.verification == rejected:
                raise ValidationError(
                    {"enrolment": _("Kehadiran %(name)s di sesi ini ditolak.") % {"name": one.attendee}}
                )
            return one
    return next((one for one in marks if not one.counts_as_present and one.verification != rejected), None)


@transaction.atomic
def leave_guest(guest: Guest, *, by: User) -> None:
    """Say that the guest belongs to no IKM of the cohort; TransitionError when staff have decided already."""
    guest = _waiting(guest)
    _decide(guest, Guest.Status.LEFT, by=by)
    record("guest.left", guest, by=by, session=guest.session.code, name=guest.name)


def _waiting(guest: Guest) -> Guest:
    """Return the guest, locked; TransitionError unless nobody has decided."""
    guests = Guest.objects.select_for_update(of=("self",)).select_related("session")
    found = guests.filter(pk=guest.pk).first()
    if found is None:
        raise TransitionError(_("Tamu ini sudah dihapus."))
    if found.status != Guest.Status.OPEN:
        what = found.get_status_display().lower()
        raise TransitionError(_("Tamu ini sudah ditinjau: %(what)s.") % {"what": what})
    return found


def _decide(guest: Guest, status: str, *, by: User, attendance: Attendance | None = None) -> None:
    guest.status, guest.attendance = status, attendance
    guest.reviewed_at, guest.reviewed_by = timezone.now(), by
    guest.save(update_fields=["status", "attendance", "reviewed_at", "reviewed_by"])
