"""One session: put into the plan, changed, opened, closed or cancelled."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.audit.trail import changes, record
from closedloop.core.formats import moment, time_at
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
from participants.models import Cohort, Enrolment, Person
from trainings.actions.make_up import withdraw_all
from trainings.actions.reviewing import leave_signals
from trainings.actions.roster import settle_unmarked, verify
from trainings.models import Attendance, StatusSet, TrainingSession

MOVABLE = (
    "title",
    "kind",
    "starts_at",
    "ends_at",
    "lesson_hours",
    "place",
    "address",
    "regency",
    "seats",
    "trainer",
    "opens_before",
    "late_after",
    "closes_after",
    "asks_exit",
)
CLOSES_ITSELF_AFTER = timedelta(hours=48)
# minutes around a session in which its check-in is open: the status set says them unless the planner does
WINDOW = {"opens_before", "late_after", "closes_after"}
# what people must be told of when it changes
WHEN_AND_WHERE = {"starts_at", "ends_at", "place", "address", "regency", "trainer"}


def owners_of(cohort: Cohort) -> Iterable[User]:
    """Return the accounts of the active people whose IKM is on the cohort's roster and agrees to the training."""
    enterprises = Enrolment.objects.invited().filter(cohort=cohort).values("enterprise")
    return Person.objects.active().filter(enterprise__in=enterprises).accounts()


@transaction.atomic
def draft_session(*, by: User, cohort: Cohort, **details: Any) -> TrainingSession:
    """Put a session into the plan that only the programme sees; `details` are those of schedule_session.

    Raises ValidationError as schedule_session does. Nobody is told before publish_drafts.
    """
    return add(by=by, cohort=cohort, status=TrainingSession.Status.DRAFT, **details)


def change(session: TrainingSession, *, by: User, **details: Any) -> set[str]:
    """Save a session that has not begun as `details` (any of MOVABLE) say, tell nobody, return what is different.

    The session must be locked and hold what is saved. Raises TransitionError once it is open, ValidationError
    for an impossible value.
    """
    before = {name: getattr(session, name) for name in MOVABLE}
    take(session, **details)
    changed = changes(before, {name: getattr(session, name) for name in MOVABLE})
    if changed:
        _save(session)
        record("trainingsession.moved", session, by=by, changes=changed)
    return set(changed)


def take(session: TrainingSession, **details: Any) -> TrainingSession:
    """Set `details`, any of MOVABLE, on a session that has not begun, without saving it; raises as change does."""
    if session.status not in (TrainingSession.Status.DRAFT, TrainingSession.Status.SCHEDULED):
        raise TransitionError(
            _("Sesi ini berstatus %(status)s, jadi jadwalnya tidak dapat diubah.")
            % {"status": session.get_status_display().lower()}
        )
    for name, value in details.items():
        if name not in MOVABLE:
            raise TypeError(f"a session's {name} cannot be moved")
        setattr(session, name, value)
    return session


@transaction.atomic
def cancel_session(session: TrainingSession, reason: str, *, by: User) -> None:
    """Call the session off and tell its owners and trainer why; it counts in no denominator."""
    if not reason.strip():
        raise ValidationError(_("Isi alasan pembatalan."))
    was_public = session.status != TrainingSession.Status.DRAFT
    session.move_to(TrainingSession.Status.CANCELLED, by=by, reason=reason)
    if was_public:
        with for_others():
            title = _("Sesi batal: %(session)s") % {"session": session}
            tell_of(session, "session.cancelled", title, also=[session.trainer], more=reason)
    withdraw_all(session, reason, by=by)


@transaction.atomic
def open_session(session: TrainingSession, *, by: User, now: datetime | None = None) -> None:
    """Open the check-in; TransitionError before its window, so that nobody is present in the future."""
    # locked first: who moves the session at this moment is waited for
    session.refresh_from_db(
        from_queryset=TrainingSession.objects.select_for_update(of=("self",)).with_place()
    )
    opens_at = session.window.opens_at
    if (now or timezone.now()) < opens_at:
        raise TransitionError(
            _("Presensi baru dapat dibuka pukul %(time)s.") % {"time": time_at(opens_at, session)}
        )
    session.move_to(TrainingSession.Status.OPEN, by=by)


