"""The list of enterprises: found, filtered, sorted, downloaded."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.vary import vary_on_headers

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions, listed
from participants.forms.filters import PAGE_SIZES, EnterpriseFilter
from participants.models import Enterprise
from participants.paging import FoundPages
from participants.views.sheets import export_name, sheet_response
from participants.views.tabs import saved_state, tabs


@vary_on_headers("HX-Request")
@requires(Permission.ENTERPRISE_VIEW)
def enterprise_list(request):
    """Every enterprise one may know of; the filters are in the address."""
    asked = EnterpriseFilter(request.GET, user=request.user)
    asked.offer_remembered(request)
    visible = Enterprise.objects.visible_to(request.user)
    page = pages(asked, asked.narrow(visible)).get_page(request.GET.get("page"))
    listed.show(page.object_list)
    for enterprise in page.object_list:
        enterprise.reasons = asked.search.reasons(enterprise) if asked.search.text else []
    part = "#hasil" if request.htmx else ""
    context = {
        "filters": asked,
        "page": page,
        "sizes": PAGE_SIZES,
        "tabs": [] if request.htmx else tabs(request, asked, page.paginator.count),
        "saved": saved_state(request, asked),
        "query": asked.query().urlencode(),
        **carried(request),
        "may_edit": request.user.may(Permission.ENTERPRISE_EDIT),
        "may_see_numbers": request.user.may(Permission.IDENTITY_VIEW_FULL),
        "may_act": request.user.may(Permission.MENTOR_ASSIGN),
    }
    return render(request, f"participants/list.html{part}", context)


def pages(asked: EnterpriseFilter, rows) -> Paginator:
    """Return the pages of the rows, each row with its place and with where a search may have found it."""

    def whole(found):
        return found.select_related("regency__province")

    if asked.search.text:
        return FoundPages(rows, asked.page_size(), whole=lambda found: whole(found).with_reasons())
    return Paginator(whole(rows), asked.page_size())


@requires(Permission.ENTERPRISE_VIEW)
def filters(request):
    """The filters as a page of their own: all of them, also those that a wide list has no room for."""
    asked = EnterpriseFilter(request.GET, user=request.user)
    return render(request, "participants/filters.html", {"filters": asked, **carried(request)})


def carried(request) -> dict[str, str]:
    """Return what the forms of the list carry along beside the filters: the order, and which view it came from."""
    return {"order": request.GET.get("urut", ""), "view": request.GET.get("tampilan", "")}


@requires(Permission.ENTERPRISE_VIEW)
def export(request):
    """The filtered list as a workbook."""
    asked = EnterpriseFilter(request.GET, user=request.user)
    rows = asked.narrow(Enterprise.objects.visible_to(request.user))
    return sheet_response(actions.export_enterprises(rows, by=request.user), export_name())
