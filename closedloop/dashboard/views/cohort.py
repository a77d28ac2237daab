"""One cohort on one page: how many, how far, what comes next, who accompanies, by which versions."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.dashboard.pins import pins_of
from closedloop.figures import catalogue as figures
from closedloop.figures.catalogue import Scope
from participants.models import Cohort, Enrolment, MentorAssignment
from trainings.counting import total
from trainings.models import TrainingSession
from trainings.progress import progress_of

TILES = ("attendance.rate", "attendance.modules_passed", "scores.last")
MEMBERS_A_PAGE = 50
SESSIONS_SHOWN = 5


@requires(Permission.COHORT_VIEW)
def cohort(request, code):
    """The cohort at a glance, for everybody who may know of it; the query count does not depend on its size."""
    rows = Cohort.objects.visible_to(request.user).with_member_count()
    found = get_object_or_404(rows, code=code)
    known = Enrolment.objects.visible_to(request.user).filter(cohort=found)
    page = Paginator(
        known.open().select_related("enterprise__regency").with_mentor().order_by("enterprise__name"),
        MEMBERS_A_PAGE,
    ).get_page(request.GET.get("page"))
    values = figures.collect([*TILES], Scope(user=request.user, cohort=found))
    context = {
        "cohort": found,
        "left": found.quota - found.member_count,
        "tiles": [values[code] for code in TILES],
        "page": page,
        "members": with_progress(list(page.object_list)),
        "states": counts_by_status(known),
        "sessions": coming_sessions(request.user, found),
        "mentors": mentors_of(known),
        "pins": pins_of(found),
        "may_manage": request.user.may(Permission.COHORT_MANAGE),
    }
    return render(request, "dashboard/cohort.html", context)


def with_progress(enrolments):
    """Return (enrolment, modules passed, modules, attendance) for each."""
    progress = progress_of(enrolments)
    return [
        (
            enrolment,
            sum(item.is_passed for item in progress[enrolment.pk]),
            len(progress[enrolment.pk]),
            total(item.attendance for item in progress[enrolment.pk]),
        )
        for enrolment in enrolments
    ]


def counts_by_status(enrolments):
    """Return (status, its word, how many) for every status somebody has, in the order of the table."""
    counts = dict(enrolments.order_by().values_list("status").annotate(n=Count("pk", distinct=True)))
    return [(value, label, counts[value]) for value, label in Enrolment.Status.choices if value in counts]


def coming_sessions(user, cohort):
    coming = (
        TrainingSession.objects.visible_to(user).live().filter(cohort=cohort, ends_at__gte=timezone.now())
    )
    return coming.with_place().order_by("starts_at").distinct()[:SESSIONS_SHOWN]


def mentors_of(enrolments):
    """Return (mentor's name, how many IKM) of those who accompany members on the roster now."""
    rows = MentorAssignment.objects.filter(ends_on=None, enrolment__in=enrolments.on_roster().values("pk"))
    return rows.order_by("mentor__full_name").values_list("mentor__full_name").annotate(n=Count("pk"))
