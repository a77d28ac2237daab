"""The sheet in the order of SIINas: for owners to copy from, and for staff who help them."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enterprise
from participants.siinas import RULE
from participants.siinas_facts import siinas_lines, siinas_sheet
from participants.views.own import own_enterprise
from participants.views.sheets import sheet_response


def page(request, enterprise: Enterprise | None, download: str):
    context = {
        "enterprise": enterprise,
        "lines": siinas_lines(enterprise) if enterprise else [],
        "rule": RULE,
        "download": download,
    }
    return render(request, "participants/siinas.html", context)


def sheet(enterprise: Enterprise):
    return sheet_response(siinas_sheet(enterprise), f"siinas-{enterprise.code.lower()}.xlsx")


@requires(Permission.ENTERPRISE_EDIT_OWN)
def my_siinas(request):
    """What the portal can say to each point of SIINas, to be copied; nothing is sent there."""
    enterprise = own_enterprise(request)
    query = f"?ikm={enterprise.code}" if enterprise else ""
    return page(request, enterprise, reverse("participants:my_siinas_sheet") + query)


@requires(Permission.ENTERPRISE_EDIT_OWN)
def my_siinas_sheet(request):
    """The same as a workbook."""
    enterprise = own_enterprise(request)
    if enterprise is None:
        raise Http404
    return sheet(enterprise)


@requires(Permission.ENTERPRISE_EDIT)
def siinas(request, code):
    """The same for an enterprise that staff help."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), code=code)
    return page(request, enterprise, reverse("participants:siinas_sheet", args=[enterprise.code]))


@requires(Permission.ENTERPRISE_EDIT)
def siinas_workbook(request, code):
    """The same as a workbook."""
    return sheet(get_object_or_404(Enterprise.objects.visible_to(request.user), code=code))
