"""The queue of applications, one application, and the lead's decision."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.actions.reviews import possible_reviewers
from participants.actions.selection import AlreadyDecided
from participants.forms.selection import DecisionForm, QueueFilter, ReviewersForm
from participants.models import Application, ApplicationReview, Cohort, Enterprise
from participants.models.applications import ranked
from participants.selection import average, total
from participants.twins import twins_of
from participants.views.saving import is_good, refused, saved, say

Status = Application.Status
A_PAGE = 50


@requires(Permission.APPLICATION_VIEW, Permission.APPLICATION_REVIEW)
def applications(request):
    """What was sent, the longest waiting first; a reviewer sees what they are asked to score."""
    if not request.user.may(Permission.APPLICATION_VIEW):
        reviews = ApplicationReview.objects.visible_to(request.user).select_related("application__cohort")
        context = {"reviews": reviews.order_by("filed_at", "created_at")}
        return render(request, "participants/selection_mine.html", context)
    queue = QueueFilter(request.GET, user=request.user)
    rows = queue.narrow(Application.objects.visible_to(request.user)).with_filed_count()
    rows = rows.select_related("cohort", "regency__province", "decided_by").order_by("submitted_at")
    cohorts = Cohort.objects.visible_to(request.user).filter(applications__in=rows.values("pk")).distinct()
    context = {
        "queue": queue,
        "may_manage": request.user.may(Permission.COHORT_MANAGE),
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "cohorts": cohorts,
    }
    return render(request, "participants/selection_queue.html", context)


def application_of(request, code: str) -> Application:
    rows = Application.objects.visible_to(request.user).prefetch_related("reviews__reviewer")
    return get_object_or_404(
        rows.select_related("cohort", "form", "regency__province", "registered_as", "decided_by"), code=code
    )


@requires(Permission.APPLICATION_VIEW)
def application(request, code):
    """What the applicant wrote, whom they may be already, who judges, and what both said once both did."""
    found = application_of(request, code)
    return render(request, "participants/selection_application.html", facts_of(request, found))


def facts_of(request, found: Application) -> dict:
    """Return what the page about one application shows; scores only when both are filed."""
    user = request.user
    reviews = list(found.reviews.all())
    may_assign = user.may(Permission.COHORT_MANAGE) and found.status in (Status.SUBMITTED, Status.IN_REVIEW)
    undecided = found.status in (Status.SUBMITTED, Status.IN_REVIEW, Status.WAITING)
    people = possible_reviewers(found) if may_assign else None
    return {
        "application": found,
        "twins": twins_of(found) if undecided else [],
        "same_numbers": same_numbers(found, user),
        "reviews": reviews,
        "judgement": judgement_of(found, reviews) if found.is_judged else None,
        "assign_form": ReviewersForm(people=people, initial={"reviewers": [r.reviewer_id for r in reviews]})
        if people is not None
        else None,
        "may_resend": user.may(Permission.COHORT_MANAGE) and not found.forgotten_at,
        "may_decide": undecided and user.may(Permission.APPLICATION_DECIDE),
        "may_see_phone": user.may(Permission.IDENTITY_VIEW_FULL),
        "age": (timezone.now() - found.submitted_at).days,
    }


def same_numbers(found: Application, user):
    """Return other applications of the same phone number, in whatever cohort."""
    rows = Application.objects.visible_to(user).exclude(pk=found.pk).select_related("cohort")
    return rows.filter(phone=found.phone) if found.phone else rows.none()


def judgement_of(found: Application, reviews: list[ApplicationReview]) -> dict:
    """Return both reviews side by side, with totals and what they disagree about."""
    criteria = found.form.read()
    return {
        "rows": [
            (criterion, [review.scores[criterion.code] for review in reviews]) for criterion in criteria
        ],
        "totals": [total(review.scores, criteria) for review in reviews],
        "average": average(found.opinions()),
        "disputes": found.disputes() if found.status in (Status.IN_REVIEW, Status.WAITING) else [],
        "agreed": found.agreed(),
        "place": found.place(),
        "form": found.form,
    }


@require_POST
@requires(Permission.COHORT_MANAGE)
def assign_reviewers(request, code):
    """Ask two people to judge an application."""
    found = application_of(request, code)
    people = possible_reviewers(found)
    form = ReviewersForm(request.POST, people=people)
    if form.is_valid():
        asked = saved(form, actions.assign_reviewers, found, form.cleaned_data["reviewers"], by=request.user)
        if asked:
            messages.success(request, _("Kedua penilai sudah diberi tahu."))
            return redirect(found)
    context = facts_of(request, found) | {"assign_form": form}
    return render(request, "participants/selection_application.html", context)


@requires(Permission.APPLICATION_DECIDE)
def decide_application(request, code):
    """Accept, put on the waiting list, or refuse with a reason; final, with name and time."""
    found = application_of(request, code)
    twins = twins_of(found)
    known = Enterprise.objects.filter(pk__in=[twin.enterprise.pk for twin in twins])
    certain = next((twin.enterprise.code for twin in twins if twin.is_certain), None)
    initial = {"seen": found.status, "enterprise": certain}
    form = DecisionForm(request.POST or None, application=found, twins=known, initial=initial)
    if is_good(request, form):
        try:
            actions.decide_application(found, by=request.user, **form.cleaned_data)
        except AlreadyDecided as error:
            refused(request, error)
            return redirect(found)
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(request, _("Keputusan dicatat dan pendaftar diberi tahu."))
            return redirect(found)
    context = {
        "application": found,
        "form": form,
        "twins": twins,
        "judgement": judgement_of(found, list(found.reviews.all())) if found.is_judged else None,
    }
    return render(request, "participants/selection_decide.html", context)


@requires(Permission.APPLICATION_VIEW)
def shortlist(request, code):
    """The judged applications of a cohort, best first, with the line where its places end."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), code=code)
    places = ranked(cohort)
    rows = Application.objects.visible_to(request.user).in_bulk([place.key for place in places])
    for row in rows.values():
        row.cohort = cohort
    context = {
        "cohort": cohort,
        "count": Application.objects.visible_to(request.user).filter(cohort=cohort).count(),
        "places": [(place, rows[place.key]) for place in places],
        "left": cohort.places_left,
        "decided": cohort.applications.filter(status__in=[Status.ACCEPTED, Status.REJECTED]).order_by(
            "status"
        ),
    }
    return render(request, "participants/selection_shortlist.html", context)
