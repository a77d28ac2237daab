"""Sessions: scheduled, moved, opened, closed or cancelled."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.audit.trail import changes, record
from closedloop.core.formats import moment, time_at
from closedloop.notifications.actions import tell
from closedloop.regions.models import Regency
from closedloop.workflow import TransitionError
from participants.models import Cohort, Enrolment, Person
from trainings.actions.roster import settle_unmarked, verify
from trainings.models import Attendance, Module, TrainingSession

MOVABLE = (
    "title",
    "kind",
    "starts_at",
    "ends_at",
    "lesson_hours",
    "place",
    "address",
    "regency",
    "trainer",
    "opens_before",
    "late_after",
)
CLOSES_ITSELF_AFTER = timedelta(hours=48)
# what people must be told of when it changes
WHEN_AND_WHERE = {"starts_at", "ends_at", "place", "address", "regency", "trainer"}


def owners_of(cohort: Cohort) -> Iterable[User]:
    """Return the accounts of the active people whose IKM is on the cohort's roster."""
    enterprises = Enrolment.objects.on_roster().filter(cohort=cohort).values("enterprise")
    people = Person.objects.active().filter(enterprise__in=enterprises, user__isnull=False)
    return User.objects.active().filter(pk__in=people.values("user"))


@transaction.atomic
def schedule_session(
    *,
    by: User,
    cohort: Cohort,
    module: Module,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    lesson_hours: int,
    place: str,
    regency: Regency,
    trainer: User,
    kind: str = TrainingSession.Kind.CLASS,
    address: str = "",
    opens_before: int = 30,
    late_after: int = 15,
) -> TrainingSession:
    """Put a session into the cohort's plan and tell the owners on its roster once.

    Raises ValidationError for a module of another curriculum, a trainer who may not run sessions, or a
    session that stands there already. A session in the past may be entered late; nobody is told of it.
    """
    session = _add(
        by=by,
        cohort=cohort,
        module=module,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        lesson_hours=lesson_hours,
        place=place,
        regency=regency,
        trainer=trainer,
        kind=kind,
        address=address,
        opens_before=opens_before,
        late_after=late_after,
    )
    if session.starts_at > timezone.now():
        _tell_of(session, "session.scheduled", _("Sesi baru: %(session)s") % {"session": session})
    return session


@transaction.atomic
def schedule_series(*, by: User, count: int, every_days: int = 7, **details) -> list[TrainingSession]:
    """Put `count` sessions into the plan, `every_days` apart on the same hour; owners are told once.

    `details` are those of `schedule_session`; the titles are numbered. All are made or none.
    """
    sessions = []
    for number in range(count):
        shift = timedelta(days=every_days * number)
        one = {
            **details,
            "title": _("%(title)s, pertemuan %(number)d") % {"title": details["title"], "number": number + 1},
            "starts_at": details["starts_at"] + shift,
            "ends_at": details["ends_at"] + shift,
        }
        sessions.append(_add(by=by, **one))
    if sessions[-1].starts_at > timezone.now():
        title = ngettext("%(count)d sesi baru: %(title)s", "%(count)d sesi baru: %(title)s", count)
        _tell_of(sessions[0], "session.scheduled", title % {"count": count, "title": details["title"]})
    return sessions


@transaction.atomic
def draft_session(*, by: User, cohort: Cohort, **details: Any) -> TrainingSession:
    """Put a session into the plan that only the programme sees; `details` are those of schedule_session.

    Raises ValidationError as schedule_session does. Nobody is told before publish_drafts.
    """
    return _add(by=by, cohort=cohort, status=TrainingSession.Status.DRAFT, **details)


@transaction.atomic
def publish_drafts(cohort: Cohort, *, by: User) -> int:
    """Schedule every draft of the cohort, tell the owners on its roster once, and return how many there were."""
    drafts = list(
        TrainingSession.objects.filter(cohort=cohort, status=TrainingSession.Status.DRAFT)
        .with_place()
        .order_by("starts_at")
    )
    for session in drafts:
        session.move_to(TrainingSession.Status.SCHEDULED, by=by)
    coming = [session for session in drafts if session.starts_at > timezone.now()]
    if coming:
        title = ngettext("%(count)d sesi baru: %(title)s", "%(count)d sesi baru: %(title)s", len(coming))
        _tell_of(coming[0], "session.scheduled", title % {"count": len(coming), "title": coming[0].title})
    return len(drafts)


