"""Naik kelas: the queue, the decision, its check page, and the record of what was decided."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import actions
from assessments.actions.deciding import why_closed
from assessments.actions.recommending import recommendation
from assessments.class_rules import LOWEST
from assessments.forms.decisions import CONDITION_NUMBERS, DecisionForm, DeclarationForm
from assessments.forms.findings import ReasonForm
from assessments.inputs import names_of
from assessments.models import ClassDecision
from assessments.results import board, change_words
from assessments.snapshots import evidence_of, previous_official
from assessments.views.decided import decided, evidence_context, stored_thumbs
from assessments.views.decision_lists import rows_for
from assessments.views.shared import DECISION_TONES, words_of
from assessments.wording import line_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.audit.trail import plain
from participants.models import ClassLevel, Enrolment, Enterprise


@requires(Permission.CLASS_VIEW)
def decision(request, code):
    one = get_object_or_404(rows_for(request), code=code)
    if one.status == ClassDecision.Status.DECIDED:
        return decided(request, one)
    advice = recommendation(one)
    form = None
    if may_decide(request, one):
        # a POST here is "Ubah" on the check page: what was typed comes back, nothing is judged yet
        initial = typed(request.POST) if request.method == "POST" else {}
        form = DecisionForm(decision=one, advice=advice, user=request.user, initial=initial)
    return render(request, "assessments/decision.html", waiting_context(request, one, advice, form))


def may_decide(request, one: ClassDecision) -> bool:
    return one.status == ClassDecision.Status.PROPOSED and request.user.may(Permission.CLASS_DECIDE)


def typed(data) -> dict:
    texts = [name for n in CONDITION_NUMBERS for name in (f"condition_{n}", f"due_{n}")]
    return {
        **{name: data.get(name, "") for name in ("outcome", "reason", *texts)},
        "members": data.getlist("members"),
    }


def waiting_context(request, one: ClassDecision, advice, form) -> dict:
    """Return what the decision page shows of one that waits: everything computed from today's records."""
    assessment = one.assessment
    earlier = previous_official(assessment)
    names = spoken(names_of(assessment.rubric, one.scheme))
    held = board(
        assessment,
        dimensions=assessment.rubric.dimensions.all(),
        earlier=earlier,
        present=one.level_before or LOWEST,
    )
    queue = list(
        ClassDecision.objects.visible_to(request.user)
        .waiting()
        .order_by("created_at", "pk")
        .values_list("code", flat=True)
    )
    at = queue.index(one.code) if one.code in queue else None
    stored = plain(evidence_of(assessment))
    return {
        "decision": one,
        "enterprise": one.enterprise,
        "assessment": assessment,
        "earlier": earlier,
        "board": held,
        "change": change_words(held.change),
        "advice": advice,
        "advice_label": ClassDecision.Outcome(advice.outcome).label,
        "lines": [line_of(verdict, names) for verdict in advice.requirements],
        "thumbs": stored_thumbs(stored),
        **evidence_context(stored, advice.inputs.criteria),
        "tone": DECISION_TONES[one.status],
        "form": form,
        "place": (at + 1, len(queue)) if at is not None else None,
        "before": queue[at - 1] if at else None,
        "after": queue[at + 1] if at is not None and at + 1 < len(queue) else None,
        "may_withdraw": one.status == ClassDecision.Status.PROPOSED
        and request.user.may(Permission.CLASS_PROPOSE),
    }


def spoken(names: dict) -> dict:
    return names["en" if get_language() == "en" else "id"]


@require_POST
@requires(Permission.CLASS_DECIDE)
def check(request, code):
    one = get_object_or_404(rows_for(request), code=code)
    if one.status != ClassDecision.Status.PROPOSED:
        messages.warning(request, why_closed(one))
        return redirect(one)
    advice = recommendation(one)
    form = DecisionForm(request.POST, decision=one, advice=advice, user=request.user)
    if not form.is_valid():
        return render(request, "assessments/decision.html", waiting_context(request, one, advice, form))
    board = [request.user, *form.cleaned_data["members"]]
    declaration = DeclarationForm(request.POST if "confirm" in request.POST else None, board=board)
    if not declaration.is_valid():
        context = check_context(one, advice, form) | {"declaration": declaration}
        return render(request, "assessments/check_decision.html", context)
    try:
        actions.decide(one, **form.values, by=request.user)
    except ValidationError as error:
        messages.error(request, words_of(error))
        return redirect(one)
    messages.success(request, _("Keputusan dicatat dengan nomor %(number)s.") % {"number": one.record_number})
    return redirect(one)


def check_context(one: ClassDecision, advice, form: DecisionForm) -> dict:
    values = form.cleaned_data
    return {
        "decision": one,
        "enterprise": one.enterprise,
        "form": form,
        "values": values,
        "advice": advice,
        "outcome_label": ClassDecision.Outcome(values["outcome"]).label,
        "level_after": form.level_after,
        "level_name": ClassLevel(form.level_after).label,
        "is_override": values["outcome"] != advice.outcome,
    }


@require_POST
@requires(Permission.CLASS_PROPOSE)
def propose(request, code):
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), code=code)
    enrolment = Enrolment.objects.visible_to(request.user).open().filter(enterprise=enterprise).first()
    if enrolment is None:
        messages.error(request, _("%(ikm)s tidak sedang menjadi peserta.") % {"ikm": enterprise})
        return redirect("assessments:enterprise", code)
    try:
        made = actions.propose_decision(enrolment, by=request.user)
    except ValidationError as error:
        messages.error(request, words_of(error))
        return redirect("assessments:enterprise", code)
    messages.success(request, _("Usulan naik kelas diajukan ke sidang kelas."))
    return redirect(made)


@requires(Permission.CLASS_PROPOSE)
def withdraw(request, code):
    one = get_object_or_404(rows_for(request), code=code)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_decision(one, form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            messages.error(request, words_of(error))
        else:
            messages.success(request, _("Usulan ditarik."))
        return redirect(one)
    return render(request, "assessments/withdraw.html", {"decision": one, "form": form})
