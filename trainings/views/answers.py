"""What a cohort answered in the tests of a module: how hard each question was, and who may try again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from trainings import actions
from trainings.filters import cohorts_known_to
from trainings.forms.base import ReasonForm
from trainings.marking import mark_of
from trainings.models import Attempt, Module, TestResult
from trainings.views.results import knows_all


@requires(Permission.SESSION_RUN)
def answers(request, code, module):
    """Each question with how many got it right, the hardest first; below it every attempt one may know of."""
    cohort = get_object_or_404(cohorts_known_to(request.user), code=code)
    module = get_object_or_404(Module, curriculum__cohort_pins__cohort=cohort, code=module)
    attempts = Attempt.objects.filter(enrolment__cohort=cohort, module=module)
    is_part = not knows_all(request.user, cohort, module)
    if is_part:
        attempts = attempts.visible_to(request.user)
    rows = attempts.select_related("person", "enrolment__enterprise", "reopened_by").order_by("-created_at")
    context = {
        "cohort": cohort,
        "module": module,
        "is_part": is_part,
        "questions": difficulty(module, attempts),
        "attempts": [(one, mark_of(one.right, one.asked)) for one in rows],
        "manages": request.user.may(Permission.TRAINING_MANAGE),
    }
    return render(request, "trainings/test_answers.html", context)


@requires(Permission.TRAINING_MANAGE)
def reopen(request, pk):
    """Let somebody answer a test again, with the reason that the record keeps."""
    attempt = get_object_or_404(
        Attempt.objects.visible_to(request.user).select_related("person", "module", "enrolment__cohort"),
        pk=pk,
    )
    back = reverse("trainings:test_answers", args=[attempt.enrolment.cohort.code, attempt.module.code])
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen_test(attempt, form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("%(name)s dapat mengerjakan tes ini lagi.") % {"name": attempt.person}
            )
            return redirect(back)
    context = {
        "title": _("Buka lagi tes %(name)s?") % {"name": attempt.person},
        "text": _("Jawaban yang lama tetap tersimpan. Nilai yang dihitung adalah yang terbaik."),
        "consequences": [],
        "verb": _("Buka lagi"),
        "cancel": back,
        "danger": False,
        "form": form,
    }
    return render(request, "components/confirm.html", context)


def difficulty(module, attempts) -> list:
    """Return the questions with the numbers `pre`, `pre_right`, `post`, `post_right`, the hardest first.

    Only first tries count: whoever tries again has seen the answers.
    """
    first = attempts.order_by("enrolment_id", "person_id", "kind", "created_at").distinct(
        "enrolment_id", "person_id", "kind"
    )
    told = Q(answers__attempt__in=first.values("pk"))
    is_right = Q(answers__choice=F("correct"))
    counts = {}
    for kind in TestResult.Kind:
        of_kind = told & Q(answers__attempt__kind=kind)
        counts[kind.value] = Count("answers", filter=of_kind)
        counts[f"{kind.value}_right"] = Count("answers", filter=of_kind & is_right)
    questions = list(module.questions.annotate(**counts))
    return sorted(questions, key=lambda one: (one.post_right / one.post if one.post else 2, one.order))
