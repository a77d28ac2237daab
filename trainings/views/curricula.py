"""What is taught, in which version, and who follows it."""

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Cohort
from trainings import actions
from trainings.filters import cohorts_known_to
from trainings.forms.curricula import PinForm
from trainings.models import CohortCurriculum, Curriculum, Module
from trainings.views.versions import changes_for_page


@requires(Permission.COHORT_VIEW)
def curricula(request):
    """Every version, newest first, and the cohorts that follow it; drafts are for those who edit them."""
    manages = request.user.may(Permission.CURRICULUM_MANAGE)
    versions = Curriculum.objects.all() if manages else Curriculum.objects.published()
    sums = (
        Module.objects.order_by().values("curriculum").annotate(count=Count("pk"), hours=Sum("lesson_hours"))
    )
    modules = {row["curriculum"]: row for row in sums}
    cohorts = defaultdict(list)
    for cohort in cohorts_known_to(request.user).select_related("curriculum_pin").order_by("-starts_on"):
        if pin := getattr(cohort, "curriculum_pin", None):
            cohorts[pin.curriculum_id].append(cohort)
    rows = [(row, modules.get(row.pk), cohorts[row.pk]) for row in versions]
    return render(request, "trainings/curricula.html", {"rows": rows})


@requires(Permission.COHORT_VIEW)
def curriculum(request, code, version):
    """One version: its modules, what each needs, what differs from before, and the cohorts that follow it."""
    manages = request.user.may(Permission.CURRICULUM_MANAGE)
    versions = Curriculum.objects.all() if manages else Curriculum.objects.published()
    curriculum = get_object_or_404(versions.select_related("based_on"), code=code, version=version)
    modules = list(
        curriculum.modules.select_related("prerequisite").annotate(question_count=Count("questions"))
    )
    context = {
        "curriculum": curriculum,
        "modules": modules,
        "hours": sum(module.lesson_hours for module in modules),
        "cohorts": cohorts_known_to(request.user).filter(curriculum_pin__curriculum=curriculum),
        "draft": Curriculum.objects.drafts().filter(code=code).first() if manages else None,
        "manages": manages,
        "runs": request.user.may(Permission.SESSION_RUN),
        **changes_for_page(curriculum),
    }
    return render(request, "trainings/curriculum.html", context)


@requires(Permission.CURRICULUM_MANAGE)
def pin(request, code):
    """Choose the curriculum of a cohort."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), code=code)
    now = CohortCurriculum.objects.filter(cohort=cohort).first()
    form = PinForm(
        request.POST if request.method == "POST" else None,
        initial={"curriculum": now.curriculum_id if now else None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.pin_curriculum(cohort, form.cleaned_data["curriculum"], by=request.user)
        except ValidationError as error:
            form.add_error("curriculum", error)
        else:
            messages.success(request, _("Kurikulum angkatan tersimpan."))
            return redirect("trainings:cohort", cohort.code)
    return render(request, "trainings/pin_curriculum.html", {"cohort": cohort, "form": form})
