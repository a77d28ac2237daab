"""An IKM that missed a session is invited to another cohort's session of the same module, or no longer."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.formats import moment
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.models import Enrolment
from trainings.models import Attendance, MakeUpSeat, TrainingSession
from trainings.progress import module_progress


@transaction.atomic
def invite_to_make_up(
    enrolment: Enrolment, session: TrainingSession, missed: TrainingSession, *, by: User
) -> MakeUpSeat:
    """Give the IKM a chair at `session` to make up for `missed`; its owner and the trainer are told once.

    The same again returns the seat there is. A seat that nobody came to, at a session that is over, gives way.
    Raises ValidationError unless the IKM is on its roster and missed the session, and the other session is of
    the same module, of another cohort and still to be held.
    """
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("enterprise", "cohort")
        .get(pk=enrolment.pk)
    )
    seat = MakeUpSeat.objects.filter(enrolment=enrolment, missed=missed).with_sessions().first()
    if seat and seat.session_id == session.pk:
        return seat
    _refuse_unless_missed(enrolment, missed)
    session = _held(session)
    _refuse_unless_fits(session, missed)
    if seat and not _was_of_no_use(seat):
        raise ValidationError(
            _(
                "%(enterprise)s sudah diundang ke %(session)s untuk sesi ini. Batalkan undangan itu lebih dahulu."
            )
            % {"enterprise": enrolment.enterprise, "session": seat.session}
        )
    if seat:
        _remove(seat, by=by)
    made = MakeUpSeat(enrolment=enrolment, session=session, missed=missed, invited_by=by)
    made.full_clean()
    made.save()
    record("makeupseat.invited", made, by=by, session=session.code, missed=missed.code)
    _tell_of_invited(made)
    return made


@transaction.atomic
def withdraw_make_up(seat: MakeUpSeat, *, by: User) -> None:
    """Take an invitation back and tell the owner; ValidationError once somebody of the IKM was marked there."""
    _held(seat.session)
    seat = MakeUpSeat.objects.with_sessions().select_for_update(of=("self",)).get(pk=seat.pk)
    if Attendance.objects.filter(session=seat.session, enrolment=seat.enrolment).exists():
        raise ValidationError(_("Kehadiran di sesi susulan ini sudah tercatat, jadi undangannya tetap."))
    with for_others():
        title = _("Undangan sesi susulan dibatalkan: %(session)s") % {"session": seat.session}
        _tell_owner(seat, "makeup.withdrawn", title)
    _remove(seat, by=by)


@for_others()
def withdraw_all(session: TrainingSession, reason: str, *, by: User) -> None:
    """Take back every invitation to a session that was called off, and tell each owner why."""
    for seat in MakeUpSeat.objects.filter(session=session).with_sessions():
        title = _("Sesi susulan batal: %(session)s") % {"session": session}
        _tell_owner(seat, "makeup.withdrawn", title, reason)
        _remove(seat, by=by)


def _held(session: TrainingSession) -> TrainingSession:
    """Return the session as it is now, and keep it so: nobody calls it off until we are done; check-ins go on."""
    return (
        TrainingSession.objects.select_for_update(of=("self",), no_key=True).with_place().get(pk=session.pk)
    )


def _refuse_unless_missed(enrolment: Enrolment, missed: TrainingSession) -> None:
    if not enrolment.is_on_roster:
        raise ValidationError(
            _("%(enterprise)s tidak di daftar angkatannya lagi.") % {"enterprise": enrolment.enterprise}
        )
    module = next(
        (item for item in module_progress(enrolment) if item.module.code == missed.module.code), None
    )
    lines = module.lines if module else ()
    line = next((line for line in lines if line.meeting.session.pk == missed.pk), None)
    if module is None or line is None or not line.is_held or line.is_present or module.attendance.is_full:
        raise ValidationError(_("Sesi ini tidak terlewat, jadi tidak ada yang perlu diganti."))


def _refuse_unless_fits(session: TrainingSession, missed: TrainingSession) -> None:
    waiting = (TrainingSession.Status.SCHEDULED, TrainingSession.Status.OPEN)
    if session.status not in waiting:
        raise ValidationError(_("Pilih sesi yang dijadwalkan atau sedang berlangsung."))
    if session.cohort_id == missed.cohort_id:
        raise ValidationError(_("Sesi angkatan sendiri tidak memerlukan undangan."))
    if session.module.code != missed.module.code:
        raise ValidationError(_("Pilih sesi dari modul yang sama."))


def _was_of_no_use(seat: MakeUpSeat) -> bool:
    """Whether the session is over and nobody of the IKM came."""
    came = Attendance.objects.present().filter(session=seat.session, enrolment=seat.enrolment)
    return seat.session.status == TrainingSession.Status.CLOSED and not came.exists()


def _remove(seat: MakeUpSeat, *, by: User) -> None:
    record("makeupseat.withdrawn", seat, by=by, session=seat.session.code, missed=seat.missed.code)
    seat.delete()


@for_others()
def _tell_of_invited(seat: MakeUpSeat) -> None:
    session, enrolment = seat.session, seat.enrolment
    _tell_owner(seat, "makeup.invited", _("Undangan sesi susulan: %(session)s") % {"session": session})
    tell(
        [session.trainer],
        "makeup.expected",
        _("Peserta susulan: %(enterprise)s") % {"enterprise": enrolment.enterprise},
        body=_("%(session)s. Dari %(cohort)s, mengganti %(missed)s.")
        % {"session": session, "cohort": enrolment.cohort, "missed": seat.missed},
        path=session.get_absolute_url(),
    )


@for_others()
def _tell_owner(seat: MakeUpSeat, kind: str, title: str, reason: str = "") -> None:
    session = seat.session
    lines = [
        moment(session.starts_at, session),
        f"{session.place}, {session.regency.short_name}",
        _("Mengganti %(missed)s") % {"missed": seat.missed},
    ]
    tell(
        seat.enrolment.enterprise.people.active().accounts(),
        kind,
        title,
        body=". ".join([*lines, reason] if reason else lines) + ".",
        path=reverse("trainings:my_schedule"),
    )
