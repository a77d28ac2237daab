"""The owner's phone: the plan, checking in, the receipt."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enrolment, Person
from trainings import actions
from trainings.actions.checking_in import SCAN_LASTS, can_undo
from trainings.check_in_codes import as_typed, in_groups, is_qr_token, is_spoken_code
from trainings.forms.check_in import CheckInForm
from trainings.models import Attendance, Excuse, TrainingSession
from trainings.progress import enrolment_attendance, progress_of
from trainings.window import Phase

SCAN_COOKIE = "pindai"
DEVICE_COOKIE = "perangkat"
YEAR = 365 * 24 * 3600
RETRY_SECONDS = 15


@requires(Permission.CHECK_IN)
def my_schedule(request):
    """Coming and past sessions with one's own marks, and how far one is with each module."""
    now = timezone.now()
    sessions = TrainingSession.objects.visible_to(request.user).published().with_place()
    past = Paginator(sessions.filter(ends_at__lt=now).order_by("-starts_at"), 10)
    page = past.get_page(request.GET.get("page"))
    enrolments = list(
        Enrolment.objects.visible_to(request.user)
        .exclude(status__in=[Enrolment.Status.APPLICANT, Enrolment.Status.WITHDRAWN])
        .select_related("enterprise", "cohort")
        .order_by("-cohort__starts_on")
    )
    progress = progress_of(enrolments)
    return render(
        request,
        "trainings/my_schedule.html",
        {
            "coming": with_own_marks(sessions.expecting(request.user).filter(ends_at__gte=now), enrolments),
            "past": with_own_marks(page, enrolments),
            "page": page,
            "modules": [(enrolment, progress[enrolment.pk]) for enrolment in enrolments],
            "today": timezone.localdate(),
        },
    )


@requires(Permission.CHECK_IN)
def my_session(request, code):
    """One session: when, where, by whom, and one's own marks at it."""
    session = get_object_or_404(
        TrainingSession.objects.visible_to(request.user).published().with_place(), code=code
    )
    marks = Attendance.objects.visible_to(request.user).filter(session=session)
    return render(
        request,
        "trainings/my_session.html",
        {
            "session": session,
            "marks": marks.select_related("person"),
            "phase": session.window.phase(timezone.now()),
            "excuses": Excuse.objects.visible_to(request.user).filter(session=session),
        },
    )


@requires(Permission.CHECK_IN)
def check_in(request):
    """Type the code that is read aloud: finds the session by it."""
    delegate = "wakil" in request.GET
    form = CheckInForm(posted(request), delegate=delegate)
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        session = find_by_code(code, now)
        try:
            mark = record_presence(
                request, session, code, now, delegate_name=form.cleaned_data.get("delegate_name", "")
            )
        except ValidationError as error:
            form.add_error("code", error)
        else:
            return to_receipt(request, mark)
    today = TrainingSession.objects.expecting(request.user).published().live().with_place()
    return render(
        request,
        "trainings/check_in.html",
        {
            "form": form,
            "delegate": delegate,
            "sessions": today.filter(ends_at__gt=now, starts_at__lt=now + timedelta(hours=18))[:3],
        },
    )


@login_not_required
def check_in_session(request, code):
    """The address in the QR. What was scanned is kept on the phone while its owner signs in."""
    session = get_object_or_404(TrainingSession.objects.published().with_place(), code=code)
    now = timezone.now()
    token = request.GET.get("t", "")
    if is_qr_token(session.secret, session.code, token, now):
        scan = (token, now)
    else:
        scan = read_scan(request, session)
    if request.user.is_authenticated:
        response = confirm(request, session, scan, now)
    else:
        response = redirect_to_login(reverse("trainings:check_in_session", args=[session.code]))
    if scan and scan[1] == now:
        keep_scan(response, session, scan)
    return response


@requires(Permission.CHECK_IN)
def confirm(request, session, scan, now):
    """Ask "Anda hadir di sesi ini?" and record the answer; or say why not, and what to do."""
    person = own_person(request.user, session)
    if person is None:
        if not scan and not TrainingSession.objects.visible_to(request.user).filter(pk=session.pk).exists():
            raise Http404
        return render(request, "trainings/check_in_refused.html", {"session": session, "reason": "cohort"})
    delegate = "wakil" in request.GET
    earlier = session.attendances.filter(person=person).first()
    if earlier and not delegate:
        return redirect("trainings:receipt", earlier.receipt)
    if waiting := wait_or_refuse(request, session, now):
        return waiting
    form = CheckInForm(posted(request), needs_code=scan is None, delegate=delegate)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        token, scanned_at = scan or (answer["code"], None)
        try:
            mark = record_presence(
                request,
                session,
                token,
                now,
                scanned_at=scanned_at,
                delegate_name=answer.get("delegate_name", ""),
            )
        except ValidationError as error:
            form.add_error("code" if "code" in form.fields else None, error)
        else:
            return to_receipt(request, mark)
    return render(
        request,
        "trainings/check_in_session.html",
        {"session": session, "person": person, "form": form, "scan": scan, "delegate": delegate},
    )


@requires(Permission.CHECK_IN)
def receipt(request, receipt):
    """What was recorded, when, and for how long it can be taken back."""
    mark = own_mark(request.user, receipt)
    return render(
        request,
        "trainings/receipt.html",
        {
            "mark": mark,
            "session": mark.session,
            "share": enrolment_attendance(mark.enrolment),
            "can_undo": can_undo(mark, request.user, timezone.now()),
            "corrections": mark.corrections.select_related("by"),
            "asked": mark.correction_requests.order_by("-created_at"),
        },
    )


