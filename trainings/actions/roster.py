"""Trainers and staff mark the roster, verify what owners marked, and correct what is closed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.audit.trail import record
from closedloop.core.formats import moment
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
from participants.models import Enrolment, Person
from trainings.actions.marks import (
    hold_open,
    main_person,
    once,
    refuse_unless_on_roster,
    unmarked,
    update,
    verified_by,
)
from trainings.models import Attendance, AttendanceCorrection, Excuse, TrainingSession


@transaction.atomic
def mark(
    session: TrainingSession,
    enrolment: Enrolment,
    status: str,
    *,
    by: User,
    person: Person | None = None,
    receipt: str = "",
) -> Attendance:
    """Mark one IKM on the roster, verified at once; changes the mark that is there.

    `receipt` names one of several marks of the IKM. Without it and without a person it is the first mark the
    IKM has, or a new one for its owner. Raises ValidationError unless the session is open and the IKM is on its
    roster or marked already.
    """
    hold_open(session)
    marks = Attendance.objects.select_for_update(of=("self",)).filter(session=session, enrolment=enrolment)
    person = person or (None if marks else main_person(enrolment))
    existing = marks.filter(receipt=receipt).first()
    if existing is None:
        existing = marks.filter(person=person).first() if person else marks.order_by("created_at").first()
    now = timezone.now()
    verified = verified_by(by, now)
    if existing is None:
        refuse_unless_on_roster(enrolment, session)
        attendance, created = once(
            session,
            enrolment,
            person=person,
            delegate_name="",
            status=status,
            method=method_of(by),
            marked_at=now,
            marked_by=by,
            **verified,
        )
        if created:
            record("attendance.marked", attendance, by=by, session=session.code, before=None, after=status)
            return attendance
        existing = attendance
    before = existing.status
    if before == status and existing.verification == Attendance.Verification.VERIFIED:
        return existing
    update(existing, status=status, **verified)
    record("attendance.marked", existing, by=by, session=session.code, before=before, after=status)
    return existing


@transaction.atomic
def mark_all_present(session: TrainingSession, *, by: User) -> list[Attendance]:
    """Mark everybody on the roster who has no mark and no granted excuse as present; return those marks."""
    hold_open(session)
    excused = Excuse.objects.granted().filter(session=session).values("enrolment")
    waiting = unmarked(session).exclude(pk__in=excused)
    return [mark(session, enrolment, Attendance.Status.PRESENT, by=by) for enrolment in waiting]


@transaction.atomic
def settle_unmarked(session: TrainingSession, *, by: User | None) -> int:
    """At closing, mark whoever has no mark: excused where that was granted, else absent; return how many.

    Nobody is absent from a make-up session: who comes to one was free to. Closed by the clock (`by` None) the
    marks stay unverified.
    """
    if session.kind == TrainingSession.Kind.MAKE_UP:
        return 0
    now = timezone.now()
    granted = dict(Excuse.objects.granted().filter(session=session).values_list("enrolment", "kind"))
    verified = verified_by(by, now) if by else {}
    settled = 0
    for enrolment in unmarked(session):
        status = granted.get(enrolment.pk, Attendance.Status.ABSENT)
        attendance, created = once(
            session,
            enrolment,
            person=main_person(enrolment),
            delegate_name="",
            status=status,
            method=Attendance.Method.CLOSING,
            marked_at=now,
            marked_by=by,
            **verified,
        )
        settled += created
        record("attendance.marked", attendance, by=by, session=session.code, before=None, after=status)
    return settled


@transaction.atomic
def verify(session: TrainingSession, *, by: User, attendance: Attendance | None = None) -> int:
    """Confirm the marks that owners made themselves, all or one; return how many were not confirmed yet."""
    waiting = Attendance.objects.select_for_update(of=("self",)).filter(
        session=session, verification=Attendance.Verification.RECORDED
    )
    if attendance:
        waiting = waiting.filter(pk=attendance.pk)
    marks = list(waiting.select_related("enrolment__enterprise"))
    for one in marks:
        update(one, **verified_by(by))
        record("attendance.verified", one, by=by, session=session.code, status=one.status)
    return len(marks)


@transaction.atomic
def reject(attendance: Attendance, reason: str, *, by: User) -> None:
    """Say that somebody who checked in was not there; the mark stays, counts for nothing, and its owner is told."""
    if not reason.strip():
        raise ValidationError(_("Isi alasan penolakan."))
    attendance = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance.pk)
    hold_open(attendance.session)
    if attendance.verification == Attendance.Verification.REJECTED:
        return
    update(
        attendance,
        verification=Attendance.Verification.REJECTED,
        verified_at=timezone.now(),
        verified_by=by,
    )
    record("attendance.rejected", attendance, by=by, session=attendance.session.code, reason=reason)
    with for_others():
        _tell_owner(attendance, _("Kehadiran ditolak: %(session)s") % {"session": attendance.session}, reason)


@transaction.atomic
def correct(attendance: Attendance, status: str, reason: str, *, by: User) -> AttendanceCorrection | None:
    """Change a mark of a closed session; the old value, who, when and why stay, and the owner is told.

    Raises TransitionError while the session is not closed, ValidationError without a reason. The same
    status again changes nothing, unless the mark had been rejected.
    """
    if not reason.strip():
        raise ValidationError(_("Isi alasan koreksi."))
    attendance = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance.pk)
    session = attendance.session
    if session.status != TrainingSession.Status.CLOSED:
        raise TransitionError(
            _("Koreksi hanya untuk sesi yang sudah ditutup. Ubah langsung di daftar hadir.")
        )
    before = attendance.status
    was_rejected = attendance.verification == Attendance.Verification.REJECTED
    if before == status and not was_rejected:
        raise ValidationError(_("Pilih status yang berbeda dari yang tercatat."))
    update(attendance, status=status, **verified_by(by))
    correction = AttendanceCorrection.objects.create(
        attendance=attendance,
        before=before,
        after=status,
        was_rejected=was_rejected,
        reason=reason.strip(),
        by=by,
    )
    record(
        "attendance.corrected",
        attendance,
        by=by,
        session=session.code,
        before=before,
        after=status,
        reason=reason,
    )
    with for_others():
        _tell_owner(attendance, _("Kehadiran dikoreksi: %(session)s") % {"session": session}, reason)
    return correction


def method_of(user: User) -> str:
    """Return how a mark is made by this person: as staff, or as the trainer."""
    if user.may(Permission.TRAINING_MANAGE):
        return Attendance.Method.STAFF
    return Attendance.Method.TRAINER


@for_others()
def _tell_owner(attendance: Attendance, title: str, reason: str) -> None:
    session = attendance.session
    body = ". ".join([moment(session.starts_at, session), attendance.get_status_display(), reason])
    tell(
        attendance.enrolment.enterprise.people.active().accounts(),
        f"attendance.{attendance.verification}",
        title,
        body=body,
        path=reverse("trainings:receipt", args=[attendance.receipt]),
    )
