"""An owner checks in with a code, and may take it back for a while."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.formats import time_at
from closedloop.workflow import TransitionError
from participants.models import Enrolment, Person
from trainings.actions.marks import once, refuse_unless_on_roster
from trainings.actions.sending import Sending, forget, mark_of, remember
from trainings.check_in_codes import as_typed, in_groups, is_qr_token, is_spoken_code
from trainings.models import Attendance, TrainingSession
from trainings.roster import meant_for
from trainings.window import Phase

UNDO_WITHIN = timedelta(minutes=10)
# a scanned QR stays good while its owner signs in
SCAN_LASTS = timedelta(minutes=10)


@transaction.atomic
def check_in(
    session: TrainingSession,
    *,
    person: Person,
    code: str,
    by: User,
    enrolment: Enrolment | None = None,
    device: str = "",
    now: datetime | None = None,
    scanned_at: datetime | None = None,
    delegate_name: str = "",
    sending: Sending | None = None,
) -> Attendance:
    """Record that the person, or the delegate named, is in the room; return the mark with its receipt.

    `code` is the spoken code or the token of the QR. `scanned_at` is when the QR was read, if that was
    before signing in: the code must have been good then, and lateness is counted from then. A second time,
    and `sending` the same form again, returns the first mark unchanged. Raises ValidationError outside the
    window, for a wrong code, and for an IKM that is not on the roster; the message is fit to be shown.
    """
    now = now or timezone.now()
    delegate_name = " ".join(delegate_name.split())
    if sending and (mark := mark_of(sending, session, by)):
        return mark
    enrolment = enrolment or enrolment_of(person, session)
    refuse_unless_on_roster(enrolment, session)
    attendee = None if delegate_name else person
    earlier = Attendance.objects.present().filter(session=session, enrolment=enrolment)
    if mark := earlier.filter(person=attendee, delegate_name=delegate_name).first():
        _remember_again(mark, sending, code, by=by, now=now, scanned_at=scanned_at)
        return mark
    method = _proven_in_time(session, code, now, scanned_at)
    counted_at = max(scanned_at or now, session.window.opens_at)
    mark, created = once(
        session,
        enrolment,
        person=attendee,
        delegate_name=delegate_name,
        status=Attendance.Status.LATE
        if session.window.phase(counted_at) == Phase.LATE
        else Attendance.Status.PRESENT,
        method=method,
        marked_at=counted_at,
        marked_by=by,
        device=device,
    )
    if created:
        record("attendance.checked_in", mark, by=by, session=session.code, status=mark.status, method=method)
    remember(mark, sending, by=by, proof=method, proved_for=scanned_at or now)
    return mark


def enrolment_of(person: Person, session: TrainingSession) -> Enrolment:
    """Return the person's enrolment in the session's cohort, or the one invited to it to make up for another.

    Raises ValidationError when there is none.
    """
    enrolment = (
        Enrolment.objects.filter(meant_for(session), enterprise=person.enterprise_id)
        .exclude(status=Enrolment.Status.APPLICANT)
        .select_related("enterprise", "cohort")
        .first()
    )
    if enrolment is None:
        raise ValidationError(
            _("Sesi ini untuk %(cohort)s. Hubungi petugas bila Anda seharusnya ikut.")
            % {"cohort": session.cohort},
            code="wrong_cohort",
        )
    return enrolment


def refuse_unless_open(session: TrainingSession, now: datetime) -> None:
    """ValidationError outside the owner's window, and unless the trainer has opened the session."""
    window = session.window
    match window.phase(now):
        case Phase.EARLY:
            raise ValidationError(
                _("Presensi dibuka pukul %(time)s.") % {"time": time_at(window.opens_at, session)},
                code="early",
            )
        case Phase.OVER:
            raise ValidationError(
                _("Presensi ditutup pukul %(time)s. Hubungi narasumber atau petugas.")
                % {"time": time_at(window.closes_at, session)},
                code="over",
            )
    # read afresh and held: who closes the session at this moment waits, or we see it closed
    status = TrainingSession.objects.status_for_check_in(session.pk)
    if status == TrainingSession.Status.SCHEDULED:
        raise ValidationError(
            _("Narasumber belum membuka presensi. Coba lagi sebentar lagi."), code="not_opened"
        )
    if status != TrainingSession.Status.OPEN:
        raise ValidationError(_("Sesi ini sudah ditutup. Hubungi narasumber atau petugas."), code="over")


@transaction.atomic
def undo_check_in(attendance: Attendance, *, by: User, now: datetime | None = None) -> None:
    """Take one's own mark back within ten minutes, while nobody has verified it; else TransitionError."""
    attendance = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance.pk)
    now = now or timezone.now()
    if not can_undo(attendance, by, now):
        raise TransitionError(_("Kehadiran ini tidak dapat dibatalkan lagi. Hubungi narasumber."))
    record(
        "attendance.undone",
        attendance,
        by=by,
        session=attendance.session.code,
        status=attendance.status,
        receipt=attendance.receipt,
    )
    forget(attendance)
    attendance.delete()


def can_undo(attendance: Attendance, user: User, now: datetime) -> bool:
    """Whether this person may still take this mark back."""
    return (
        attendance.marked_by_id == user.pk
        and attendance.method in (Attendance.Method.QR, Attendance.Method.CODE)
        and attendance.verification == Attendance.Verification.RECORDED
        and attendance.session.status == TrainingSession.Status.OPEN
        and now - attendance.created_at <= UNDO_WITHIN
    )


def _remember_again(
    mark: Attendance,
    sending: Sending | None,
    code: str,
    *,
    by: User,
    now: datetime,
    scanned_at: datetime | None,
) -> None:
    """Keep what the form proves, so that it outlasts a trainer's tap that is taken back; no proof is no error."""
    if mark.method in (Attendance.Method.QR, Attendance.Method.CODE):
        remember(mark, sending, by=by, proof=mark.method, proved_for=mark.marked_at)
        return
    try:
        proof = _proven_in_time(mark.session, code, now, scanned_at)
    except ValidationError:
        return
    remember(mark, sending, by=by, proof=proof, proved_for=scanned_at or now)


def _proven_in_time(session: TrainingSession, code: str, now: datetime, scanned_at: datetime | None) -> str:
    """Return how the presence was proven; ValidationError for a wrong code, an old scan, or a closed window."""
    method = proven(session, code, now=now, scanned_at=scanned_at)
    refuse_unless_open(session, now)
    return method


def proven(session: TrainingSession, code: str, *, now: datetime, scanned_at: datetime | None) -> str:
    """Return how the presence was proven; ValidationError for a wrong code and for a scan of too long ago."""
    method = _proven(session, code, scanned_at or now)
    if scanned_at and not timedelta(0) <= now - scanned_at <= SCAN_LASTS:
        raise ValidationError(_("QR ini dipindai terlalu lama. Pindai lagi QR di layar."), code="stale")
    return method


def _proven(session: TrainingSession, code: str, moment_of_proof: datetime) -> str:
    """Return how the presence was proven, or raise ValidationError."""
    if is_qr_token(session.secret, session.code, code, moment_of_proof):
        return Attendance.Method.QR
    if is_spoken_code(session.secret, code, moment_of_proof):
        return Attendance.Method.CODE
    raise ValidationError(
        _("Kode %(code)s tidak dikenal atau sudah berganti. Periksa lagi di layar.")
        % {"code": in_groups(as_typed(code))[:20].strip()},
        code="wrong_code",
    )
