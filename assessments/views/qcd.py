"""The monthly scorecards of an IKM: quality, cost, delivery. Not for buyers: there are prices in it."""

from django.shortcuts import get_object_or_404, render

from assessments.models import VisitCall
from assessments.qcd_page import qcd_of
from assessments.views.owner import chosen_enterprise
from assessments.visit_proposal import cause_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Enterprise


@requires(Permission.ASSESSMENT_VIEW)
def qcd(request, code):
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), code=code)
    context = {"enterprise": enterprise, "qcd": qcd_of(enterprise)}
    if request.user.role == Role.OWNER:
        return render(request, "assessments/my_qcd.html", context | {"mine": []})
    calls = VisitCall.objects.visible_to(request.user).for_pages().filter(enterprise=enterprise)
    context["calls"] = [{"call": call, "cause": cause_of(call)} for call in calls.order_by("-due_on")[:6]]
    return render(request, "assessments/qcd.html", context)


@requires(Permission.SELF_ASSESS)
def my_qcd(request):
    enterprise, mine = chosen_enterprise(request)
    context = {"enterprise": enterprise, "mine": mine}
    if enterprise is not None:
        context["qcd"] = qcd_of(enterprise)
    return render(request, "assessments/my_qcd.html", context)
