"""A new version of what the classes ask for: begun, edited cell by cell, published or thrown away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.actions import scheme_versions as acts
from assessments.forms.requirements import PublishSchemeForm, RequirementForm
from assessments.measures import LEVELS
from assessments.models import ClassRequirement, ClassScheme, Rubric
from assessments.rubric_faults import forbidding
from assessments.scheme_table import cells_of
from assessments.scheme_values import differences, faults_in, seen, subjects, titles_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.views.saving import is_good, refused, saved


def find_draft(code, version) -> ClassScheme:
    """Return the draft of this number, or 404: what is published is not edited."""
    return get_object_or_404(
        ClassScheme.objects.drafts().select_related("based_on"), code=code, version=version
    )


def scheme_for_page(scheme: ClassScheme) -> dict:
    """Return what the pages of one version show: its table, its differences, and of a draft its faults."""
    faults = faults_in(scheme) if scheme.is_draft else []
    return {
        "scheme": scheme,
        "levels": LEVELS,
        "rows": cells_of(scheme, titles_of(scheme)),
        "differences": differences(scheme.based_on, scheme) if scheme.based_on else [],
        "faults": forbidding(faults),
        "warnings": [fault for fault in faults if fault.is_warning],
    }


@requires(Permission.RUBRIC_VIEW)
def scheme(request, code, version):
    """One version of what the classes ask for; a draft is for those who edit it."""
    manages = request.user.may(Permission.RUBRIC_MANAGE)
    known = ClassScheme.objects.all() if manages else ClassScheme.objects.published()
    one = get_object_or_404(known.select_related("based_on", "published_by"), code=code, version=version)
    context = scheme_for_page(one) | {
        "manages": manages,
        "draft": ClassScheme.objects.drafts().filter(code=code).first() if manages else None,
        "cohorts": [pin.cohort for pin in one.cohort_pins.select_related("cohort")],
    }
    return render(request, "assessments/class_scheme.html", context)


@require_POST
@requires(Permission.RUBRIC_MANAGE)
def start(request, code, version):
    """Begin a draft from a published version."""
    published = get_object_or_404(ClassScheme.objects.published(), code=code, version=version)
    try:
        draft = acts.start_scheme(published, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(published)
    messages.success(request, _("Versi %(version)s dibuat sebagai draf.") % {"version": draft.version})
    return redirect(draft)


@requires(Permission.RUBRIC_MANAGE)
def add(request, code, version):
    """Let a class ask one thing more."""
    draft = find_draft(code, version)
    form = RequirementForm(
        request.POST if request.method == "POST" else None,
        subjects=subjects(Rubric.objects.newest()),
        initial={"level": request.GET.get("kelas")},
    )
    if is_good(request, form) and saved(form, acts.add_requirement, draft, by=request.user, **form.values()):
        messages.success(request, _("Syarat ditambahkan."))
        return redirect(draft)
    context = {"scheme": draft, "form": form, "requirement": None}
    return render(request, "assessments/requirement_form.html", context)


@requires(Permission.RUBRIC_MANAGE)
def edit(request, code, version, pk):
    """Change what a class asks."""
    draft = find_draft(code, version)
    row = get_object_or_404(draft.requirements.select_related("scheme"), pk=pk)
    form = RequirementForm(
        request.POST if request.method == "POST" else None,
        subjects=subjects(Rubric.objects.newest()),
        initial=RequirementForm.initial_of(row),
    )
    if is_good(request, form):
        values = {name: value for name, value in form.values().items() if name != "id"}
        if saved(form, acts.change_requirement, row, by=request.user, **values):
            messages.success(request, _("Syarat tersimpan."))
            return redirect(draft)
    context = {"scheme": draft, "form": form, "requirement": row}
    return render(request, "assessments/requirement_form.html", context)


@require_POST
@requires(Permission.RUBRIC_MANAGE)
def remove(request, code, version, pk):
    """Let a class ask this no more."""
    draft = find_draft(code, version)
    row = get_object_or_404(ClassRequirement.objects.select_related("scheme"), pk=pk, scheme=draft)
    try:
        acts.remove_requirement(row, by=request.user)
    except ValidationError as error:
        refused(request, error)
    else:
        messages.success(request, _("Syarat dikeluarkan dari draf."))
    return redirect(draft)


@requires(Permission.RUBRIC_MANAGE)
def publish(request, code, version):
    """Everything that differs and everything at fault, and the words with which it is published."""
    draft = find_draft(code, version)
    now = seen(draft)
    initial = {"name": draft.name, "is_example": draft.is_example, "seen_as": now}
    form = PublishSchemeForm(request.POST if request.method == "POST" else None, initial=initial)
    if is_good(request, form) and saved(
        form, acts.publish_scheme, draft, by=request.user, **form.cleaned_data
    ):
        messages.success(
            request, _("Versi %(version)s terbit. Angkatan dapat memakainya.") % {"version": version}
        )
        return redirect(draft)
    context = scheme_for_page(draft) | {"form": form}
    return render(request, "assessments/publish_scheme.html", context)


@requires(Permission.RUBRIC_MANAGE)
def discard(request, code, version):
    """Ask, then throw a draft away."""
    draft = find_draft(code, version)
    if request.method == "POST":
        try:
            acts.discard_scheme(draft, by=request.user)
        except ValidationError as error:
            refused(request, error)
        else:
            messages.success(request, _("Draf dihapus."))
        return redirect("assessments:rubrics")
    context = {
        "title": _("Hapus draf versi %(version)s?") % {"version": version},
        "text": _("Syarat di draf ini ikut terhapus. Versi yang sudah terbit tidak berubah."),
        "consequences": [],
        "form": None,
        "verb": _("Hapus draf"),
        "cancel": draft.get_absolute_url(),
        "danger": True,
    }
    return render(request, "components/confirm.html", context)
