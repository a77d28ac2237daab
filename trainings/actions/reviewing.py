"""The trainer answers what looks odd."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from participants.models import Enrolment, Person
from trainings.actions.marks import hold_open
from trainings.actions.roster import mark, reject
from trainings.models import Attendance, SentCheckIn, SignalAnswer, TrainingSession
from trainings.reviewed import Signal, signals_of, unanswered
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
    answer = _keep(session, present, verdict, by=by)
    _follow(session, present, verdict, by=by)
    return answer


def leave_signals(session: TrainingSession, reason: str, *, by: User) -> int:
    """Say for every unanswered signal that it is left as it is, and why; return how many there were.

    Part of closing: the session must be locked. The marks count, late uploads make none. Raises ValidationError
    when there are signals and no reason.
    """
    left = unanswered(session)
    if left and not reason.strip():
        text = ngettext(
            "%(n)d kehadiran perlu ditinjau. Tinjau dulu, atau tulis alasan menutup tanpa meninjau.",
            "%(n)d kehadiran perlu ditinjau. Tinjau dulu, atau tulis alasan menutup tanpa meninjau.",
            len(left),
        )
        raise ValidationError({"unreviewed": text % {"n": len(left)}})
    for signal in left:
        _keep(session, signal, Verdict.LEFT, by=by, note=reason.strip())
    return len(left)


def _keep(
    session: TrainingSession, signal: Signal, verdict: str, *, by: User, note: str = ""
) -> SignalAnswer:
    answer = SignalAnswer(
        session=session,
        enrolment=signal.enrolment,
        kind=signal.kind,
        key=signal.key,
        verdict=verdict,
        note=note,
        answered_by=by,
    )
    answer.full_clean(validate_constraints=False)
    answer.save(force_insert=True)
    record(
        "signal.answered", answer, by=by, session=session.code, kind=str(signal.kind), verdict=str(verdict)
    )
    return answer


def _follow(session: TrainingSession, signal: Signal, verdict: str, *, by: User) -> None:
    """Do what the verdict means for the mark."""
    if signal.mark and verdict == Verdict.REFUSED:
        with for_others():
            reason = str(signal.kind.label)
        reject(signal.mark, reason, by=by)
    if signal.kind == SignalAnswer.Kind.LATE_UPLOAD and verdict == Verdict.FAIR and signal.sent:
        _mark_sender(session, signal.sent, signal.enrolment, by=by)


def _mark_sender(session: TrainingSession, sent: SentCheckIn, enrolment: Enrolment, *, by: User) -> None:
    """Mark who sent it late; nobody else's mark changes, and a mark that counts is left as it is."""
    people = Person.objects.active().filter(user=sent.sender_id, enterprise=enrolment.enterprise_id)
    person = people.first()
    marks = Attendance.objects.select_for_update(of=("self",)).filter(session=session, enrolment=enrolment)
    if person is None:
        # a sender who has left the IKM since: only an IKM without any mark gets one
        if marks.exists():
            return
    elif any(one.counts_as_present for one in marks.filter(person=person)):
        return
    late = session.window.phase(sent.proved_for) == Phase.LATE
    status = Attendance.Status.LATE if late else Attendance.Status.PRESENT
    mark(session, enrolment, status, by=by, person=person)
