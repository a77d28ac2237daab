"""Owners and trainers ask; somebody who may decides, once, and the asker is told."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.core.photos import CleanPhoto
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
from participants.models import Enrolment
from trainings.actions.marks import refuse_unless_on_roster
from trainings.actions.roster import correct
from trainings.models import Attendance, CorrectionRequest, Excuse, TrainingSession

Status = Excuse.Status


@transaction.atomic
def ask_excuse(
    session: TrainingSession,
    enrolment: Enrolment,
    kind: str,
    reason: str,
    *,
    by: User,
    photo: CleanPhoto | None = None,
) -> Excuse:
    """Ask that an IKM be excused from a session; a second time returns the request that is open or granted.

    Raises ValidationError for an IKM that is not on the roster, TransitionError once the session is closed.
    """
    TrainingSession.objects.status_for_check_in(session.pk)
    session.refresh_from_db(fields=["status"])
    if session.status in (TrainingSession.Status.CLOSED, TrainingSession.Status.CANCELLED):
        raise TransitionError(
            _("Sesi ini sudah selesai atau batal. Bila kehadiran Anda salah tercatat, minta koreksi.")
        )
    refuse_unless_on_roster(enrolment, session)
    Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    earlier = Excuse.objects.filter(
        session=session, enrolment=enrolment, status__in=[Status.ASKED, Status.GRANTED]
    ).first()
    if earlier:
        return earlier
    excuse = Excuse(session=session, enrolment=enrolment, kind=kind, reason=reason.strip(), asked_by=by)
    _keep(excuse, photo)
    record("excuse.asked", excuse, by=by, session=session.code, kind=str(kind))
    with for_others():
        tell(
            [session.trainer],
            "excuse.asked",
            _("Permintaan izin: %(enterprise)s") % {"enterprise": enrolment.enterprise},
            body=f"{session}. {excuse.reason}",
            path=reverse("trainings:answer_excuse", args=[excuse.pk]),
        )
    return excuse


@transaction.atomic
def answer_excuse(excuse: Excuse, *, grant: bool, answer: str = "", by: User) -> None:
    """Grant or refuse; raises TransitionError when it was answered already or the session is closed.

    A granted excuse becomes the IKM's mark when the session closes, unless somebody came after all.
    """
    if TrainingSession.objects.status_for_check_in(excuse.session_id) == TrainingSession.Status.CLOSED:
        raise TransitionError(_("Sesi ini sudah ditutup. Koreksi kehadirannya bila perlu."))
    _decide(excuse, grant=grant, answer=answer, by=by)
    _tell_asker(
        excuse, reverse("trainings:my_session", args=[excuse.session.code]), about=str(excuse.session)
    )


@transaction.atomic
def ask_correction(
    attendance: Attendance, wanted: str, reason: str, *, by: User, photo: CleanPhoto | None = None
) -> CorrectionRequest:
    """Ask staff to change a mark of a closed session; a second time returns the request that is open.

    Raises TransitionError while the session runs, ValidationError for the status the mark has already.
    """
    attendance = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance.pk)
    if attendance.session.status != TrainingSession.Status.CLOSED:
        raise TransitionError(_("Sesi ini belum ditutup. Minta narasumber mengubah daftar hadirnya."))
    rejected = attendance.verification == Attendance.Verification.REJECTED
    if attendance.status == wanted and not rejected:
        raise ValidationError({"wanted": _("Pilih status yang berbeda dari yang tercatat.")})
    if earlier := attendance.correction_requests.asked().first():
        return earlier
    asked = CorrectionRequest(attendance=attendance, wanted=wanted, reason=reason.strip(), asked_by=by)
    _keep(asked, photo)
    record("correctionrequest.asked", asked, by=by, session=attendance.session.code, wanted=str(wanted))
    return asked


@transaction.atomic
def answer_correction(asked: CorrectionRequest, *, grant: bool, answer: str = "", by: User) -> None:
    """Correct the mark as asked, or refuse with words; raises TransitionError when it was answered already."""
    _decide(asked, grant=grant, answer=answer, by=by)
    if grant:
        correct(asked.attendance, asked.wanted, asked.reason, by=by)
    path = reverse("trainings:receipt", args=[asked.attendance.receipt])
    _tell_asker(asked, path, about=str(asked.attendance.session))


def _keep(asked, photo: CleanPhoto | None) -> None:
    if photo:
        asked.photo.save(photo.name, ContentFile(photo.content), save=False)
    asked.full_clean(validate_constraints=False)
    asked.save(force_insert=True)


def _decide(asked, *, grant: bool, answer: str, by: User) -> None:
    answer = answer.strip()
    if not grant and not answer:
        raise ValidationError({"answer": _("Tulis alasan penolakan; peminta membacanya.")})
    if asked.asked_by_id == by.pk:
        raise ValidationError(_("Permintaan sendiri diputuskan orang lain."))
    status = asked.Status.GRANTED if grant else asked.Status.REFUSED
    asked.move_to(status, by=by, reason=answer, answer=answer, answered_at=timezone.now(), answered_by=by)


@for_others()
def _tell_asker(asked, path: str, *, about: str) -> None:
    title = _("%(request)s: %(status)s") % {
        "request": asked._meta.verbose_name.capitalize(),
        "status": asked.get_status_display().lower(),
    }
    body = ". ".join(part for part in (about, asked.answer) if part)
    tell([asked.asked_by], f"{asked._meta.model_name}.{asked.status}", title, body=body, path=path)
