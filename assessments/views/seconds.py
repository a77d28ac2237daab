"""The second assessor: the queue, the blind look, and settling what both see differently."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import actions
from assessments.actions.seconding import eligible
from assessments.forms.seconds import AssignForm, ItemsForm, SettlementForm
from assessments.models import Evidence, SecondAssessment
from assessments.views.shared import page_of, thumbs_of, words_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role

Status = SecondAssessment.Status
TONES = {Status.WAITING: "todo", Status.TAKEN: "info", Status.HANDED_IN: "todo", Status.SETTLED: "ok"}


def found(request, code: str) -> SecondAssessment:
    rows = SecondAssessment.objects.visible_to(request.user).for_lists()
    return get_object_or_404(rows, assessment__code=code)


@requires(Permission.ASSESSMENT_REVIEW)
def seconds(request):
    rows = SecondAssessment.objects.visible_to(request.user).for_lists().exclude(status=Status.SETTLED)
    page = page_of(request, rows.order_by("created_at", "pk"))
    for row in page:
        row.tone = TONES[row.status]
    return render(request, "assessments/seconds.html", {"page": page})


@requires(Permission.ASSESSMENT_VIEW)
def second(request, code):
    one = found(request, code)
    if one.assessor_id == request.user.pk and one.status == Status.TAKEN:
        return blind(request, one)
    return render(request, "assessments/second.html", context_of(request, one))


def context_of(request, one: SecondAssessment, form: SettlementForm | None = None) -> dict:
    """Return what both said, once the second handed in; before that only where it stands."""
    user = request.user
    rows = list(one.scores.select_related("criterion__dimension", "area", "confirmed_by"))
    is_told = not one.is_blind
    to_settle = [row for row in rows if row.must_be_settled and not row.is_settled]
    may_settle = is_told and user.pk == one.first_id and one.status == Status.HANDED_IN
    people = eligible(one)
    return {
        "second": one,
        "assessment": one.assessment,
        "tone": TONES[one.status],
        "rows": [row for row in rows if row.handed_in_at] if is_told else [],
        "asked": len(rows),
        "form": form or (SettlementForm(scores=to_settle) if may_settle and to_settle else None),
        "to_confirm": [row for row in to_settle if row.proposed_at] if user.pk == one.assessor_id else [],
        "may_take": one.status == Status.WAITING and people.filter(pk=user.pk).exists(),
        "assign_form": AssignForm(second=one, people=people)
        if one.status == Status.WAITING and user.may(Permission.ASSESSMENT_REVIEW) and user.role == Role.LEAD
        else None,
    }


def blind(request, one: SecondAssessment, form: ItemsForm | None = None):
    """Draw the items with their meanings and evidence, and nothing of what the first said."""
    scores = list(one.scores.filter(handed_in_at=None).select_related("criterion__dimension", "area"))
    form = form or ItemsForm(scores=scores)
    evidence: dict = {}
    photos = Evidence.objects.filter(assessment=one.assessment_id).select_related("criterion")
    for item in photos.exclude(file=""):
        evidence.setdefault((item.criterion_id, item.area_id), []).append(item)
    lines = [
        (score, field, note, unworded(evidence.get((score.criterion_id, score.area_id), [])))
        for score, field, note in form.rows
    ]
    context = {"second": one, "assessment": one.assessment, "form": form, "lines": lines}
    return render(request, "assessments/second_form.html", context)


def unworded(evidence: list[Evidence]) -> dict[str, list]:
    """Return photos and papers without what the first assessor wrote of them: a caption may tell the score."""
    photos = [one for one in evidence if one.kind == Evidence.Kind.PHOTO]
    return {
        "photos": [{**thumb, "caption": ""} for thumb in thumbs_of(photos)],
        "papers": [one for one in evidence if one.kind != Evidence.Kind.PHOTO],
    }


@require_POST
@requires(Permission.ASSESSMENT_REVIEW)
def take(request, code):
    one = found(request, code)
    return done(request, one, lambda: actions.take_second(one, by=request.user))


@require_POST
@requires(Permission.ASSESSMENT_REVIEW)
def assign(request, code):
    one = found(request, code)
    form = AssignForm(request.POST, second=one, people=eligible(one))
    if not form.is_valid():
        context = {**context_of(request, one), "assign_form": form}
        return render(request, "assessments/second.html", context)
    chosen = form.cleaned_data["assessor"]
    return done(request, one, lambda: actions.take_second(one, by=request.user, assessor=chosen))


@require_POST
@requires(Permission.ASSESSMENT_REVIEW)
def give_back(request, code):
    one = found(request, code)
    return done(request, one, lambda: actions.give_back_second(one, by=request.user))


@require_POST
@requires(Permission.ASSESSMENT_REVIEW)
def score(request, code):
    one = found(request, code)
    scores = list(one.scores.filter(handed_in_at=None).select_related("criterion__dimension", "area"))
    form = ItemsForm(request.POST, scores=scores)
    if form.is_valid():
        try:
            actions.score_second(one, form.answers(), by=request.user)
            if request.POST.get("go") == "hand_in":
                actions.hand_in_second(one, by=request.user)
                messages.success(request, _("Nilai diserahkan. Sekarang keduanya terlihat berdampingan."))
            else:
                messages.success(request, _("Nilai disimpan."))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(one)
    if one.assessor_id != request.user.pk:
        messages.error(request, _("Penilaian kedua ini tidak sedang Anda isi."))
        return redirect(one)
    return blind(request, one, form)


@require_POST
@requires(Permission.ASSESSMENT_WRITE)
def settle(request, code):
    one = found(request, code)
    rows = one.scores.select_related("criterion__dimension", "area")
    form = SettlementForm(
        request.POST, scores=[row for row in rows if row.must_be_settled and not row.is_settled]
    )
    if not form.is_valid():
        return render(request, "assessments/second.html", context_of(request, one, form))
    return done(request, one, lambda: actions.propose_settlement(one, form.agreed(), by=request.user))


@require_POST
@requires(Permission.ASSESSMENT_REVIEW)
def confirm(request, code):
    one = found(request, code)
    marks = set(request.POST.getlist("butir"))
    chosen = [row for row in one.scores.all() if row.agreement_mark in marks]
    if len(chosen) < len(marks):
        messages.error(request, actions.REWRITTEN)
        return redirect(one)
    return done(request, one, lambda: actions.confirm_settlement(one, chosen, by=request.user))


def done(request, one: SecondAssessment, act):
    """Do it, say why it was refused if it was, and show where it stands."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("Tersimpan."))
    return redirect(one)
