"""Checking in: by the address in the QR, or by the code that is read aloud."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enrolment, Person
from trainings import actions
from trainings.check_in_codes import as_typed, in_groups, is_spoken_code
from trainings.forms.check_in import CheckInForm
from trainings.models import TrainingSession
from trainings.roster import meant_for
from trainings.views.scans import keep_phone, keep_scan, phone_of, scan_of
from trainings.window import Phase

RETRY_SECONDS = 15


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
    scan, why_not = scan_of(request, session, now)
    if request.user.is_authenticated:
        response = confirm(request, session, scan, now, why_not)
    else:
        # a good token goes into no address that can be forwarded; a stale one explains itself after signing in
        token = f"?{urlencode({'t': request.GET['t']})}" if why_not and "t" in request.GET else ""
        response = redirect_to_login(reverse("trainings:check_in_session", args=[session.code]) + token)
    if scan:
        keep_scan(request, response, scan)
    return response


@requires(Permission.CHECK_IN)
def confirm(request, session, scan, now, why_not=""):
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
        token, scanned_at = (scan.token, scan.at) if scan else (answer["code"], None)
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
        {
            "session": session,
            "person": person,
            "form": form,
            "scan": scan,
            "why_not": why_not,
            "delegate": delegate,
        },
    )


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
        device=phone_of(request),
        now=now,
        scanned_at=scanned_at,
        delegate_name=delegate_name,
    )


def own_person(user, session):
    """Return who the reader is at this session: a person of an IKM of its cohort or invited to it; or None."""
    enterprises = (
        Enrolment.objects.filter(meant_for(session))
        .exclude(status=Enrolment.Status.APPLICANT)
        .values("enterprise")
    )
    return (
        Person.objects.active()
        .filter(user=user, enterprise__in=enterprises)
        .select_related("enterprise")
        .first()
    )


def to_receipt(request, mark):
    """Go to the receipt; the phone keeps what it is known by, so that two IKM on one phone are noticed."""
    response = redirect("trainings:receipt", mark.receipt)
    keep_phone(request, response)
    return response


def posted(request):
    """Return what a form is bound to: also a post without a single field is an answer."""
    return request.POST if request.method == "POST" else None
