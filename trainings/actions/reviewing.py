"""The trainer answers what looks odd."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.models import Person
from trainings.actions.marks import hold_open
from trainings.actions.roster import mark, reject
from trainings.models import Attendance, SignalAnswer, TrainingSession
from trainings.reviewed import Signal, signals_of
from trainings.window import Phase

Verdict = SignalAnswer.Verdict


@transaction.atomic
def answer_signal(session: TrainingSession, kind: str, key: str, verdict: str, *, by: User) -> SignalAnswer:
    """Say that a check-in is fair, or refuse it; a second answer to the same facts returns the first.

    Refusing rejects the mark, and its owner is told; a late upload that is fair becomes the trainer's own mark.
    Raises TransitionError unless the session is open, ValidationError when the signal is no more.
    """
    # one answer at a time, so that a double press finds the first
    TrainingSession.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    hold_open(session)
    present = next((one for one in signals_of(session) if (one.kind, one.key) == (kind, key)), None)
    if present is None:
        raise ValidationError(_("Tanda ini tidak ada lagi. Muat ulang halaman."))
    if present.answer:
        return present.answer
    answer = SignalAnswer(
        session=session,
        enrolment=present.enrolment,
        kind=present.kind,
        key=key,
        verdict=verdict,
        answered_by=by,
    )
    answer.full_clean(validate_constraints=False)
    answer.save(force_insert=True)
    record("signal.answered", answer, by=by, session=session.code, kind=str(present.kind), verdict=verdict)
    _follow(session, present, verdict, by=by)
    return answer


def _follow(session: TrainingSession, signal: Signal, verdict: str, *, by: User) -> None:
    """Do what the verdict means for the mark."""
    if signal.mark and verdict == Verdict.REFUSED:
        reject(signal.mark, str(signal.kind.label), by=by)
    if signal.kind == SignalAnswer.Kind.LATE_UPLOAD and verdict == Verdict.FAIR and signal.sent:
        late = session.window.phase(signal.sent.proved_for) == Phase.LATE
        person = Person.objects.active().filter(
            user=signal.sent.sender_id, enterprise=signal.enrolment.enterprise_id
        )
        status = Attendance.Status.LATE if late else Attendance.Status.PRESENT
        mark(session, signal.enrolment, status, by=by, person=person.first())