@require_POST
@requires(Permission.CHECK_IN)
def undo(request, receipt):
    """Take one's own mark back."""
    mark = own_mark(request.user, receipt)
    try:
        actions.undo_check_in(mark, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("trainings:receipt", receipt)
    messages.success(request, _("Kehadiran dibatalkan."))
    return redirect("trainings:my_session", mark.session.code)


def wait_or_refuse(request, session, now):
    """Return the page for a session that cannot be joined now, or None; early pages look again by themselves."""
    phase = session.window.phase(now)
    over = session.status in (TrainingSession.Status.CLOSED, TrainingSession.Status.CANCELLED)
    if over or phase == Phase.OVER:
        return render(request, "trainings/check_in_refused.html", {"session": session, "reason": "over"})
    early = phase == Phase.EARLY
    if not early and session.status == TrainingSession.Status.OPEN:
        return None
    seconds = int((session.window.opens_at - now).total_seconds()) + 1 if early else RETRY_SECONDS
    response = render(
        request,
        "trainings/check_in_early.html",
        {"session": session, "early": early, "seconds": seconds, "now": now},
    )
    # the address without the token: what was scanned is in the cookie, and the token is stale by then
    again = reverse("trainings:check_in_session", args=[session.code])
    response.headers["Refresh"] = f"{max(1, min(seconds, 60))}; url={again}"
    return response


def find_by_code(code, now):
    """Return the session whose spoken code this is, among those near in time, or None."""
    near = TrainingSession.objects.with_place().filter(
        status__in=[TrainingSession.Status.SCHEDULED, TrainingSession.Status.OPEN],
        starts_at__lt=now + timedelta(days=1),
        ends_at__gt=now - timedelta(days=1),
    )
    return next((session for session in near if is_spoken_code(session.secret, code, now)), None)


def record_presence(request, session, code, now, *, scanned_at=None, delegate_name=""):
    """Check the reader in, or raise ValidationError with what to tell them."""
    if session is None:
        raise ValidationError(
            _("Kode %(code)s tidak dikenal atau sudah berganti. Periksa lagi di layar.")
            % {"code": in_groups(as_typed(code))}
        )
    person = own_person(request.user, session)
    if person is None:
        raise ValidationError(
            _("Sesi ini untuk %(cohort)s. Hubungi petugas bila Anda seharusnya ikut.")
            % {"cohort": session.cohort}
        )
    return actions.check_in(
        session,
        person=person,
        code=code,
        by=request.user,
        device=request.COOKIES.get(DEVICE_COOKIE, "")[:64] or get_random_string(22),
        now=now,
        scanned_at=scanned_at,
        delegate_name=delegate_name,
    )


def own_person(user, session):
    """Return who the reader is at this session: a person of an IKM of its cohort; or None."""
    enterprises = (
        Enrolment.objects.filter(cohort=session.cohort_id)
        .exclude(status=Enrolment.Status.APPLICANT)
        .values("enterprise")
    )
    return (
        Person.objects.active()
        .filter(user=user, enterprise__in=enterprises)
        .select_related("enterprise")
        .first()
    )


def own_mark(user, receipt):
    return get_object_or_404(
        Attendance.objects.visible_to(user).select_related(
            "person", "enrolment__enterprise", "enrolment__cohort", "session__regency__province"
        ),
        receipt=receipt,
    )


def with_own_marks(sessions, enrolments):
    """Return (session, mark or None) pairs; the marks come in one query."""
    sessions = list(sessions)
    marks = {}
    for mark in Attendance.objects.filter(enrolment__in=enrolments, session__in=sessions):
        known = marks.get(mark.session_id)
        if known is None or (mark.counts_as_present and not known.counts_as_present):
            marks[mark.session_id] = mark
    return [(session, marks.get(session.pk)) for session in sessions]


def keep_scan(response, session, scan) -> None:
    """Remember on the phone, signed, what was scanned and when; it goes into no address that can be forwarded."""
    token, at = scan
    response.set_signed_cookie(
        SCAN_COOKIE,
        f"{session.code}:{token}:{at.timestamp():.3f}",
        salt=SCAN_COOKIE,
        max_age=int(SCAN_LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        path="/p/",
    )


def read_scan(request, session):
    """Return (token, when) of a scan of this session that this phone made a while ago, or None."""
    value = request.get_signed_cookie(
        SCAN_COOKIE, default="", salt=SCAN_COOKIE, max_age=int(SCAN_LASTS.total_seconds())
    )
    code, _colon, rest = value.partition(":")
    token, _colon, at = rest.rpartition(":")
    if code != session.code or not token:
        return None
    return token, datetime.fromtimestamp(float(at), tz=timezone.get_default_timezone())


def to_receipt(request, mark):
    """Go to the receipt; the phone keeps the mark it was given, so that two IKM on one phone are noticed."""
    response = redirect("trainings:receipt", mark.receipt)
    if not request.COOKIES.get(DEVICE_COOKIE):
        response.set_cookie(
            DEVICE_COOKIE,
            mark.device,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def posted(request):
    """Return what a form is bound to: also a post without a single field is an answer."""
    return request.POST if request.method == "POST" else None
