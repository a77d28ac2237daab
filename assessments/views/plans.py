"""Plans to read: of one IKM, one's own, and one item."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from assessments.forms.plans import RemarkForm, ReportForm
from assessments.models import PlanItem
from assessments.plan_page import plan_of, present_enrolment
from assessments.views.owner import chosen_enterprise
from assessments.views.shared import trail_of
from assessments.ways import ways_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Enterprise

Status = PlanItem.Status


@requires(Permission.ASSESSMENT_VIEW)
def plan(request, code):
    rows = Enterprise.objects.visible_to(request.user).select_related("regency__province")
    enterprise = get_object_or_404(rows, code=code)
    only = request.GET.get("bidang", "")
    context = {"enterprise": enterprise, "plan": plan_of(enterprise, request.user, only=only), "only": only}
    if request.user.role == Role.OWNER:
        return render(request, "assessments/my_plan.html", context | {"mine": []})
    return render(request, "assessments/plan.html", context)


@requires(Permission.SELF_ASSESS)
def my_plan(request):
    enterprise, mine = chosen_enterprise(request)
    context = {"enterprise": enterprise, "mine": mine, "only": ""}
    if enterprise is not None:
        context["plan"] = plan_of(enterprise, request.user)
    return render(request, "assessments/my_plan.html", context)


def visible(request, code: str) -> PlanItem:
    rows = PlanItem.objects.visible_to(request.user).for_lists()
    return get_object_or_404(rows.select_related("closed_by", "closed_in", "reported_by"), code=code)


@requires(Permission.ASSESSMENT_VIEW)
def plan_item(request, code):
    return page(request, visible(request, code))


def page(request, item: PlanItem, **forms):
    """Draw one item with the forms its reader may use now."""
    user = request.user
    is_owner = user.role == Role.OWNER
    reports = user.may(Permission.PLAN_REPORT) and item.can_become(Status.REPORTED)
    closes = user.may(Permission.PLAN_CLOSE) and item.is_open
    dimension = item.criterion.dimension
    way = ways_of(present_enrolment(item.enterprise), [dimension.code])[dimension.code]
    findings = item.enterprise.findings.open().filter(criterion__code=item.criterion.code)
    context = {
        "item": item,
        "way": way,
        "way_path": way.path(for_owner=is_owner),
        "finding": findings.first(),
        "is_late": item.is_open and item.due_on < timezone.localdate(),
        "trail": trail_of(item),
        "may_start": user.may(Permission.PLAN_REPORT)
        and item.can_become(Status.IN_PROGRESS)
        and item.status == Status.PLANNED,
        "report_form": forms.get("report_form") or (ReportForm() if reports else None),
        "may_change": user.may(Permission.PLAN_KEEP) and item.is_open,
        "may_close": closes,
        "return_form": forms.get("return_form")
        or (RemarkForm(prefix="kembali") if closes and item.status == Status.REPORTED else None),
        "drop_form": forms.get("drop_form") or (RemarkForm(prefix="henti") if closes else None),
        "form": next(iter(forms.values()), None),
    }
    name = "plan_item_field.html" if is_owner else "plan_item.html"
    return render(request, f"assessments/{name}", context)
