"""Checking in: by the address in the QR, or by the code that is read aloud."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
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
from trainings.actions.checking_in import enrolment_of
from trainings.actions.leaving import may_leave
from trainings.actions.sending import LATE_IS_TAKEN_FOR
from trainings.check_in_codes import as_typed, in_groups, is_spoken_code
from trainings.forms.check_in import CheckInForm
from trainings.models import PlacePoint, TrainingSession
from trainings.roster import meant_for
from trainings.views.scans import form_scan_of, keep_phone, keep_scan, phone_of, scan_of
from trainings.views.sending import tells_where
from trainings.window import Phase

RETRY_SECONDS = 15
# what an action refuses although it may have been right when it was pressed
CAME_LATE = ("over", "stale", "wrong_code")


@tells_where
@requires(Permission.CHECK_IN)
def check_in(request):
    """Type the code that is read aloud: finds the session by it."""
    delegate = "wakil" in request.GET
    form = CheckInForm(posted(request), delegate=delegate)
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        session = session_of_code(form, now)
        person = chosen(request, list(own_people(request.user, session))) if session else None
        if done := press(request, session, person, form, now):
            return done
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


@tells_where
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
    people = list(own_people(request.user, session))
    person = chosen(request, people)
    if person is None:
        if not scan and not TrainingSession.objects.visible_to(request.user).filter(pk=session.pk).exists():
            raise Http404
        return render(request, "trainings/check_in_refused.html", {"session": session, "reason": "cohort"})
    delegate = "wakil" in request.GET
    scan = scan or form_scan_of(request, session)
    form = CheckInForm(posted(request), needs_code=scan is None, delegate=delegate, scan=scan)
    if (
        request.method == "POST"
        and form.is_valid()
        and (done := press(request, session, person, form, now, scan))
    ):
        return done
    earlier = session.attendances.filter(person=person).first()
    if earlier and not delegate:
        next_page = "trainings:leave" if may_leave(earlier, now) else "trainings:receipt"
        return redirect(next_page, earlier.receipt)
    if waiting := wait_or_refuse(request, session, now):
        return waiting
    return render(
        request,
        "trainings/check_in_session.html",
        {
            "session": session,
            "person": person,
            # who is of one IKM, as nearly all are, costs no further question
            "others": people_to_check_in(request.user, session).exclude(pk=person.pk) if people[1:] else [],
            "form": form,
            "scan": scan,
            "why_not": why_not,
            "delegate": delegate,
            "point": PlacePoint.objects.of(session),
        },
    )


def press(request, session, person, form, now, scan=None):
    """Check the reader in and go to the receipt, or on from what arrived too late; None when the form says why not."""
    answer = form.cleaned_data
    token, scanned_at = (scan.token, scan.at) if scan else (answer["code"], None)
    try:
        mark = record_presence(
            request,
            session,
            person,
            token,
            now,
            scanned_at=scanned_at,
            delegate_name=answer.get("delegate_name", ""),
            sending=form.sending,
        )
    except ValidationError as error:
        if error.code in CAME_LATE and (late := keep_late(request, session, person, form, scan, now)):
            return late
        form.add_error("code" if "code" in form.fields else None, error)
        return None
    if mark.created_at < now:
        messages.info(request, _("Kehadiran ini sudah tercatat sebelumnya; tidak ada yang dicatat dua kali."))
    response = redirect("trainings:receipt", mark.receipt)
    keep_phone(request, response)
    return response


def keep_late(request, session, person, form, scan, now):
    """Keep for the trainer what was pressed in time and arrives too late; None when it is nothing of the kind.

    Once the session is closed only staff change a mark: the request for that is opened, filled in.
    """
    is_over = session.window.phase(now) == Phase.OVER or session.status == TrainingSession.Status.CLOSED
    if form.sending is None or "delegate_name" in form.fields or not (is_over or form.sending.was_delayed):
        return None
    enrolment = enrolment_of(person, session)
    try:
        sent = actions.keep_late(
            session,
            enrolment,
            code=scan.token if scan else form.cleaned_data["code"],
            by=request.user,
            sending=form.sending,
            scanned_at=scan.at if scan else None,
            now=now,
        )
    except ValidationError:
        return None
    mark = session.attendances.filter(enrolment=enrolment).first()
    if session.status == TrainingSession.Status.CLOSED and mark and not mark.counts_as_present:
        messages.warning(
            request,
            _(
                "Presensi Anda sampai setelah sesi ditutup, jadi belum dihitung. Kirim permintaan ini ke petugas."
            ),
        )
        query = urlencode({"kiriman": sent.pk.hex})
        return redirect(f"{reverse('trainings:ask_correction', args=[mark.receipt])}?{query}")
    messages.warning(
        request,
        _("Presensi Anda sampai terlambat, jadi belum tercatat. Narasumber meninjaunya.")
        if is_over
        else _(
            "Presensi Anda sampai terlambat, jadi belum tercatat. Narasumber meninjaunya; bila QR masih ada di "
            "layar, pindai lagi."
        ),
    )
    return redirect("trainings:my_session", session.code)


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


def session_of_code(form, now):
    """Return the session whose code it is now, or was when the phone says it was pressed; or None."""
    code, pressed = form.cleaned_data["code"], form.cleaned_data["pressed"]
    if (
        (session := find_by_code(code, now))
        or not pressed
        or not LATE_IS_TAKEN_FOR >= now - pressed > timedelta(0)
    ):
        return session
    return find_by_code(code, pressed)


def find_by_code(code, now):
    """Return the session whose spoken code this is, among those near in time, or None."""
    near = TrainingSession.objects.with_place().filter(
        status__in=[
            TrainingSession.Status.SCHEDULED,
            TrainingSession.Status.OPEN,
            TrainingSession.Status.CLOSED,
        ],
        starts_at__lt=now + timedelta(days=1),
        ends_at__gt=now - timedelta(days=1),
    )
    return next((session for session in near if is_spoken_code(session.secret, code, now)), None)


def record_presence(request, session, person, code, now, *, scanned_at=None, delegate_name="", sending=None):
    """Check the reader in, or raise ValidationError with what to tell them."""
    if session is None:
        raise ValidationError(
            _("Kode %(code)s tidak dikenal atau sudah berganti. Periksa lagi di layar.")
            % {"code": in_groups(as_typed(code))}
        )
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
        sending=sending,
    )


def own_people(user, session):
    """Return who the reader is at this session, once for each of their IKM in its cohort or invited to it."""
    enterprises = (
        Enrolment.objects.filter(meant_for(session))
        .exclude(status=Enrolment.Status.APPLICANT)
        .values("enterprise")
    )
    return Person.objects.active().filter(user=user, enterprise__in=enterprises).select_related("enterprise")


def chosen(request, people):
    """Return for which of their IKM the reader checks in: the one in the address, else the first; or None."""
    return next(
        (one for one in people if one.enterprise.code == request.GET.get("ikm")), next(iter(people), None)
    )


def people_to_check_in(user, session):
    """Return the reader at each of their IKM that has no mark of theirs yet."""
    return own_people(user, session).exclude(attendances__session=session)


def posted(request):
    """Return what a form is bound to: also a post without a single field is an answer."""
    return request.POST if request.method == "POST" else None
