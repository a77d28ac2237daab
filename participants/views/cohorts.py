"""Cohorts, and who takes part in them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.formats import date_medium
from participants import actions
from participants.consents import withdrawn
from participants.forms.cohorts import CohortForm, MentorForm, MoveEnrolmentForm
from participants.forms.enrolments import EnrolForm
from participants.models import Cohort, CohortPin, Enrolment, Enterprise, UnpinnedError
from participants.views.saving import is_good, refused, saved

MOST_CANDIDATES = 100
MEMBERS_A_PAGE = 100
BEFORE_THE_START = (Cohort.Status.PLANNED, Cohort.Status.OPEN)


@requires(Permission.COHORT_VIEW)
def cohorts(request):
    """The rounds of the programme, newest first."""
    rows = Cohort.objects.visible_to(request.user).with_member_count()
    context = {"cohorts": rows, "may_manage": request.user.may(Permission.COHORT_MANAGE)}
    return render(request, "participants/cohorts.html", context)


@requires(Permission.COHORT_VIEW)
def cohort(request, code):
    """One round: its dates, its quota, its members and who accompanies them."""
    found = get_object_or_404(Cohort.objects.visible_to(request.user).with_member_count(), code=code)
    members = (
        Enrolment.objects.visible_to(request.user)
        .filter(cohort=found)
        .select_related("enterprise__regency")
        .with_mentor()
        .with_consent()
        .order_by("enterprise__name")
    )
    status = request.GET.get("status", "")
    if status in Enrolment.Status.values:
        members = members.filter(status=status)
    context = {
        "cohort": found,
        "page": Paginator(members, MEMBERS_A_PAGE).get_page(request.GET.get("page")),
        "status": status if status in Enrolment.Status.values else "",
        "statuses": Enrolment.Status,
        "next_statuses": [
            (value, label)
            for value, label in Cohort.Status.choices
            if value in found.TRANSITIONS[found.status]
        ],
        "missing": CohortPin.missing_for(found) if found.status in BEFORE_THE_START else [],
        "over": found.member_count - found.quota,
        "may_manage": request.user.may(Permission.COHORT_MANAGE),
    }
    return render(request, "participants/cohort.html", context)


@requires(Permission.COHORT_MANAGE)
def edit_cohort(request, code):
    """Change the name, dates or quota of a round."""
    found = get_object_or_404(Cohort.objects.visible_to(request.user), code=code)
    form = CohortForm(request.POST or None, instance=found)
    if is_good(request, form):
        changed = saved(form, actions.update_cohort, found, by=request.user, **form.cleaned_data)
        if changed:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect(changed)
    stored = Cohort.objects.get(pk=found.pk)
    return render(request, "participants/cohort_form.html", {"form": form, "cohort": stored})


@require_POST
@requires(Permission.COHORT_MANAGE)
def move_cohort(request, code):
    """Open, start or close a round."""
    found = get_object_or_404(Cohort.objects.visible_to(request.user), code=code)
    try:
        actions.move_cohort(found, request.POST.get("status", ""), by=request.user)
    except UnpinnedError as error:
        to_pins = reverse("dashboard:cohort_pins", args=[code])
        messages.error(request, with_link(error.message, to_pins, _("Tetapkan versinya")))
    except ValidationError as error:
        refused(request, error)
    except ValueError:
        messages.error(request, _("Pilih status yang ada."))
    else:
        messages.success(
            request, _("Status angkatan menjadi %(status)s.") % {"status": found.get_status_display()}
        )
        if found.status == Cohort.Status.RUNNING and found.is_far_from(timezone.localdate()):
            text = _("Hari pertama menurut rencananya %(day)s, jauh dari hari ini. Periksa tanggalnya.")
            to_form = reverse("participants:edit_cohort", args=[code])
            said = text % {"day": date_medium(found.starts_on)}
            messages.warning(request, with_link(said, to_form, _("Ubah tanggal")))
    return redirect("participants:cohort", code)


def with_link(text: str, url: str, words: str) -> str:
    """Return a message that leads to where it can be mended."""
    return format_html('{} <a href="{}">{}</a>', text, url, words)


@requires(Permission.COHORT_MANAGE)
def enrol(request, code):
    """Pick enterprises that follow no round, and make them applicants of this one."""
    found = get_object_or_404(Cohort.objects.visible_to(request.user), code=code)
    query = request.GET.get("q", "").strip()
    free = Enterprise.objects.visible_to(request.user).exclude(
        pk__in=Enrolment.objects.open().values("enterprise")
    )
    free = free.exclude(enrolments__cohort=found).search(query).select_related("regency").order_by("name")
    form = EnrolForm(request.POST if "on" in request.POST else None)
    if request.method == "POST" and (form.is_valid() or not form.is_bound):
        chosen = list(free.filter(code__in=request.POST.getlist("ikm")))
        done = sum(enrolled(request, one, found, form) for one in chosen)
        if done:
            messages.success(request, _("%(count)d IKM menjadi calon peserta.") % {"count": done})
        elif not chosen:
            messages.warning(request, _("Pilih dulu IKM yang didaftarkan."))
        if (left := found.places_left) < 0:
            text = _("%(cohort)s melebihi kuota: %(count)d IKM di atas %(quota)d.")
            messages.warning(request, text % {"cohort": found, "count": -left, "quota": found.quota})
        return redirect(found if chosen else request.path)
    context = {
        "cohort": found,
        "query": query,
        "form": form,
        "chosen": request.POST.getlist("ikm"),
        "candidates": free[:MOST_CANDIDATES],
        "most": MOST_CANDIDATES,
    }
    return render(request, "participants/enrol.html", context)


def enrolled(request, enterprise: Enterprise, cohort: Cohort, form: EnrolForm) -> bool:
    """Make one enterprise an applicant; if that cannot be, say why and return False."""
    try:
        actions.enrol(
            enterprise, cohort, by=request.user, on=form.cleaned_data["on"] if form.is_bound else None
        )
    except ValidationError as error:
        refused(request, error)
        return False
    return True


def enrolment_of(request, pk) -> Enrolment:
    rows = Enrolment.objects.visible_to(request.user).select_related("enterprise", "cohort").with_mentor()
    return get_object_or_404(rows, pk=pk)


@requires(Permission.COHORT_MANAGE)
def move_enrolment(request, pk):
    """Move one enrolment along, with its day and its reason."""
    enrolment = enrolment_of(request, pk)
    form = MoveEnrolmentForm(request.POST or None, enrolment=enrolment)
    if is_good(request, form):
        before = enrolment.status
        saved(form, actions.move_enrolment, enrolment, by=request.user, **form.cleaned_data)
        if not form.errors and enrolment.status != before:
            text = _("%(name)s sekarang %(status)s.")
            status = enrolment.get_status_display().lower()
            messages.success(request, text % {"name": enrolment.enterprise, "status": status})
            return redirect(enrolment.cohort)
    context = {
        "form": form,
        "enrolment": enrolment,
        "withdrawn": withdrawn(enrolment.enterprise),
        "moves": enrolment.moves.select_related("by"),
        "is_over": not enrolment.TRANSITIONS[enrolment.status],
    }
    return render(request, "participants/move_enrolment.html", context)


@requires(Permission.MENTOR_ASSIGN)
def assign_mentor(request, pk):
    """Let a mentor accompany one enterprise."""
    enrolment = enrolment_of(request, pk)
    form = MentorForm(request.POST or None, initial={"mentor": enrolment.mentor})
    if is_good(request, form):
        assignment = saved(form, actions.assign_mentor, enrolment, by=request.user, **form.cleaned_data)
        if assignment:
            text = _("%(mentor)s mendampingi %(name)s.")
            messages.success(request, text % {"mentor": assignment.mentor, "name": enrolment.enterprise})
            return redirect(enrolment.cohort)
    context = {
        "form": form,
        "enrolment": enrolment,
        "may_invite": request.user.may(Permission.USER_INVITE),
        "assignments": enrolment.mentor_assignments.select_related("mentor"),
    }
    return render(request, "participants/assign_mentor.html", context)
