"""What a phone sent: the same form again is the same check-in, and what comes too late waits for the trainer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.models import Enrolment
from trainings.actions.marks import refuse_unless_on_roster
from trainings.check_in_codes import is_qr_token, is_spoken_code
from trainings.models import Attendance, SentCheckIn, TrainingSession

Outcome = SentCheckIn.Outcome
LATE_IS_TAKEN_FOR = timedelta(hours=48)  # as long as a session waits to be closed


@dataclass(frozen=True)
class Sending:
    """A form as it was sent: its key, and the phone's own clock when it was pressed and when it left."""

    key: UUID
    pressed: datetime | None = None
    sent: datetime | None = None
    distance: int | None = None  # metres from the session's place, if the owner let the phone say it
    accuracy: int | None = None

    @property
    def was_delayed(self) -> bool:
        """Whether the phone kept it for more than a minute; both moments are of one clock, right or wrong."""
        return bool(self.pressed and self.sent and self.sent - self.pressed > timedelta(minutes=1))


def mark_of(sending: Sending, session: TrainingSession, by: User) -> Attendance | None:
    """Return the mark that this very form made before, or None.

    Raises ValidationError when the mark was taken back (an old form does not bring it back: open a new one)
    and when the key belongs to somebody else's form.
    """
    earlier = SentCheckIn.objects.filter(pk=sending.key).first()
    if earlier is None or earlier.outcome == Outcome.LATE:
        return None
    if (earlier.sender_id, earlier.session_id) != (by.pk, session.pk):
        raise ValidationError(_("Formulir ini sudah kedaluwarsa. Muat ulang halaman."), code="key")
    if earlier.outcome == Outcome.UNDONE:
        raise ValidationError(
            _("Kehadiran ini sudah Anda batalkan. Buka lagi halaman presensi untuk mencatat yang baru."),
            code="undone",
        )
    return Attendance.objects.filter(receipt=earlier.receipt).first()


def remember(
    mark: Attendance, sending: Sending | None, *, by: User, proof: str, proved_for: datetime
) -> None:
    """Tie the form to its mark, whoever made that; nothing happens when it is tied already."""
    if sending is None:
        return
    sent = SentCheckIn(
        pk=sending.key,
        session_id=mark.session_id,
        enrolment_id=mark.enrolment_id,
        sender=by,
        outcome=Outcome.MARKED,
        proof=proof,
        receipt=mark.receipt,
        proved_for=proved_for,
        pressed_on_phone=sending.pressed,
        sent_on_phone=sending.sent,
        distance=sending.distance,
        accuracy=sending.accuracy,
    )
    SentCheckIn.objects.bulk_create([sent], ignore_conflicts=True)


def forget(mark: Attendance) -> None:
    """Let every form that led to the mark be one whose mark was taken back."""
    SentCheckIn.objects.filter(session=mark.session_id, receipt=mark.receipt).update(outcome=Outcome.UNDONE)


@transaction.atomic
def keep_late(
    session: TrainingSession,
    enrolment: Enrolment,
    *,
    code: str,
    by: User,
    sending: Sending,
    scanned_at: datetime | None = None,
    now: datetime | None = None,
) -> SentCheckIn:
    """Keep a check-in that was pressed in time and arrived too late: never a mark, but a question to the trainer.

    A QR proves the moment at which the server saw it scanned, a spoken code the moment the phone says it was
    pressed; that moment must lie in the window, at most 48 hours ago. Raises ValidationError when nothing proves
    it. The same person's second one returns the first. A closed session keeps it too, as what a request for a
    correction can point to.
    """
    refuse_unless_on_roster(enrolment, session)
    status = TrainingSession.objects.status_for_check_in(session.pk)
    proved_for = scanned_at or sending.pressed
    if (
        proved_for is None
        or status not in (TrainingSession.Status.OPEN, TrainingSession.Status.CLOSED)
        or not _was_in_time(session, proved_for, now or timezone.now())
        or not _was_good(session, code, proved_for, is_scan=scanned_at is not None)
        or _is_of_another_form(sending, session, by)
    ):
        raise ValidationError(_("Presensi ini dikirim di luar waktu presensi."), code="over")
    late, created = SentCheckIn.objects.get_or_create(
        session=session,
        enrolment=enrolment,
        sender=by,
        outcome=Outcome.LATE,
        defaults={
            "id": sending.key,
            "proof": SentCheckIn.Proof.QR if scanned_at else SentCheckIn.Proof.CODE,
            "proved_for": proved_for,
            "pressed_on_phone": sending.pressed,
            "sent_on_phone": sending.sent,
            "distance": sending.distance,
            "accuracy": sending.accuracy,
        },
    )
    if created:
        record("attendance.sent_late", late, by=by, session=session.code, proof=str(late.proof))
    return late


def _was_in_time(session: TrainingSession, proved_for: datetime, now: datetime) -> bool:
    """Whether the moment lies in the window and not in the future, and is not too long ago."""
    window = session.window
    return (
        window.opens_at <= proved_for < window.closes_at
        and timedelta(0) <= now - proved_for <= LATE_IS_TAKEN_FOR
    )


def _was_good(session: TrainingSession, code: str, moment: datetime, *, is_scan: bool) -> bool:
    if is_scan:
        return is_qr_token(session.secret, session.code, code, moment)
    return is_spoken_code(session.secret, code, moment)


def _is_of_another_form(sending: Sending, session: TrainingSession, by: User) -> bool:
    """Whether the key belongs to a form that made a mark, or to somebody else's."""
    mine = SentCheckIn.objects.filter(session=session, sender=by, outcome=Outcome.LATE)
    return SentCheckIn.objects.filter(pk=sending.key).exclude(pk__in=mine.values("pk")).exists()
