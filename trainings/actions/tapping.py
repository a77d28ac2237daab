"""A trainer taps the roster, perhaps without a signal: each tap counts once, and never in a closed session."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.models import new_id
from participants.models import Enrolment
from trainings.actions.marks import hold_open, update
from trainings.actions.roster import mark, mark_all_present
from trainings.models import Attendance, RosterTap, SentCheckIn, TrainingSession
from trainings.window import Phase

Outcome = RosterTap.Outcome


@dataclass(frozen=True)
class Tapped:
    """A tap as the phone sent it: its key, and the phone's own clock when it was tapped and when it left."""

    key: UUID = field(default_factory=new_id)
    at: datetime | None = None
    sent: datetime | None = None


@transaction.atomic
def tap(
    session: TrainingSession,
    enrolment: Enrolment,
    status: str,
    *,
    by: User,
    tapped: Tapped | None = None,
    seen: str | None = None,
    receipt: str = "",
) -> RosterTap:
    """Mark one IKM as tapped; the same key again changes nothing and returns the first answer.

    `seen` is the status that the trainer saw when tapping: who stands there with another one by now keeps it,
    and the tap says so in its outcome. `receipt` names one of several marks of an IKM. A tap that arrives after
    the closing is kept and marks nobody. Raises ValidationError as `mark` does.
    """
    one, created = _keep(session, enrolment, status, by=by, tapped=tapped or Tapped())
    if not created or one.outcome == Outcome.CLOSED:
        return one
    marks = Attendance.objects.select_for_update(of=("self",)).filter(session=session, enrolment=enrolment)
    current = marks.filter(receipt=receipt).first() or marks.order_by("created_at").first()
    if current and seen is not None and current.status not in (seen, status):
        one.outcome = Outcome.CHANGED
        one.save(update_fields=["outcome"])
        record("attendance.tap_outrun", one, by=by, session=session.code, status=status, found=current.status)
        return one
    before = _before(current)
    done = mark(session, enrolment, status, by=by, receipt=current.receipt if current else "")
    if before != _before(done):
        one.effects = [_effect(done, before)]
        one.save(update_fields=["effects"])
    return one


@transaction.atomic
def tap_all(session: TrainingSession, *, by: User, tapped: Tapped | None = None) -> RosterTap:
    """Mark everybody without a mark and without a granted excuse as present, once per key."""
    one, created = _keep(session, None, Attendance.Status.PRESENT, by=by, tapped=tapped or Tapped())
    if created and one.outcome != Outcome.CLOSED:
        one.effects = [_effect(done, _before(None)) for done in mark_all_present(session, by=by)]
        one.save(update_fields=["effects"])
    return one


@transaction.atomic
def undo_tap(one: RosterTap, *, by: User) -> int:
    """Put back what the tap changed and nobody changed since; return how many marks. A second time does nothing.

    Raises TransitionError unless the session is open.
    """
    hold_open(one.session)
    one = RosterTap.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if one.undone_at or one.outcome != Outcome.DONE:
        return 0
    one.undone_at = timezone.now()
    one.save(update_fields=["undone_at"])
    kept = {effect["receipt"]: effect for effect in one.effects}
    marks = Attendance.objects.select_for_update(of=("self",)).filter(session=one.session, receipt__in=kept)
    undone = [
        done
        for done in marks.select_related("enrolment__enterprise")
        if done.verified_at and done.verified_at.isoformat() == kept[done.receipt]["at"]
    ]
    for done in undone:
        _put_back(done, kept[done.receipt], by=by)
    return len(undone)


def _keep(
    session: TrainingSession, enrolment: Enrolment | None, status: str, *, by: User, tapped: Tapped
) -> tuple[RosterTap, bool]:
    """Return (tap, created), the tap of this key; TransitionError when the session was never opened."""
    state = TrainingSession.objects.status_for_check_in(session.pk)
    if state != TrainingSession.Status.CLOSED:
        hold_open(session)
    one, created = RosterTap.objects.get_or_create(
        pk=tapped.key,
        defaults={
            "session": session,
            "enrolment": enrolment,
            "status": status,
            "by": by,
            "outcome": Outcome.CLOSED if state == TrainingSession.Status.CLOSED else Outcome.DONE,
            "tapped_on_phone": tapped.at,
            "sent_on_phone": tapped.sent,
        },
    )
    if (one.session_id, one.by_id) != (session.pk, by.pk):
        raise ValidationError(_("Ketukan ini bukan milik Anda. Muat ulang halaman."), code="key")
    if created and one.outcome == Outcome.CLOSED:
        record("attendance.tap_late", one, by=by, session=session.code, status=status, tapped=tapped.at)
    return one, created


def _before(current: Attendance | None) -> tuple[str | None, str | None]:
    return (current.status, current.verification) if current else (None, None)


def _effect(done: Attendance, before: tuple[str | None, str | None]) -> dict:
    at = done.verified_at.isoformat() if done.verified_at else None
    return {"receipt": done.receipt, "before": before[0], "verification": before[1], "at": at}


def _put_back(done: Attendance, effect: dict, *, by: User) -> None:
    record(
        "attendance.untapped",
        done,
        by=by,
        session=done.session.code,
        before=done.status,
        after=effect["before"],
    )
    if effect["before"] is None:
        _take_off(done)
    elif effect["verification"] == Attendance.Verification.RECORDED:
        update(done, status=effect["before"], verification="recorded", verified_at=None, verified_by=None)
    else:
        update(
            done,
            status=effect["before"],
            verification=effect["verification"],
            verified_at=timezone.now(),
            verified_by=by,
        )


def _take_off(done: Attendance) -> None:
    """Delete a mark that the tap made, unless its owner proved to be there meanwhile: then it is the owner's own."""
    sent = SentCheckIn.objects.filter(
        session=done.session_id, receipt=done.receipt, outcome=SentCheckIn.Outcome.MARKED
    )
    proven = sent.order_by("created_at").first()
    if proven is None:
        done.delete()
        return
    window = done.session.window
    counted_at = max(proven.proved_for, window.opens_at)
    late = window.phase(counted_at) == Phase.LATE
    update(
        done,
        status=Attendance.Status.LATE if late else Attendance.Status.PRESENT,
        method=proven.proof,
        marked_at=counted_at,
        marked_by=proven.sender,
        verification=Attendance.Verification.RECORDED,
        verified_at=None,
        verified_by=None,
    )
