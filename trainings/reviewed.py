"""The check-ins of a session that look odd, with their facts and what the trainer said of them."""

from dataclasses import dataclass, field
from datetime import timedelta

from participants.models import Enrolment
from trainings.distance import is_far
from trainings.models import Attendance, SentCheckIn, SignalAnswer, TrainingSession
from trainings.signals import Made, clock_error, shared_phones

Kind = SignalAnswer.Kind


@dataclass(frozen=True)
class Signal:
    """One question to the trainer: of which kind, about whom, and the facts that raised it."""

    kind: SignalAnswer.Kind
    key: str
    enrolment: Enrolment
    mark: Attendance | None = None
    sent: SentCheckIn | None = None
    others: list[Attendance] = field(default_factory=list)  # earlier marks on the same phone
    clock_error: timedelta | None = None
    answer: SignalAnswer | None = None


def signals_of(session: TrainingSession) -> list[Signal]:
    """Return the signals of a session, the unanswered first, in three queries."""
    marks = {
        mark.receipt: mark
        for mark in session.attendances.filter(method__in=[Attendance.Method.QR, Attendance.Method.CODE])
        .select_related("enrolment__enterprise", "person")
        .order_by("created_at")
    }
    sent = list(
        session.sent_check_ins.exclude(outcome=SentCheckIn.Outcome.UNDONE)
        .select_related("enrolment__enterprise", "sender")
        .order_by("created_at")
    )
    answers = {(one.kind, one.key): one for one in session.signal_answers.select_related("answered_by")}
    found = [
        *_phones(marks, answers),
        *_clocks(marks, sent, answers),
        *_late(sent, answers),
        *_far(marks, sent, answers),
    ]
    return sorted(found, key=lambda signal: signal.answer is not None)


def unanswered(session: TrainingSession) -> list[Signal]:
    """Return the signals that nobody has answered."""
    return [signal for signal in signals_of(session) if signal.answer is None]


def _phones(marks, answers):
    made = [Made(mark.receipt, mark.enrolment_id, mark.device, mark.created_at) for mark in marks.values()]
    for receipt, others in shared_phones(made).items():
        mark = marks[receipt]
        if signal := _of_mark(Kind.SHARED_PHONE, mark, answers, others=[marks[one] for one in others]):
            yield signal


def _clocks(marks, sent, answers):
    seen = set()
    for one in sent:
        error = clock_error(one.created_at, one.sent_on_phone)
        mark = marks.get(one.receipt)
        if error is None or mark is None or one.receipt in seen:
            continue
        seen.add(one.receipt)
        if signal := _of_mark(Kind.WRONG_CLOCK, mark, answers, sent=one, clock_error=error):
            yield signal


def _late(sent, answers):
    for one in sent:
        if one.outcome == SentCheckIn.Outcome.LATE:
            key = one.pk.hex
            answer = answers.get((Kind.LATE_UPLOAD, key))
            error = clock_error(one.created_at, one.sent_on_phone)
            yield Signal(Kind.LATE_UPLOAD, key, one.enrolment, sent=one, clock_error=error, answer=answer)


def _far(marks, sent, answers):
    """The furthest that any form of a mark said."""
    furthest = {}
    for one in sent:
        if one.receipt in marks and is_far(one.distance, one.accuracy):
            furthest[one.receipt] = max(furthest.get(one.receipt, one), one, key=lambda each: each.distance)
    for receipt, one in furthest.items():
        if signal := _of_mark(Kind.FAR_AWAY, marks[receipt], answers, sent=one):
            yield signal


def _of_mark(kind, mark, answers, **facts) -> Signal | None:
    """A mark that was rejected or verified for another reason raises no question any more."""
    answer = answers.get((kind, mark.receipt))
    if answer is None and mark.verification == Attendance.Verification.REJECTED:
        return None
    return Signal(kind, mark.receipt, mark.enrolment, mark=mark, answer=answer, **facts)
