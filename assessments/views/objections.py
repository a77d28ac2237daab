"""Keberatan: the owner writes one from the phone, somebody without a part in the decision answers it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments import actions
from assessments.actions.objecting import answerers, cannot_object
from assessments.forms.objections import AnswerForm, ObjectionForm
from assessments.models import ClassDecision, Objection
from assessments.standing import due_of, is_late
from assessments.validity import objection_until
from assessments.views.shared import words_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core.files import inline

TONES = {Objection.Status.OPEN: "todo", Objection.Status.REJECTED: "bad", Objection.Status.ACCEPTED: "ok"}


@requires(Permission.OBJECTION_RAISE)
def raise_objection(request, code):
    """The owner's form; after the fourteenth day it says so instead."""
    one = get_object_or_404(
        ClassDecision.objects.visible_to(request.user).decided().select_related("enterprise"), code=code
    )
    form = ObjectionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.object_to(one, **form.values(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Keberatan terkirim. Jawabannya muncul di sini dan di pemberitahuan.")
            )
            return redirect(made)
    context = {
        "decision": one,
        "form": form,
        "until": objection_until(timezone.localdate(one.decided_at)),
        "why_not": cannot_object(one),
    }
    return render(request, "assessments/object.html", context)


def shown(request, one: Objection, form=None):
    today = timezone.localdate()
    may_answer = (
        one.status == Objection.Status.OPEN
        and request.user.may(Permission.OBJECTION_ANSWER)
        and answerers(one).filter(pk=request.user.pk).exists()
    )
    context = {
        "objection": one,
        "decision": one.decision,
        "due": due_of(one),
        "late": is_late(one, today),
        "tone": TONES[one.status],
        "may_answer": may_answer,
        "has_part": request.user.may(Permission.OBJECTION_ANSWER) and not may_answer,
        "form": form or AnswerForm(),
    }
    name = "objection_field.html" if request.user.role == Role.OWNER else "objection.html"
    return render(request, f"assessments/{name}", context)


def one_for(request, code) -> Objection:
    return get_object_or_404(Objection.objects.visible_to(request.user).for_lists(), code=code)


@require_safe
@requires(Permission.CLASS_VIEW)
def objection(request, code):
    return shown(request, one_for(request, code))


@require_POST
@requires(Permission.OBJECTION_ANSWER)
def answer(request, code):
    one = one_for(request, code)
    if not answerers(one).filter(pk=request.user.pk).exists():
        raise PermissionDenied
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_objection(
                one,
                accept=form.cleaned_data["accept"] == "ya",
                answer=form.cleaned_data["answer"],
                by=request.user,
            )
        except ValidationError as error:
            messages.error(request, words_of(error))
        else:
            messages.success(request, _("Jawaban dicatat dan pemilik IKM diberi tahu."))
        return redirect(one)
    return shown(request, one, form)


@require_safe
@requires(Permission.CLASS_VIEW)
def file(request, pk):
    one = get_object_or_404(Objection.objects.visible_to(request.user).exclude(file=""), pk=pk)
    return inline(one.file, f"keberatan-{one.code}")
