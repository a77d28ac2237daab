"""A factory visit on the trainer's phone: whose factory, what is seen there, photos, and that it took place."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.files import inline
from participants.models import Enrolment
from trainings import actions
from trainings.actions.visits import BEGUN
from trainings.forms.visits import VisitForm, VisitPhotoForm
from trainings.models import TrainingSession, Visit, VisitPhoto

SHOWN = 30


@requires(Permission.SESSION_RUN)
def visit(request, code):
    """Choose the host; then fill in the list as often as needed until it is confirmed."""
    session = visit_session(request, code)
    one = Visit.objects.for_pages().filter(session=session).first()
    if one is None or ("tuan-rumah" in request.GET and request.method == "GET" and not one.led_at):
        context = {"session": session, "hosts": hosts_for(request, session)}
        return render(request, "trainings/visit_host.html", context)
    confirms = request.method == "GET" or "confirm" in request.POST
    form = form_of(request.POST if request.method == "POST" else None, one, is_whole=confirms)
    if request.method == "POST" and form.is_valid():
        act = actions.confirm_leading if confirms else actions.fill_visit
        try:
            act(one, form.answers(), summary=form.cleaned_data["summary"], by=request.user)
        except ValidationError as error:
            form.take_errors(error)
        else:
            said = _("Terkonfirmasi. Tuan rumah diminta mengonfirmasi juga.") if confirms else _("Tersimpan.")
            messages.success(request, said)
            return redirect(one)
    return page(request, one, form)


@requires(Permission.COHORT_VIEW)
def visits(request):
    """Visits of closed sessions that one side has not confirmed, the oldest first; and those that both did."""
    closed = Visit.objects.visible_to(request.user).filter(session__status=TrainingSession.Status.CLOSED)
    rows = closed.for_pages().order_by("session__starts_at")
    context = {"waiting": rows.unconfirmed(), "confirmed": rows.exclude(hosted_at=None).reverse()[:SHOWN]}
    return render(request, "trainings/visits.html", context)


def page(request, one: Visit, form: VisitForm, photo_form: VisitPhotoForm | None = None):
    writable = one.led_at is None and one.session.status in BEGUN
    context = {
        "visit": one,
        "session": one.session,
        "answers": one.answers.all(),
        "photos": one.photos.all(),
        "form": form if writable else None,
        "photo_form": (photo_form or VisitPhotoForm()) if writable else None,
        "refused": photo_form or form,
    }
    return render(request, "trainings/visit.html", context)


@require_POST
@requires(Permission.SESSION_RUN)
def name_host(request, code, enrolment):
    """Say whose factory it is."""
    session = visit_session(request, code)
    host = get_object_or_404(hosts_for(request, session), pk=enrolment)
    try:
        actions.name_host(session, host, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("trainings:visit", session.code)


@require_POST
@requires(Permission.SESSION_RUN)
def add_photo(request, code):
    one = get_object_or_404(Visit.objects.for_pages(), session=visit_session(request, code))
    form = VisitPhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_visit_photo(one, form.cleaned_data["photo"], by=request.user)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Foto tersimpan."))
            return redirect(one)
    return page(request, one, form_of(None, one), form)


@require_safe
@requires(Permission.TRAINING_VIEW)
def photo(request, pk):
    seen = Visit.objects.visible_to(request.user)
    kept = get_object_or_404(VisitPhoto, visit__in=seen, pk=pk)
    return inline(kept.photo, f"kunjungan-{kept.pk}")


def visit_session(request, code: str) -> TrainingSession:
    """Return a visit of those sessions the reader may know of."""
    sessions = TrainingSession.objects.visible_to(request.user).with_place()
    session = get_object_or_404(sessions, code=code)
    if session.kind != TrainingSession.Kind.VISIT:
        raise Http404
    return session


def hosts_for(request, session: TrainingSession):
    """Return whose factory it can be: of the room a trainer knows, for the office also a graduate's."""
    rows = Enrolment.objects.on_roster().filter(cohort=session.cohort_id)
    if request.user.may(Permission.TRAINING_MANAGE):
        rows = rows | Enrolment.objects.filter(status=Enrolment.Status.GRADUATED)
    return rows.select_related("enterprise", "cohort").order_by("enterprise__name")


def form_of(data, one: Visit, *, is_whole: bool = True) -> VisitForm:
    return VisitForm(data, answers=one.answers.all(), summary=one.summary, is_whole=is_whole)
