"""Marks of the tests of one module, for a cohort at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Enrolment
from trainings import actions
from trainings.filters import cohorts_known_to
from trainings.forms.results import MarksForm
from trainings.models import Module, TestResult, TrainingSession


@requires(Permission.SESSION_RUN)
def grid(request, code, module):
    """Enter all marks of one module; an empty field means not taken, and all is saved or nothing."""
    cohort = get_object_or_404(cohorts_known_to(request.user), code=code)
    module = get_object_or_404(Module, curriculum__cohort_pins__cohort=cohort, code__iexact=module)
    enrolments = list(markable(request.user, cohort, module).select_related("enterprise", "cohort"))
    known = TestResult.objects.filter(module=module, enrolment__in=enrolments)
    results = {(result.enrolment_id, result.kind): result for result in known}
    form = MarksForm(
        request.POST if request.method == "POST" else None, enrolments=enrolments, results=results
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = save(form, module, results, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            text = ngettext("%(n)d nilai tersimpan.", "%(n)d nilai tersimpan.", changed) % {"n": changed}
            messages.success(request, text if changed else _("Tidak ada yang berubah."))
            return redirect(request.path)
    return render(
        request,
        "trainings/results.html",
        {"cohort": cohort, "module": module, "form": form, "kinds": TestResult.Kind},
    )


def markable(user, cohort, module):
    """Return whose marks this person may enter: everybody's for staff and for a trainer of the module."""
    roster = Enrolment.objects.on_roster().filter(cohort=cohort)
    if knows_all(user, cohort, module):
        return roster
    return roster.filter(pk__in=Enrolment.objects.visible_to(user).values("pk"))


def knows_all(user, cohort, module) -> bool:
    """Whether the marks of the whole cohort are this person's to know: a mentor's only as trainer of the module."""
    trained = TrainingSession.objects.filter(cohort=cohort, module=module, trainer=user)
    return user.role != Role.MENTOR or trained.exists()


@transaction.atomic
def save(form: MarksForm, module: Module, results: dict, *, by) -> int:
    """Enter, change and take back marks as the grid says; return how many were touched."""
    changed = 0
    for enrolment, kind, mark, day in form.marks():
        old = results.get((enrolment.pk, kind))
        if mark is None and old:
            actions.remove_test_result(old, by=by)
            changed += 1
        elif mark is not None and (old is None or old.mark != mark):
            actions.enter_test_result(enrolment, module, kind, mark, day, by=by)
            changed += 1
    return changed
