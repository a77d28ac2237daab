"""What is taught, in which version, and who follows it."""

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


@requires(Permission.COHORT_VIEW)
def curricula(request):
    """Every version, newest first."""
    rows = Curriculum.objects.annotate(
        module_count=Count("modules", distinct=True), cohort_count=Count("cohort_pins", distinct=True)
    )
    hours = dict(Module.objects.order_by().values_list("curriculum").annotate(hours=Sum("lesson_hours")))
    return render(request, "trainings/curricula.html", {"rows": [(row, hours.get(row.pk)) for row in rows]})


@requires(Permission.COHORT_VIEW)
def curriculum(request, code, version):
    """One version: its modules, what each needs, and the cohorts that follow it."""
    curriculum = get_object_or_404(Curriculum, code=code, version=version)
    cohorts = cohorts_known_to(request.user).filter(curriculum_pin__curriculum=curriculum)
    modules = list(curriculum.modules.select_related("prerequisite"))
    return render(
        request,
        "trainings/curriculum.html",
        {
            "curriculum": curriculum,
            "modules": modules,
            "hours": sum(module.lesson_hours for module in modules),
            "cohorts": cohorts,
        },
    )


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