@transaction.atomic
def move_session(
    session: TrainingSession, *, by: User, starts_at: datetime, ends_at: datetime, **details
) -> TrainingSession:
    """Change a session that has not begun; `details` are any of MOVABLE.

    Everybody concerned is told once, and only when time, place or trainer really changed. Raises
    TransitionError once the session is open, ValidationError for an impossible value.
    """
    session = TrainingSession.objects.select_for_update(of=("self",)).with_place().get(pk=session.pk)
    if session.status not in (TrainingSession.Status.DRAFT, TrainingSession.Status.SCHEDULED):
        raise TransitionError(
            _("Sesi ini berstatus %(status)s, jadi jadwalnya tidak dapat diubah.")
            % {"status": session.get_status_display().lower()}
        )
    before = {name: getattr(session, name) for name in MOVABLE}
    trainer_before = session.trainer
    for name, value in {"starts_at": starts_at, "ends_at": ends_at, **details}.items():
        if name not in MOVABLE:
            raise TypeError(f"a session's {name} cannot be moved")
        setattr(session, name, value)
    changed = changes(before, {name: getattr(session, name) for name in MOVABLE})
    if not changed:
        return session
    _save(session)
    record("trainingsession.moved", session, by=by, changes=changed)
    if WHEN_AND_WHERE & changed.keys() and session.status == TrainingSession.Status.SCHEDULED:
        title = _("Jadwal berubah: %(session)s") % {"session": session}
        _tell_of(session, "session.moved", title, also=[trainer_before, session.trainer])
    return session


@transaction.atomic
def cancel_session(session: TrainingSession, reason: str, *, by: User) -> None:
    """Call the session off and tell its owners and trainer why; it counts in no denominator."""
    if not reason.strip():
        raise ValidationError(_("Isi alasan pembatalan."))
    was_public = session.status != TrainingSession.Status.DRAFT
    session.move_to(TrainingSession.Status.CANCELLED, by=by, reason=reason)
    if was_public:
        title = _("Sesi batal: %(session)s") % {"session": session}
        _tell_of(session, "session.cancelled", title, also=[session.trainer], reason=reason)


@transaction.atomic
def open_session(session: TrainingSession, *, by: User, now: datetime | None = None) -> None:
    """Open the check-in; TransitionError before its window, so that nobody is present in the future."""
    opens_at = session.window.opens_at
    if (now or timezone.now()) < opens_at:
        raise TransitionError(
            _("Presensi baru dapat dibuka pukul %(time)s.") % {"time": time_at(opens_at, session)}
        )
    session.move_to(TrainingSession.Status.OPEN, by=by)


@transaction.atomic
def close_session(session: TrainingSession, *, head_count: int, note: str = "", by: User) -> None:
    """End the session: who has no mark becomes absent, what is still recorded becomes verified.

    `head_count` is how many people the trainer counted in the room. Raises ValidationError when it differs
    from the people marked present and no note explains it, TransitionError unless the session is open.
    """
    locked = TrainingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    present = Attendance.objects.present().filter(session=session).count()
    if locked.status == TrainingSession.Status.OPEN and head_count != present and not note.strip():
        raise ValidationError(
            _(
                "Anda menghitung %(counted)d orang, tetapi %(marked)d orang tercatat hadir. "
                "Perbaiki daftar hadir atau jelaskan selisihnya."
            )
            % {"counted": head_count, "marked": present}
        )
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
            title = _("Sesi ditutup otomatis: %(session)s") % {"session": session}
            body = _("48 jam setelah selesai. Jumlah orang tidak dihitung dan kehadiran belum diverifikasi.")
            tell(
                [session.trainer], "session.closed_itself", title, body=body, path=session.get_absolute_url()
            )
        closed.append(session)
    return closed


def _add(*, by: User, status: str = TrainingSession.Status.SCHEDULED, **fields) -> TrainingSession:
    session = TrainingSession(status=status, **fields)
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


def _tell_of(
    session: TrainingSession, kind: str, title: str, *, also: Iterable[User] = (), reason: str = ""
) -> None:
    """Tell the owners on the roster, and `also` the programme's people concerned, each once."""
    lines = [
        moment(session.starts_at, session),
        f"{session.place}, {session.regency.short_name}",
        _("Narasumber: %(name)s") % {"name": session.trainer},
    ]
    body = ". ".join([*lines, reason] if reason else lines) + "."
    tell(
        owners_of(session.cohort),
        kind,
        title,
        body=body,
        path=reverse("trainings:my_session", args=[session.code]),
    )
    tell(also, kind, title, body=body, path=session.get_absolute_url())
