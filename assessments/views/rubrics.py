"""What is assessed, what each class asks for, and which version a cohort works with."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments import actions
from assessments.class_rules import Rule
from assessments.forms.rubrics import PinForm
from assessments.inputs import names_of, rules_of
from assessments.models import ClassRequirement, ClassScheme, CohortRubric, Rubric
from assessments.sheet import groups_of
from assessments.views.rubric_drafts import changes_for_page, draft_page
from assessments.wording import asked, subject_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import ClassLevel, Cohort


@requires(Permission.RUBRIC_VIEW)
def rubrics(request):
    manages = request.user.may(Permission.RUBRIC_MANAGE)
    known, asked_by = Rubric.objects.all(), ClassScheme.objects.all()
    if not manages:
        known, asked_by = known.published(), asked_by.published()
    rows = known.order_by("code", "-version").annotate(
        items=Count("dimensions__criteria", distinct=True), pins=Count("cohort_pins", distinct=True)
    )
    schemes = asked_by.order_by("code", "-version").annotate(pins=Count("cohort_pins", distinct=True))
    context = {"rubrics": rows, "schemes": schemes, "unpinned": []}
    if manages:
        cohorts = Cohort.objects.visible_to(request.user).exclude(status=Cohort.Status.CLOSED)
        context["unpinned"] = cohorts.filter(rubric_pin=None)
    return render(request, "assessments/rubrics.html", context)


@requires(Permission.RUBRIC_MANAGE)
def pin(request, code):
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), code=code)
    fixed = CohortRubric.objects.filter(cohort=cohort).select_related("rubric", "scheme").first()
    form = None if fixed else PinForm(request.POST or None)
    if fixed and request.method == "POST":
        messages.warning(
            request, _("%(cohort)s sudah memakai rubrik dan tidak dapat diganti.") % {"cohort": cohort}
        )
        return redirect("assessments:pin_rubric", code)
    if form and request.method == "POST" and form.is_valid():
        try:
            actions.pin_rubric(cohort, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Rubrik dan syarat kelas ditetapkan."))
            return redirect("assessments:pin_rubric", code)
    context = {"cohort": cohort, "fixed": fixed, "form": form}
    return render(request, "assessments/pin_rubric.html", context)


@requires(Permission.RUBRIC_VIEW)
def rubric(request, code, version):
    manages = request.user.may(Permission.RUBRIC_MANAGE)
    known = Rubric.objects.all() if manages else Rubric.objects.published()
    one = get_object_or_404(known.select_related("based_on", "published_by"), code=code, version=version)
    if one.is_draft:
        return draft_page(request, one)
    dimensions = list(one.dimensions.prefetch_related("criteria"))
    for dimension in dimensions:
        dimension.groups = [(criteria[0].group_title, criteria) for _slug, criteria in groups_of(dimension)]
    context = {
        "rubric": one,
        "dimensions": dimensions,
        "total": one.dimensions.aggregate(total=Sum("weight"))["total"],
        "cohorts": [pin.cohort for pin in one.cohort_pins.select_related("cohort")],
        "manages": manages,
        "draft": Rubric.objects.drafts().filter(code=code).first() if manages else None,
        **changes_for_page(one),
    }
    return render(request, "assessments/rubric.html", context)


@requires(Permission.RUBRIC_VIEW, Permission.CLASS_VIEW)
def classes(request):
    scheme = ClassScheme.objects.published().order_by("-published_at", "-version").first()
    rows = []
    if scheme:
        rubric = Rubric.objects.published().order_by("-published_at", "-version").first()
        names = names_of(rubric, scheme)["en" if get_language() == "en" else "id"]
        rows = table_of(rules_of(scheme), names)
    is_field = request.user.role == Role.OWNER
    context = {
        "scheme": scheme,
        "levels": ClassLevel.values,
        "rows": rows,
        "is_field": is_field,
    }
    return render(request, "assessments/classes.html", context)


def table_of(rules: list[Rule], names: dict[str, str]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return a row per subject, in the order in which the scheme first names it: its head and a cell per class."""
    found: dict[tuple[str, str], dict[int, Rule]] = {}
    for rule in rules:
        found.setdefault((rule.measure, rule.subject), {})[rule.level] = rule
    order = list(ClassRequirement.Measure.values)
    ranked = sorted(found.values(), key=lambda cells: order.index(next(iter(cells.values())).measure))
    return [
        (
            subject_of(next(iter(cells.values())), names),
            [(level, asked(cells[level]) if level in cells else "") for level in ClassLevel.values],
        )
        for cells in ranked
    ]
