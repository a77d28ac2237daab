"""The list of enterprises: found, filtered, sorted, downloaded, and acted on together."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.cohorts import BulkEnrolForm, BulkMentorForm
from participants.forms.filters import NOBODY, PAGE_SIZES, EnterpriseFilter
from participants.models import Enterprise
from participants.views.sheets import export_name, sheet_response

BULK_FORMS = {"mentor": BulkMentorForm, "daftar": BulkEnrolForm}
# a confirmation lists every name, and nobody reads more
MOST_AT_ONCE = 500


@vary_on_headers("HX-Request")
@requires(Permission.ENTERPRISE_VIEW)
def enterprise_list(request):
    """Every enterprise one may know of; the filters are in the address."""
    asked = EnterpriseFilter(request.GET, user=request.user)
    rows = asked.narrow(Enterprise.objects.visible_to(request.user).with_standing())
    page = Paginator(rows, asked.page_size()).get_page(request.GET.get("page"))
    part = "#hasil" if request.htmx else ""
    context = {
        "filters": asked,
        "page": page,
        "sizes": PAGE_SIZES,
        "views": [] if request.htmx else quick_views(request),
        "may_edit": request.user.may(Permission.ENTERPRISE_EDIT),
        "may_act": request.user.may(Permission.MENTOR_ASSIGN),
    }
    return render(request, f"participants/list.html{part}", context)


def quick_views(request) -> list[dict]:
    """Return the views that staff open every day, each with its count; the one shown is marked."""
    mine = Enterprise.objects.visible_to(request.user)
    address = reverse("participants:list")
    views = [
        (_("Semua"), "", mine),
        (_("Tanpa mentor"), f"?mentor={NOBODY}", mine.taking_part(without_mentor=True)),
        (_("Belum punya NIB"), "?tanpa_nib=on", mine.filter(nib=None)),
    ]
    shown = f"?{request.GET.urlencode()}" if request.GET else ""
    return [
        {"label": label, "href": address + query, "count": rows.count(), "is_current": query == shown}
        for label, query, rows in views
    ]


@requires(Permission.ENTERPRISE_VIEW)
def filters(request):
    """The filters as a page of their own, for phones."""
    context = {"filters": EnterpriseFilter(request.GET, user=request.user)}
    return render(request, "participants/filters.html", context)


@requires(Permission.ENTERPRISE_VIEW)
def export(request):
    """The filtered list as a workbook."""
    asked = EnterpriseFilter(request.GET, user=request.user)
    rows = asked.narrow(Enterprise.objects.visible_to(request.user))
    return sheet_response(actions.export_enterprises(rows, by=request.user), export_name())


@require_POST
@requires(Permission.MENTOR_ASSIGN, Permission.COHORT_MANAGE)
def bulk(request):
    """Ask, then do the same to several enterprises; each that cannot says why, the others go through."""
    chosen = (
        Enterprise.objects.visible_to(request.user)
        .with_standing()
        .filter(code__in=request.POST.getlist("ikm")[:MOST_AT_ONCE])
        .order_by("name")
    )
    form_class = BULK_FORMS.get(request.POST.get("aksi", ""))
    if form_class is None or not chosen:
        messages.warning(request, _("Pilih dulu IKM pada daftar, lalu pilih tindakannya."))
        return redirect("participants:list")
    is_confirmed = "jalankan" in request.POST
    form = form_class(request.POST if is_confirmed else None)
    if is_confirmed and form.is_valid():
        done = sum(act(request, form, enterprise) for enterprise in chosen)
        if done:
            messages.success(
                request,
                _("%(text)s: %(done)d dari %(all)d IKM.")
                % {"text": form.done, "done": done, "all": len(chosen)},
            )
        warn_of_quota(request, form)
        return redirect("participants:list")
    context = {"form": form, "chosen": chosen, "action": request.POST["aksi"]}
    return render(request, "participants/bulk.html", context)


def act(request, form, enterprise: Enterprise) -> bool:
    """Do what the form asks to one enterprise; if that cannot be, say why and return False."""
    try:
        form.apply(enterprise, by=request.user)
    except ValidationError as error:
        messages.error(request, f"{enterprise}: {' '.join(error.messages)}")
        return False
    return True


def warn_of_quota(request, form) -> None:
    """Say that a cohort has more members than planned; that is allowed, and worth knowing."""
    cohort = form.cleaned_data.get("cohort")
    if cohort and (left := cohort.places_left) < 0:
        text = _("%(cohort)s melebihi kuota: %(count)d IKM di atas %(quota)d.")
        messages.warning(request, text % {"cohort": cohort, "count": -left, "quota": cohort.quota})
