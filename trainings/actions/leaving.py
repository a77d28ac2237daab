"""An owner goes home: the second scan, where the session asks for it."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.formats import time_at
from trainings.actions.checking_in import proven
from trainings.models import Attendance, Leaving, TrainingSession

BEFORE_END = timedelta(minutes=30)
AFTER_END = timedelta(minutes=60)


def leaves_from(session: TrainingSession) -> datetime:
    """Return from when on going home is recorded: half an hour before the end."""
    return session.ends_at - BEFORE_END


def may_leave(mark: Attendance, now: datetime) -> bool:
    """Whether this mark still wants its second scan, and now."""
    session = mark.session
    return (
        session.asks_exit
        and session.status == TrainingSession.Status.OPEN
        and mark.counts_as_present
        and leaves_from(session) <= now < session.ends_at + AFTER_END
        and mark.left_at is None
    )


@transaction.atomic
def leave_session(
    mark: Attendance,
    code: str,
    *,
    by: User,
    now: datetime | None = None,
    scanned_at: datetime | None = None,
) -> Leaving:
    """Record that who has this mark goes home now; a second time returns the first unchanged.

    Proven like a check-in, by the code or the QR on the wall at that moment. Taken from half an hour before the
    session's end until an hour after it, while the trainer has not closed it. Raises ValidationError otherwise.
    """
    now = now or timezone.now()
    # the mark cannot be taken back or rejected meanwhile
    mark = Attendance.objects.select_for_update(of=("self",)).select_related("session").get(pk=mark.pk)
    if leaving := Leaving.objects.filter(attendance=mark).first():
        return leaving
    session = mark.session
    if session.asks_exit and now < leaves_from(session):
        raise ValidationError(
            _("Waktu pulang dicatat mulai pukul %(time)s.") % {"time": time_at(leaves_from(session), session)}
        )
    status = TrainingSession.objects.status_for_check_in(session.pk)
    if not may_leave(mark, now) or status != TrainingSession.Status.OPEN:
        raise ValidationError(_("Waktu pulang sesi ini tidak dicatat lagi."))
    proof = proven(session, code, now=now, scanned_at=scanned_at)
    leaving = Leaving.objects.create(attendance=mark, left_at=scanned_at or now, proof=proof, recorded_by=by)
    record("attendance.left", leaving, by=by, session=session.code, proof=str(proof))
    return leaving
