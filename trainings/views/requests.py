"""Excuses and corrections: asked on the owner's phone, answered on the trainer's and at the desk."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.files import inline
from closedloop.core.formats import moment
from participants.models import Enrolment
from trainings import actions
from trainings.forms.requests import AnswerForm, CorrectionAskForm, ExcuseForm
from trainings.models import Attendance, CorrectionRequest, Excuse, SentCheckIn, TrainingSession


@requires(Permission.CHECK_IN)
def ask_excuse(request, code):
    """Say that nobody of one's IKM can come, and why."""
    sessions = TrainingSession.objects.visible_to(request.user).published().with_place()
    session = get_object_or_404(sessions, code=code)
    enrolment = Enrolment.objects.visible_to(request.user).filter(cohort=session.cohort_id).first()
    if enrolment is None:
        raise Http404
    form = ExcuseForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_excuse(session, enrolment, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Permintaan terkirim. Narasumber menjawabnya di sini."))
            return redirect("trainings:my_session", session.code)
    context = {"session": session, "form": form, "enterprise": enrolment.enterprise}
    return render(request, "trainings/ask_excuse.html", context)


@requires(Permission.CHECK_IN)
def ask_correction(request, receipt):
    """Say that a mark of a closed session is wrong, and why."""
    mark = get_object_or_404(
        Attendance.objects.visible_to(request.user).select_related(
            "person", "enrolment__enterprise", "session__regency__province"
        ),
        receipt=receipt,
    )
    form = CorrectionAskForm(*sent(request), initial=said_by_phone(request, mark))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_correction(mark, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Permintaan koreksi terkirim. Petugas menjawabnya di sini."))
            return redirect("trainings:receipt", mark.receipt)
    return render(
        request, "trainings/ask_correction.html", {"mark": mark, "session": mark.session, "form": form}
    )


def said_by_phone(request, mark):
    """Return what a check-in that arrived after the closing says, so that the owner need not write it."""
    try:
        key = UUID(request.GET.get("kiriman", ""))
    except ValueError:
        return {}
    late = SentCheckIn.objects.filter(pk=key, sender=request.user, session=mark.session_id).first()
    if late is None:
        return {}
    reason = _("Saya hadir. Presensi saya dari %(pressed)s baru sampai %(arrived)s karena sinyal.")
    times = {
        "pressed": moment(late.proved_for, mark.session),
        "arrived": moment(late.created_at, mark.session),
    }
    return {"wanted": Attendance.Status.PRESENT, "reason": reason % times}


@requires(Permission.SESSION_RUN)
def requests(request):
    """What owners asked and nobody has answered, the oldest first."""
    excuses = (
        Excuse.objects.visible_to(request.user)
        .asked()
        .select_related("enrolment__enterprise", "session__regency__province")
    )
    corrections = (
        CorrectionRequest.objects.visible_to(request.user)
        .asked()
        .select_related("attendance__enrolment__enterprise", "attendance__session__regency__province")
    )
    manages = request.user.may(Permission.TRAINING_MANAGE)
    return render(
        request,
        "trainings/requests.html",
        {"excuses": excuses, "corrections": corrections, "manages": manages},
    )


@requires(Permission.SESSION_RUN)
def answer_excuse(request, pk):
    """Read why, look at the photo, decide."""
    excuse = get_object_or_404(
        Excuse.objects.visible_to(request.user).select_related(
            "enrolment__enterprise", "session__regency__province", "asked_by", "answered_by"
        ),
        pk=pk,
    )
    return answer(request, excuse, actions.answer_excuse, excuse.session, excuse.get_kind_display())


@requires(Permission.TRAINING_MANAGE)
def answer_correction(request, pk):
    """Open what is closed, or say why not."""
    asked = get_object_or_404(
        CorrectionRequest.objects.visible_to(request.user).select_related(
            "attendance__enrolment__enterprise",
            "attendance__session__regency__province",
            "attendance__person",
            "asked_by",
            "answered_by",
        ),
        pk=pk,
    )
    mark = asked.attendance
    what = _("%(before)s menjadi %(after)s") % {"before": mark.label, "after": asked.get_wanted_display()}
    return answer(request, asked, actions.answer_correction, mark.session, what)


def answer(request, asked, act, session, what: str):
    """Show one request with the form of its answer; a decided one shows what was decided."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act(asked, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Jawaban tersimpan. Peminta diberi tahu."))
            return redirect("trainings:requests")
    context = {"asked": asked, "session": session, "what": what, "form": form}
    return render(request, "trainings/answer_request.html", context)


@require_safe
@requires(Permission.TRAINING_VIEW)
def excuse_photo(request, pk):
    excuse = get_object_or_404(Excuse.objects.visible_to(request.user).exclude(photo=""), pk=pk)
    return photo_of(request, excuse)


@require_safe
@requires(Permission.TRAINING_VIEW)
def correction_photo(request, pk):
    asked = get_object_or_404(CorrectionRequest.objects.visible_to(request.user).exclude(photo=""), pk=pk)
    return photo_of(request, asked)


def photo_of(request, asked):
    """Return the photo to those who ask and those who answer; a doctor's note is nobody else's business."""
    if asked.asked_by_id != request.user.pk and not request.user.may(Permission.SESSION_RUN):
        raise PermissionDenied
    return inline(asked.photo, f"permintaan-{asked.pk}")


def sent(request):
    return (request.POST, request.FILES) if request.method == "POST" else ()