@transaction.atomic
def close_session(
    session: TrainingSession, *, head_count: int, note: str = "", unreviewed: str = "", by: User
) -> None:
    """End the session: who has no mark becomes absent, what is still recorded becomes verified.

    `head_count` is how many people the trainer counted in the room. Raises ValidationError when it differs
    from the people marked present and the guests and no note explains it, and while check-ins that look odd are
    unanswered and `unreviewed` does not say why; TransitionError unless the session is open.
    """
    locked = TrainingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    present = Attendance.objects.present().filter(session=session).count()
    guests = locked.guests.heads().count()
    known = present + guests
    if locked.status == TrainingSession.Status.OPEN and head_count != known and not note.strip():
        raise ValidationError(
            _(
                "Anda menghitung %(counted)d orang, tetapi %(known)d orang tercatat: %(marked)d hadir dan "
                "%(guests)d tamu. Perbaiki daftar hadir atau jelaskan selisihnya."
            )
            % {"counted": head_count, "known": known, "marked": present, "guests": guests}
        )
    if locked.status == TrainingSession.Status.OPEN:
        leave_signals(session, unreviewed, by=by)
    session.move_to(
        TrainingSession.Status.CLOSED,
        by=by,
        head_count=head_count,
        head_count_note=note.strip(),
        closed_at=timezone.now(),
        closed_by=by,
    )
    verify(session, by=by)
    settle_unmarked(session, by=by)


def close_forgotten(*, now: datetime | None = None) -> list[TrainingSession]:
    """Close what nobody closed within 48 hours of its end, each in its own transaction; return those.

    Nobody counted heads and nobody verified, and the session says so; who has no mark becomes absent, and
    the trainer is told.
    """
    closed = []
    for session in TrainingSession.objects.forgotten(
        (now or timezone.now()) - CLOSES_ITSELF_AFTER
    ).with_place():
        with transaction.atomic():
            try:
                session.move_to(
                    TrainingSession.Status.CLOSED, by=None, closed_at=timezone.now(), head_count=None
                )
            except TransitionError:
                continue  # its trainer was faster
            settle_unmarked(session, by=None)
            with for_others():
                title = _("Sesi ditutup otomatis: %(session)s") % {"session": session}
                body = _(
                    "48 jam setelah selesai. Jumlah orang tidak dihitung dan kehadiran belum diverifikasi."
                )
                tell(
                    [session.trainer],
                    "session.closed_itself",
                    title,
                    body=body,
                    path=session.get_absolute_url(),
                )
        closed.append(session)
    return closed


def add(*, by: User, status: str = TrainingSession.Status.SCHEDULED, **fields: Any) -> TrainingSession:
    """Put one session into the plan and tell nobody; raises ValidationError as schedule_session does."""
    rules = StatusSet.objects.newest()
    said = {name: value for name, value in fields.items() if name not in WINDOW or value is not None}
    window = {name: getattr(rules, name) for name in WINDOW}
    session = TrainingSession(status=status, status_set=rules, **{**window, **said})
    if session.cohort.status == Cohort.Status.CLOSED:
        raise ValidationError(_("%(cohort)s sudah ditutup.") % {"cohort": session.cohort})
    _save(session)
    record(f"trainingsession.{status}", session, by=by, starts_at=session.starts_at, place=session.place)
    return session


def _save(session: TrainingSession) -> None:
    """Save what holds together, or raise ValidationError."""
    if not session.module.curriculum.cohort_pins.filter(cohort=session.cohort).exists():
        raise ValidationError({"module": _("Modul ini tidak ada di kurikulum angkatan.")})
    if not session.trainer.may(Permission.SESSION_RUN):
        raise ValidationError({"trainer": _("Pilih narasumber yang boleh menjalankan sesi.")})
    session.full_clean()
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:  # the same form sent twice at the same moment
        raise ValidationError(_("Sesi angkatan ini pada waktu dan tempat yang sama sudah ada.")) from error


@for_others()
def tell_of(
    session: TrainingSession, kind: str, title: str, *, also: Iterable[User] = (), more: str = ""
) -> None:
    """Tell the owners on the roster, and `also` the programme's people concerned, each once."""
    lines = [
        moment(session.starts_at, session),
        f"{session.place}, {session.regency.short_name}",
        _("Narasumber: %(name)s") % {"name": session.trainer},
    ]
    body = ". ".join([*lines, more] if more else lines) + "."
    tell(
        owners_of(session.cohort),
        kind,
        title,
        body=body,
        path=reverse("trainings:my_session", args=[session.code]),
    )
    tell(also, kind, title, body=body, path=session.get_absolute_url())
