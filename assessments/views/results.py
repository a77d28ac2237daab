"""Assessments to read: the list, one result, and all of one IKM."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessments.beside import beside_of, blind_work_of
from assessments.gains import lowest_rows
from assessments.models import Assessment, Finding
from assessments.plan_page import plan_of
from assessments.results import bars, board, chart
from assessments.rounds import rounds_of
from assessments.sheet import Sheet
from assessments.snapshots import previous_official
from assessments.views.corrections import correction_context
from assessments.views.shared import FINDING_TONES, TONES, page_of, thumbs_of, trail_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Cohort, Enterprise

ORDERS = {
    "tanggal": ("visited_on", "created_at"),
    "ikm": ("enterprise__name",),
    "nilai": ("overall",),
}


@requires(Permission.ASSESSMENT_VIEW)
def assessments(request):
    rows = filtered(request, Assessment.objects.visible_to(request.user).for_lists())
    page = page_of(request, rows)
    for row in page:
        row.tone = TONES[row.status]
    context = {
        "page": page,
        "statuses": Assessment.Status.choices,
        "kinds": Assessment.Kind.choices,
        "cohorts": Cohort.objects.visible_to(request.user),
        "filters": {name: request.GET.get(name, "") for name in ("q", "status", "jenis", "angkatan")},
    }
    name = "list_field.html" if request.user.role == Role.OWNER else "list.html"
    return render(request, f"assessments/{name}", context)


def filtered(request, rows):
    """Narrow the rows by what stands in the address; a word nobody knows changes nothing."""
    query = request.GET
    if text := query.get("q", "").strip():
        found = Enterprise.objects.visible_to(request.user).search(text)
        rows = rows.filter(enterprise__in=found.values("pk"))
    if query.get("status") in Assessment.Status.values:
        rows = rows.filter(status=query["status"])
    if query.get("jenis") in Assessment.Kind.values:
        rows = rows.filter(kind=query["jenis"])
    if query.get("angkatan"):
        rows = rows.filter(enrolment__cohort__code=query["angkatan"])
    order = query.get("urut", "")
    fields = ORDERS.get(order.lstrip("-"), ("-visited_on", "-created_at"))
    if order.startswith("-"):
        fields = tuple(f"-{field}" for field in fields)
    return rows.order_by(*fields, "pk")


@requires(Permission.ASSESSMENT_VIEW)
def detail(request, code):
    rows = Assessment.objects.visible_to(request.user)
    rows = rows.select_related("enterprise", "enrolment__cohort", "rubric", "assessor", "reviewed_by")
    assessment = get_object_or_404(rows, code=code)
    if (unfinished := blind_work_of(request.user, assessment)) is not None:
        messages.info(
            request, _("Nilai mandiri terlihat setelah penilaian Anda diajukan: nilailah tanpa melihatnya.")
        )
        return redirect("assessments:fill", unfinished.code)
    context = result_context(request, assessment)
    name = "detail_field.html" if request.user.role == Role.OWNER else "detail.html"
    return render(request, f"assessments/{name}", context)


def result_context(request, assessment: Assessment) -> dict:
    """Return what a result page shows, also beside a review."""
    sheet = Sheet(assessment)
    is_official = assessment.status == Assessment.Status.APPROVED
    earlier = previous_official(assessment)
    one = board(
        assessment,
        dimensions=sheet.dimensions,
        result=None if is_official else sheet.result,
        earlier=earlier,
    )
    user = request.user
    findings = Finding.objects.visible_to(user).filter(
        Q(assessment=assessment) | Q(enterprise=assessment.enterprise_id, assessment=None)
    )
    return {
        "assessment": assessment,
        "enterprise": assessment.enterprise,
        "sheet": sheet,
        **beside_context(request, sheet),
        "is_official": is_official,
        "board": one,
        "chart": chart(one, assessment, earlier),
        "bars": bars(one, assessment, earlier),
        "earlier": earlier,
        "tone": TONES[assessment.status],
        "findings": toned(findings.open().for_lists()),
        "thumbs": thumbs_of([photo for row in sheet.rows for photo in row.photos][:12]),
        "lowest": lowest_rows(sheet),
        "trail": trail_of(assessment),
        "marks": None,
        "rounds": rounds_of(assessment, sheet),
        "history": Assessment.objects.official()
        .filter(enterprise=assessment.enterprise_id)
        .exclude(pk=assessment.pk)
        .order_by("-visited_on")[:6],
        **correction_context(user, assessment, sheet),
        "may_write": assessment.is_written_by(user),
        "may_review": user.may(Permission.ASSESSMENT_REVIEW)
        and assessment.assessor_id != user.pk
        and assessment.status in (Assessment.Status.SUBMITTED, Assessment.Status.IN_REVIEW),
        "may_propose": is_official and may_propose(user, assessment.enterprise),
    }


def beside_context(request, sheet: Sheet) -> dict:
    """Return the owner's own rating beside this assessment; `?beda=1` leaves out where both agree."""
    beside, only_differing = beside_of(sheet), request.GET.get("beda") == "1"
    besides = (beside.differing if only_differing else beside.all) if beside else []
    shown = {"only_differing": only_differing, "shows_items": "beda" in request.GET}
    return {"beside": beside, "besides": besides, **shown}


def may_propose(user, enterprise: Enterprise) -> bool:
    """Whether this person may put the enterprise before the board, which nothing of it waits for yet."""
    return user.may(Permission.CLASS_PROPOSE) and not enterprise.class_decisions.waiting().exists()


def toned(findings):
    findings = list(findings)
    for finding in findings:
        finding.tone = FINDING_TONES[finding.status]
    return findings


@requires(Permission.ASSESSMENT_VIEW)
def enterprise(request, code):
    one = get_object_or_404(
        Enterprise.objects.visible_to(request.user).select_related("regency__province"), code=code
    )
    rows = Assessment.objects.visible_to(request.user).filter(enterprise=one).for_lists()
    rows = rows.order_by("-visited_on", "-created_at")
    if request.user.role == Role.OWNER:
        return render(request, "assessments/list_field.html", {"page": page_of(request, rows)})
    rows = list(rows)
    for row in rows:
        row.tone = TONES[row.status]
    counting = set(Assessment.objects.official().filter(enterprise=one).values_list("pk", flat=True))
    official = [row for row in rows if row.pk in counting]
    latest = official[0] if official else None
    earlier = official[-1] if len(official) > 1 else None  # where it began
    held = None
    if latest:
        dimensions = latest.rubric.dimensions.all()
        held = board(latest, dimensions=dimensions, earlier=earlier)
    findings = Finding.objects.visible_to(request.user).filter(enterprise=one)
    enrolment = one.enrolments.open().first()
    user = request.user
    context = {
        "enterprise": one,
        "tab": "assessments",
        "rows": rows,
        "latest": latest,
        "board": held,
        "chart": chart(held, latest, earlier) if held else "",
        "bars": bars(held, latest, earlier) if held else "",
        "plan": plan_of(one, request.user),
        "findings": toned(findings.open().for_lists()),
        "closed_findings": findings.exclude(pk__in=findings.open()).count(),
        "decisions": one.class_decisions.visible_to(user).order_by("-created_at"),
        "enrolment": enrolment,
        "may_start": user.may(Permission.ASSESSMENT_WRITE) and enrolment is not None,
        "may_propose": latest is not None and enrolment is not None and may_propose(user, one),
    }
    return render(request, "assessments/enterprise.html", context)
