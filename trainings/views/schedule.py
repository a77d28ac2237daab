"""Planning sessions: the list, the form, moving, calling off."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.workflow import TransitionError
from participants.models import Cohort, Enrolment
from trainings import actions
from trainings.clashes import NotAgreed
from trainings.filters import SessionFilter, cohorts_known_to
from trainings.forms.base import ReasonForm
from trainings.forms.sessions import MoveForm, NewSessionForm
from trainings.lacking import lacking_of
from trainings.models import Attendance, CohortCurriculum, TrainingSession
from trainings.order_of_modules import EXTRA
from trainings.progress import cohort_share

# who makes up for another cohort's session is counted there
OWN = Q(attendances__enrolment__cohort=F("cohort"))
PRESENT = Q(attendances__status__in=Attendance.PRESENT) & ~Q(attendances__verification="rejected")


# COHORT_VIEW, not TRAINING_VIEW: owners have a plan of their own at /saya/jadwal/
@requires(Permission.COHORT_VIEW)
def sessions(request):
    """Every session one may know of, with filters in the address."""
    chosen = SessionFilter(request.GET, user=request.user)
    rows = counted(chosen.apply(TrainingSession.objects.visible_to(request.user)))
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(
        request,
        "trainings/sessions.html",
        {
            "page": page,
            "filter": chosen,
            "manages": request.user.may(Permission.TRAINING_MANAGE),
            "runs": request.user.may(Permission.SESSION_RUN),
        },
    )


@requires(Permission.COHORT_VIEW)
def cohort(request, code):
    """The plan of one cohort, its curriculum, and what of it is done."""
    cohort = get_object_or_404(cohorts_known_to(request.user), code=code)
    rows = counted(TrainingSession.objects.visible_to(request.user).filter(cohort=cohort))
    pin = CohortCurriculum.objects.filter(cohort=cohort).select_related("curriculum").first()
    modules = list(pin.curriculum.modules.select_related("prerequisite")) if pin else []
    return render(
        request,
        "trainings/cohort.html",
        {
            "cohort": cohort,
            "pin": pin,
            "modules": by_module(modules, rows),
            "share": cohort_share(cohort, request.user),
            "members": Enrolment.objects.on_roster().filter(cohort=cohort).count(),
            "drafts": sum(session.status == TrainingSession.Status.DRAFT for session in rows),
            "manages": request.user.may(Permission.TRAINING_MANAGE),
            "runs": request.user.may(Permission.SESSION_RUN),
        },
    )


@require_POST
@requires(Permission.TRAINING_MANAGE)
def publish(request, code):
    """Schedule the drafts of a cohort all at once; from now on owners see them."""
    cohort = get_object_or_404(cohorts_known_to(request.user), code=code)
    try:
        count = actions.publish_drafts(cohort, by=request.user, agreed=request.POST.get("agreed", ""))
    except NotAgreed as refusal:
        return render(request, "trainings/publish.html", {"cohort": cohort, "review": refusal.review})
    if count:
        text = ngettext("%(n)d sesi dijadwalkan.", "%(n)d sesi dijadwalkan.", count)
        messages.success(request, text % {"n": count})
    else:
        messages.info(request, _("Tidak ada sesi yang masih draf."))
    return redirect("trainings:cohort", code)


@requires(Permission.TRAINING_MANAGE)
def add(request):
    """Schedule one session, or a weekly series."""
    cohort = Cohort.objects.filter(code=request.GET.get("angkatan", "")).first()
    initial = {"cohort": cohort, "repeat": 1, "day": timezone.localdate(), "begin": "09:00", "end": "12:00"}
    form = NewSessionForm(
        request.POST if request.method == "POST" else None,
        cohort=cohort if request.method == "GET" else None,
        initial={**initial, "lesson_hours": 4, "module": request.GET.get("modul")},
    )
    found = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_sessions(
                form.cleaned_data["cohort"],
                actions.series(form.details(), count=form.cleaned_data["repeat"]),
                by=request.user,
                key=form.cleaned_data["key"],
                agreed=request.POST.get("agreed", ""),
            )
        except NotAgreed as refusal:
            found = refusal.review
        except ValidationError as error:
            form.take_errors(error)
        else:
            text = ngettext("%(n)d sesi dijadwalkan.", "%(n)d sesi dijadwalkan.", len(made))
            messages.success(request, text % {"n": len(made)})
            warn_of_prerequisite(request, made[0])
            return redirect(made[0]) if len(made) == 1 else redirect("trainings:cohort", made[0].cohort.code)
    context = {"form": form, "session": None, "review": found, "cohort": cohort}
    return render(request, "trainings/session_form.html", context)


@requires(Permission.TRAINING_MANAGE)
def edit(request, code):
    """Move a session or change what is said about it, while it has not begun."""
    session = find(request, code)
    movable = (TrainingSession.Status.DRAFT, TrainingSession.Status.SCHEDULED)
    if session.status not in movable:
        messages.error(request, _("Jadwal hanya dapat diubah sebelum sesi dimulai."))
        return redirect(session)
    begin, end = session.starts_at.astimezone(session.zone), session.ends_at.astimezone(session.zone)
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        later=TrainingSession.objects.following(session).with_place(),
        initial={
            **{name: getattr(session, name) for name in MoveForm.base_fields if hasattr(session, name)},
            "day": begin.date(),
            "begin": begin.time(),
            "end": end.time(),
        },
    )
    found = None
    if request.method == "POST" and form.is_valid():
        try:
            moved = actions.move_session(
                session,
                by=request.user,
                with_later=form.cleaned_data.get("with_later", False),
                agreed=request.POST.get("agreed", ""),
                **form.details(),
            )
        except NotAgreed as refusal:
            found = refusal.review
        except TransitionError as error:  # somebody opened it meanwhile
            messages.error(request, str(error))
            return redirect(session)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect(moved)
    context = {"form": form, "session": session, "review": found, "cohort": session.cohort}
    return render(request, "trainings/session_form.html", context)


@requires(Permission.TRAINING_MANAGE)
def cancel(request, code):
    """Call a session off, with the reason people will read."""
    session = find(request, code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_session(session, form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Sesi dibatalkan. Peserta dan narasumber diberi tahu."))
        return redirect(session)
    return render(
        request,
        "components/confirm.html",
        {
            "title": _("Batalkan sesi %(session)s?") % {"session": session},
            "text": _("Sesi yang batal tidak dihitung dalam kehadiran siapa pun."),
            "consequences": [_("Peserta dan narasumber diberi tahu dan membaca alasan Anda.")],
            "verb": _("Batalkan sesi"),
            "danger": True,
            "form": form,
            "cancel": session.get_absolute_url(),
        },
    )


def find(request, code):
    sessions = TrainingSession.objects.visible_to(request.user).with_place()
    return get_object_or_404(sessions, code=code)


def counted(sessions):
    """Return the sessions with everything a row shows, and how many IKM were present of those marked."""
    return sessions.with_place().annotate(
        present=Count("attendances__enrolment", filter=PRESENT & OWN, distinct=True),
        marked=Count("attendances__enrolment", filter=OWN, distinct=True),
    )


def by_module(modules, sessions):
    """Return (module, its sessions, JP held, JP planned) in the order of the curriculum; what is made up adds none."""
    groups = {module.pk: [] for module in modules}
    for session in sessions:
        groups.setdefault(session.module_id, []).append(session)
    taught = {key: [one for one in rows if one.kind not in EXTRA] for key, rows in groups.items()}
    return [
        (
            module,
            groups[module.pk],
            sum(one.lesson_hours for one in taught[module.pk] if one.status == "closed"),
            sum(one.lesson_hours for one in taught[module.pk] if one.status != "cancelled"),
        )
        for module in modules
    ]


def warn_of_prerequisite(request, session) -> None:
    """Say how many of the roster have not passed what the module builds on; it stops nobody."""
    if lacking := lacking_of(session.cohort, session.module):
        messages.warning(
            request,
            _("%(n)s dari %(m)s IKM di daftar belum lulus prasyarat %(code)s. Sesi tetap dapat berjalan.")
            % {"n": len(lacking.enrolments), "m": lacking.total, "code": lacking.code},
        )
