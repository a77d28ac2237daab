"""Try a version of a rubric or of the classes on samples and on real IKM, before anybody is judged by it."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from assessments.class_rules import Inputs, holds
from assessments.forms.trial import TrialForm
from assessments.inputs import class_inputs, rules_of
from assessments.models import Assessment, ClassScheme, Rubric
from assessments.scheme_values import titles_of
from assessments.trial import Answers, inputs_with, tried, verdicts_of
from assessments.trial_inputs import answers_of, asked_by, effects_of
from assessments.wording import line_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission


@requires(Permission.RUBRIC_MANAGE)
def rubric(request, code, version):
    """What scores come to under this rubric, step by step, and what official assessments would."""
    one = get_object_or_404(Rubric.objects.select_related("based_on"), code=code, version=version)
    return trial_page(request, one, ClassScheme.objects.newest(), one)


@requires(Permission.RUBRIC_MANAGE)
def scheme(request, code, version):
    """Which class real IKM would reach by these requirements, on the rubric in force."""
    one = get_object_or_404(ClassScheme.objects.select_related("based_on"), code=code, version=version)
    newest = get_object_or_404(Rubric.objects.published().order_by("-published_at", "-version")[:1])
    return trial_page(request, newest, one, one)


def trial_page(request, rubric: Rubric, scheme: ClassScheme | None, version):
    """Show the trial of `version`, which is the rubric or the scheme."""
    asked = asked_by(rubric)
    official = Assessment.objects.visible_to(request.user).official().select_related("enterprise")
    form = TrialForm(
        request.GET or None,
        asked=asked,
        top=rubric.scale_max,
        assessments=official.order_by("-approved_at"),
        initial={"syarat": scheme},
    )
    context = {"rubric": rubric, "version": version, "form": form, "official": official.count()}
    context |= {"rows": [], "result": None, "levels": [], "scheme": scheme, "effects": None, "source": None}
    if form.is_valid():
        scheme = form.cleaned_data["syarat"] or scheme
        context |= {"scheme": scheme, **outcome(form, asked, rubric, scheme)}
    if scheme and "dampak" in request.GET:
        context["effects"] = summary(rubric, asked, scheme, request.user)
    return render(request, "assessments/trial.html", context)


def outcome(form: TrialForm, asked: list, rubric: Rubric, scheme: ClassScheme | None) -> dict:
    """Return the figures of what was typed, or of the assessment that was chosen, and the classes they reach."""
    source = form.cleaned_data["penilaian"]
    if not source and not form.is_typed:
        return {}
    answers = form.answers(answers_of([source])[source.pk] if source else Answers({}, {}))
    rows, result = tried(asked, answers, top=rubric.scale_max)
    inputs = class_inputs(source.enterprise, source) if source else Inputs(today=timezone.localdate())
    names = titles_of(scheme, rubric) if scheme else {}
    judged = verdicts_of(
        rules_of(scheme) if scheme else [],
        inputs_with(result, answers, inputs),
        only_scores=source is None,
    )
    levels = [
        (level, holds(verdicts), [line_of(verdict, names) for verdict in verdicts])
        for level, verdicts in judged
    ]
    return {"rows": rows, "result": result, "levels": levels, "source": source}


def summary(rubric: Rubric, asked: list, scheme: ClassScheme, user) -> dict:
    """Return by how much the latest official assessment of each IKM would differ; what would not is counted."""
    effects = effects_of(
        asked,
        top=rubric.scale_max,
        scheme_before=scheme.based_on or scheme if scheme.is_draft else scheme,
        scheme_after=scheme,
        user=user,
    )
    differing = [effect for effect in effects if effect.differs]
    changes = [effect.change for effect in effects if effect.change is not None]
    differing.sort(key=lambda effect: (effect.level_before == effect.level_after, -abs(effect.change or 0)))
    return {
        "rows": differing,
        "all": len(effects),
        "unknown": len(effects) - len(changes),
        "mean": sum(changes) / len(changes) if changes else None,
        "lowest": min(changes, default=None),
        "highest": max(changes, default=None),
        "moved": sum(effect.level_before != effect.level_after for effect in effects),
    }
