"""The owner's tests: which are open, ten questions on one page, and afterwards what was right."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enrolment, Person
from trainings import actions
from trainings.forms.answers import AnswersForm
from trainings.marking import mark_of
from trainings.models import Attempt, TestResult
from trainings.papers import KINDS, OwnTest, tests_of


@requires(Permission.CHECK_IN)
def my_tests(request):
    """Every test of one's modules: open, answered, or when it opens."""
    parts = [(enrolment, tests_of(enrolment, person)) for enrolment, person in own_places(request.user)]
    return render(request, "trainings/my_tests.html", {"parts": parts})


@requires(Permission.CHECK_IN)
def take(request, cohort, module, kind):
    """Ten questions; a page without a script sends them as one form. One of another edition is asked anew."""
    test = own_test(request.user, cohort, module, kind)
    if not test.can_be_taken:
        if test.last:
            return redirect(test.last)
        return render(request, "trainings/test_closed.html", {"test": test})
    sent = request.POST if request.method == "POST" else None
    is_outdated = sent is not None and sent.get("edition") != test.edition
    form = AnswersForm(None if is_outdated else sent, paper=test.paper(), initial={"edition": test.edition})
    if form.is_valid():
        data = form.cleaned_data
        try:
            attempt = actions.hand_in_test(
                test.enrolment,
                test.person,
                test.module,
                test.kind,
                form.choices(),
                by=request.user,
                id=data["key"],
                finished=data["finished"],
                sent=data["sent"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(attempt)
    return render(request, "trainings/test.html", {"test": test, "form": form, "is_outdated": is_outdated})


@requires(Permission.CHECK_IN)
def attempt(request, pk):
    """What arrived, and what it is worth; the right answers only once the test after the module is handed in."""
    attempt = get_object_or_404(
        Attempt.objects.visible_to(request.user)
        .filter(person__user=request.user)
        .select_related("module", "enrolment__enterprise", "enrolment__cohort"),
        pk=pk,
    )
    after = Attempt.objects.of_test(attempt.enrolment, attempt.module, TestResult.Kind.POST)
    last = after.filter(person=attempt.person_id).order_by("created_at").last()
    is_told = last is not None and last.reopened_at is None
    answers = attempt.answers.select_related("question").order_by("question__order") if is_told else []
    context = {
        "attempt": attempt,
        "mark": mark_of(attempt.right, attempt.asked),
        "is_told": is_told,
        "answers": answers,
    }
    return render(request, "trainings/my_attempt.html", context)


def own_places(user) -> list[tuple[Enrolment, Person]]:
    """Return where the reader takes part, and as whom."""
    people = {person.enterprise_id: person for person in Person.objects.active().filter(user=user)}
    enrolments = (
        Enrolment.objects.visible_to(user)
        .on_roster()
        .filter(enterprise__in=people)
        .select_related("cohort", "enterprise")
    )
    return [
        (enrolment, people[enrolment.enterprise_id])
        for enrolment in enrolments.order_by("-cohort__starts_on")
    ]


def own_test(user, cohort, module, kind) -> OwnTest:
    """Return the reader's test at this address, or raise Http404."""
    for enrolment, person in own_places(user):
        if enrolment.cohort.code != cohort:
            continue
        for test in tests_of(enrolment, person):
            if test.module.code == module and test.kind == KINDS.get(kind):
                return test
    raise Http404
