"""What making a mark takes, whoever makes it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.workflow import TransitionError
from participants.models import Enrolment, Person
from trainings.models import Attendance, TrainingSession


def refuse_unless_on_roster(enrolment: Enrolment, session: TrainingSession) -> None:
    """ValidationError for leavers, those on leave, and those of another cohort without a make-up seat."""
    is_guest = enrolment.cohort_id != session.cohort_id
    if is_guest and not session.make_up_seats.filter(enrolment=enrolment).exists():
        raise ValidationError(
            _("Sesi ini untuk %(cohort)s. Hubungi petugas bila Anda seharusnya ikut.")
            % {"cohort": session.cohort},
            code="wrong_cohort",
        )
    if enrolment.status not in (Enrolment.Status.REGISTERED, Enrolment.Status.ACTIVE):
        raise ValidationError(
            _(
                "Kepesertaan %(enterprise)s di %(cohort)s berstatus %(status)s, jadi kehadiran tidak dicatat. "
                "Hubungi petugas bila ini keliru."
            )
            % {
                "enterprise": enrolment.enterprise,
                "cohort": enrolment.cohort,
                "status": enrolment.get_status_display().lower(),
            },
            code="not_on_roster",
        )


def unmarked(session: TrainingSession) -> QuerySet[Enrolment]:
    """Return the enrolments on the roster that nobody has marked."""
    return (
        Enrolment.objects.on_roster()
        .filter(cohort=session.cohort_id)
        .exclude(attendances__session=session)
        .select_related("enterprise", "cohort")
    )


def main_person(enrolment: Enrolment) -> Person | None:
    """Return who of the IKM a mark is taken to mean: its owner, else the primary contact, else anybody."""
    owner_first = Case(
        When(position=Person.Position.OWNER, then=Value(0)),
        When(position=Person.Position.DIRECTOR, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    people = Person.objects.active().filter(enterprise=enrolment.enterprise_id)
    return people.order_by(owner_first, "-is_primary", "full_name").first()


def verified_by(user: User, at: datetime | None = None) -> dict[str, Any]:
    """Return the fields of a mark that this person stands for, from now or from the moment given."""
    return {
        "verification": Attendance.Verification.VERIFIED,
        "verified_at": at or timezone.now(),
        "verified_by": user,
    }


def hold_open(session: TrainingSession) -> None:
    """Keep the session from closing until we are done; TransitionError unless it is open."""
    status = TrainingSession.objects.status_for_check_in(session.pk)
    if status == TrainingSession.Status.OPEN:
        return
    if status == TrainingSession.Status.CLOSED:
        raise TransitionError(_("Sesi ini sudah ditutup. Ajukan koreksi kepada petugas."))
    raise TransitionError(_("Buka presensi sesi ini lebih dahulu."))


def once(
    session: TrainingSession, enrolment: Enrolment, *, person: Person | None, delegate_name: str, **fields
) -> tuple[Attendance, bool]:
    """Return (mark, created): the one mark of this person at this session, however often it is asked for."""
    who = (
        {"session": session, "person": person}
        if person
        else {
            "session": session,
            "enrolment": enrolment,
            "person": None,
            "delegate_name": delegate_name,
        }
    )
    try:
        with transaction.atomic():
            values = {**who, "enrolment": enrolment, "delegate_name": delegate_name, **fields}
            return Attendance.objects.create(**values), True
    except IntegrityError:
        return Attendance.objects.get(**who), False


def update(attendance: Attendance, **values) -> None:
    """Set these fields and save only them."""
    for name, value in values.items():
        setattr(attendance, name, value)
    attendance.save(update_fields=list(values))
