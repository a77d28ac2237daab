"""The list of findings: how old they are, whom they belong to, and what waits for somebody."""

from uuid import UUID

from django.shortcuts import render
from django.utils import timezone

from assessments.ageing import Bucket, age, bucket_of, found_between
from assessments.finding_words import BUCKETS, age_text
from assessments.models import Dimension, Finding
from assessments.views.my_findings import my_findings
from assessments.views.shared import FINDING_TONES, page_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Enterprise, MentorAssignment

FILTERS = ("q", "ikm", "mentor", "bidang", "status", "umur", "kritis", "lewat", "cek")
ORDERS = {
    "tenggat": "due_on",
    "umur": "found_on",  # the oldest first
    "ikm": "enterprise__name",
    "masalah": "problem",
}


@requires(Permission.FINDING_VIEW)
def findings(request):
    if request.user.role == Role.OWNER:
        return my_findings(request)
    query, today = request.GET, timezone.localdate()
    rows = narrowed(Finding.objects.visible_to(request.user), request, today)
    buckets = counts_of(rows.open(), today)
    if query.get("umur") in list(Bucket):
        rows = rows.open().found_within(*found_between(Bucket(query["umur"]), today))
    page = page_of(request, rows.for_lists().select_related("effectiveness").order_by(*order_of(query)))
    for row in page:
        row.tone, row.is_late = FINDING_TONES[row.status], row.is_open and row.due_on < today
        check = getattr(row, "effectiveness", None)
        row.check_on = check.due_on if check and not check.checked_at else None
        row.age = age_text(age(row.found_on, today)) if row.is_open else ""
    context = {
        "page": page,
        "statuses": Finding.Status.choices,
        "buckets": [bucket | {"href": with_age(query, bucket["key"])} for bucket in buckets],
        "open_count": sum(bucket["count"] for bucket in buckets),
        "filters": {name: query.get(name, "") for name in FILTERS},
        "order": query.get("urut", ""),
        "is_filtered": any(query.get(name) for name in FILTERS),
        "may_add": request.user.may(Permission.FINDING_CLOSE),
        **choices_of(request.user),
    }
    return render(request, "assessments/findings.html", context)


def narrowed(rows, request, today):
    """Return the rows that every filter but that of the age leaves."""
    query = request.GET
    if query.get("cek"):
        rows = rows.awaiting_check()
        if query["cek"] == "jatuh-tempo":
            rows = rows.filter(effectiveness__due_on__lte=today)
    elif query.get("status") in Finding.Status.values:
        rows = rows.filter(status=query["status"])
    elif query.get("status") != "all":
        rows = rows.open()
    if query.get("lewat"):
        rows = rows.overdue(today)
    if query.get("kritis"):
        rows = rows.critical()
    if code := query.get("ikm"):
        rows = rows.filter(enterprise__code=code)
    if code := query.get("bidang"):
        rows = rows.filter(criterion__dimension__code=code)
    if (mentor := query.get("mentor")) and is_id(mentor):
        present = MentorAssignment.objects.filter(ends_on=None, mentor=mentor)
        rows = rows.filter(enterprise__in=present.values("enrolment__enterprise"))
    if text := query.get("q", "").strip():
        found = Enterprise.objects.visible_to(request.user).search(text)
        rows = rows.filter(enterprise__in=found.values("pk"))
    return rows


def is_id(text: str) -> bool:
    """Whether a person could have it; an address typed by hand may hold anything."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def choices_of(user) -> dict:
    """Return what the lists of the filters offer: only what the reader's findings have."""
    known = Finding.objects.visible_to(user)
    enrolments = MentorAssignment.objects.filter(
        ends_on=None, enrolment__enterprise__in=known.values("enterprise")
    )
    dimensions = Dimension.objects.filter(criteria__findings__in=known).order_by("order")
    return {
        "enterprises": Enterprise.objects.filter(findings__in=known).distinct().order_by("name"),
        "mentors": User.objects.filter(pk__in=enrolments.values("mentor")).order_by("full_name"),
        "dimensions": list(dict.fromkeys(dimensions.values_list("code", flat=True))),
    }


def counts_of(rows, today) -> list[dict]:
    """Return how many open findings there are of each age."""
    ages = [bucket_of(age(day, today)) for day in rows.order_by().values_list("found_on", flat=True)]
    return [{"key": str(bucket), "label": BUCKETS[bucket], "count": ages.count(bucket)} for bucket in Bucket]


def with_age(query, key: str) -> str:
    """Return the address of the same list, of one age."""
    changed = query.copy()
    changed.pop("page", None)
    changed["umur"] = key
    return f"?{changed.urlencode()}"


def order_of(query) -> tuple[str, str]:
    """Return the order asked for (?urut=umur, ?urut=-umur); by default the one due first."""
    wanted = query.get("urut", "")
    field = ORDERS.get(wanted.removeprefix("-"), ORDERS["tenggat"])
    if wanted.startswith("-"):
        field = f"-{field}"
    return field, "pk"
