"""What is assessed, and what each class asks for: to read."""

from django.db.models import Count, Sum
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from assessments.class_rules import Requirement, Rule
from assessments.inputs import names_of, rules_of
from assessments.models import ClassScheme, Rubric
from assessments.sheet import groups_of
from assessments.wording import line_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import ClassLevel


@requires(Permission.RUBRIC_VIEW)
def rubrics(request):
    rows = Rubric.objects.published().annotate(
        items=Count("dimensions__criteria", distinct=True), pins=Count("cohort_pins", distinct=True)
    )
    schemes = ClassScheme.objects.published().annotate(pins=Count("cohort_pins", distinct=True))
    return render(request, "assessments/rubrics.html", {"rubrics": rows, "schemes": schemes})


@requires(Permission.RUBRIC_VIEW)
def rubric(request, code, version):
    one = get_object_or_404(Rubric.objects.published(), code=code, version=version)
    dimensions = list(one.dimensions.prefetch_related("criteria"))
    for dimension in dimensions:
        dimension.groups = [(criteria[0].group_title, criteria) for _slug, criteria in groups_of(dimension)]
    context = {
        "rubric": one,
        "dimensions": dimensions,
        "total": one.dimensions.aggregate(total=Sum("weight"))["total"],
        "cohorts": [pin.cohort for pin in one.cohort_pins.select_related("cohort")],
    }
    return render(request, "assessments/rubric.html", context)


@requires(Permission.RUBRIC_VIEW, Permission.CLASS_VIEW)
def classes(request):
    scheme = ClassScheme.objects.published().order_by("-published_at", "-version").first()
    levels = []
    if scheme:
        rubric = Rubric.objects.published().order_by("-published_at", "-version").first()
        names = names_of(rubric, scheme)["en" if get_language() == "en" else "id"]
        rules = rules_of(scheme)
        levels = [
            (level.value, level.label, [words_of(rule, names) for rule in rules if rule.level == level])
            for level in ClassLevel
        ]
    is_field = request.user.role == Role.OWNER
    context = {
        "scheme": scheme,
        "levels": levels,
        "is_field": is_field,
        "shell": "base_field.html" if is_field else "base_staff.html",
    }
    return render(request, "assessments/classes.html", context)


def words_of(rule: Rule, names: dict[str, str]) -> str:
    """Return one requirement in words, without anybody's figures."""
    asked = Requirement(
        level=rule.level,
        measure=rule.measure,
        subject=rule.subject,
        met=None,
        threshold=rule.threshold,
        months=rule.months,
        max_age_days=rule.max_age_days,
    )
    return line_of(asked, names).rule
