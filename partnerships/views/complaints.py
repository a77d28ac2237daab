"""Complaints of buyers: the list, one complaint, its photos, and writing one down."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from partnerships import actions
from partnerships.complaint_page import page_of_complaint
from partnerships.forms.complaints import ComplaintForm
from partnerships.models import Complaint, ComplaintAction, Dispute, OrderLine, RequirementLine
from partnerships.views.shared import Refused, errors_on, page_of, stored


def complaint_of(request, code) -> Complaint:
    rows = Complaint.objects.visible_to(request.user).for_lists()
    rows = rows.select_related(
        "enterprise__regency__province",
        "criterion__dimension",
        "requirement_line__requirement",
        "closing_module",
        "closing_session__regency__province",
        "repeat_of",
        "line__order",
        "dispute__delivery",
        "checked_by",
        "raised_by",
    )
    return get_object_or_404(rows, code=code)


@require_safe
@requires(Permission.COMPLAINT_VIEW)
def complaints(request):
    """Every complaint one may know of, the most urgent first."""
    given = {name: request.GET.get(name, "").strip() for name in ("status", "lewat")}
    today, rows = timezone.localdate(), Complaint.objects.visible_to(request.user)
    if given["status"] in Complaint.Status.values:
        rows = rows.filter(status=given["status"])
    if given["lewat"]:
        rows = rows.overdue(today)
    context = {
        "page": page_of(request, rows.for_lists()),
        "given": given,
        "statuses": Complaint.Status.choices,
        "is_filtered": any(given.values()),
        "today": today,
        "may_raise": request.user.may(Permission.COMPLAINT_RAISE),
    }
    return render(request, "partnerships/complaints.html", context)


@require_safe
@requires(Permission.COMPLAINT_VIEW)
def complaint(request, code):
    """One complaint from the words of the buyer to the look at the effect."""
    context = page_of_complaint(complaint_of(request, code), request.user)
    return render(request, "partnerships/complaint.html", context)


@require_safe
@requires(Permission.COMPLAINT_VIEW)
def complaint_photo(request, code):
    return stored(complaint_of(request, code).photo, content_type="image/jpeg")


@require_safe
@requires(Permission.COMPLAINT_VIEW)
def complaint_action_photo(request, pk):
    action = get_object_or_404(ComplaintAction.objects.visible_to(request.user), pk=pk)
    return stored(action.photo, content_type="image/jpeg")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COMPLAINT_RAISE)
def add_complaint(request):
    """Write down a complaint: about a part of an order, or about the dispute named in the address."""
    dispute = dispute_of(request)
    lines = OrderLine.objects.visible_to(request.user).select_related("order__enterprise")
    form = ComplaintForm(
        request.POST or None,
        request.FILES or None,
        dispute=dispute,
        lines=lines,
        asked=RequirementLine.objects.visible_to(request.user).current(),
        earlier=Complaint.objects.visible_to(request.user),
        initial={"problem": dispute.text} if dispute else {"line": request.GET.get("baris")},
    )
    if request.method == "POST" and form.is_valid():
        values = form.values()
        line = dispute.delivery.line if dispute else values.pop("line")
        try:
            with errors_on(form):
                found = actions.raise_complaint(
                    line.order.enterprise,
                    line.order.buyer,
                    by=request.user,
                    line=line,
                    dispute=dispute,
                    **values,
                )
        except Refused:
            pass
        else:
            messages.success(request, _("Keluhan tercatat. IKM diberi tahu."))
            return redirect(found)
    return render(request, "partnerships/add_complaint.html", {"form": form, "dispute": dispute})


def dispute_of(request) -> Dispute | None:
    """Return the dispute named in the address; 404 for one of somebody else."""
    if not (typed := request.GET.get("selisih")):
        return None
    rows = Dispute.objects.visible_to(request.user).select_related(
        "delivery__line__order__enterprise", "delivery__line__order__buyer"
    )
    try:
        wanted = UUID(typed)
    except ValueError:
        wanted = None
    return get_object_or_404(rows, pk=wanted)
