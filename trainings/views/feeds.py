"""One's training in one's own calendar."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.formats import time_range
from participants.models import Enrolment
from trainings import actions
from trainings.filters import cohorts_known_to
from trainings.icalendar import Entry, feed
from trainings.models import CalendarFeed, TrainingSession

BACK, AHEAD = timedelta(days=120), timedelta(days=400)


@requires(Permission.TRAINING_VIEW)
def feeds(request):
    """One's addresses, and the cohorts of which one can have one."""
    own = CalendarFeed.objects.visible_to(request.user).in_force().select_related("cohort")
    taken = {one.cohort_id for one in own}
    context = {
        "feeds": [(one, settings.SITE_URL + one.path, subscribing(one.path)) for one in own],
        "may_have_all": None not in taken,
        "cohorts": [one for one in cohorts_known_to(request.user).not_closed() if one.pk not in taken],
    }
    return render(request, "trainings/feeds.html", context)


def subscribing(path: str) -> str:
    """Return the address that a phone opens in its own calendar, which asks whether to follow it."""
    return "webcal://" + settings.SITE_URL.partition("://")[2] + path


@require_POST
@requires(Permission.TRAINING_VIEW)
def make_feed(request):
    """Make an address for a cohort, or for everything one may see."""
    cohort = None
    if code := request.POST.get("angkatan"):
        cohort = get_object_or_404(cohorts_known_to(request.user), code=code)
    actions.make_feed(by=request.user, cohort=cohort)
    messages.success(request, _("Tautan kalender siap. Salin ke aplikasi kalender Anda."))
    return redirect("trainings:feeds")


@require_POST
@requires(Permission.TRAINING_VIEW)
def end_feed(request, pk):
    """End an address; calendars that follow it get nothing more."""
    actions.end_feed(get_object_or_404(CalendarFeed.objects.visible_to(request.user), pk=pk), by=request.user)
    messages.success(request, _("Tautan kalender dimatikan."))
    return redirect("trainings:feeds")


@login_not_required
@require_safe
def calendar(request, token):
    """The feed itself: what its owner may see now. A calendar cannot sign in, so the address is the key."""
    found = get_object_or_404(
        CalendarFeed.objects.in_force().filter(user__is_active=True).select_related("user", "cohort"),
        token=token,
    )
    now = timezone.now()
    sessions = TrainingSession.objects.visible_to(found.user).published().with_place()
    sessions = sessions.filter(starts_at__gt=now - BACK, starts_at__lt=now + AHEAD).order_by("starts_at")
    if found.user.role == Role.OWNER:  # an entry of what is to come is an invitation
        invited = Enrolment.objects.visible_to(found.user).invited().values("cohort")
        sessions = sessions.filter(Q(starts_at__lt=now) | Q(cohort__in=invited))
    if found.cohort:
        sessions = sessions.filter(cohort=found.cohort)
    content = feed(_("Pelatihan %(what)s") % {"what": found}, entries_of(sessions.distinct()))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="pelatihan.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def entries_of(sessions) -> list[Entry]:
    """Return the sessions as calendar entries; how often each was changed is read from the trail."""
    sessions = list(sessions)
    changed = Event.objects.filter(
        target_type="trainings.trainingsession", target_id__in=[str(one.pk) for one in sessions]
    )
    told = {
        row["target_id"]: row
        for row in changed.order_by().values("target_id").annotate(times=Count("pk"), last=Max("at"))
    }
    return [entry_of(session, told.get(str(session.pk))) for session in sessions]


def entry_of(session: TrainingSession, told: dict | None) -> Entry:
    url = settings.SITE_URL + reverse("trainings:check_in_session", args=[session.code])
    clock = time_range(session.starts_at, session.ends_at, session)
    lines = [
        f"{session.cohort} · {session.module.heading} · {session.lesson_hours} JP",
        clock,
        _("Narasumber: %(name)s") % {"name": session.trainer},
    ]
    place = [session.place, session.address, session.regency.short_name]
    return Entry(
        uid=f"{session.pk}@ikm-closed-loop",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        changed_at=told["last"] if told else session.created_at,
        sequence=told["times"] - 1 if told else 0,
        title=session.title,
        place=", ".join(part for part in place if part),
        text="\n".join(lines),
        url=url,
        is_cancelled=session.status == TrainingSession.Status.CANCELLED,
    )
