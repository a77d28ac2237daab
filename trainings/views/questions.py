"""The question bank of a module: read by whoever runs its tests, edited while its version is a draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from trainings import actions
from trainings.forms.questions import QuestionForm
from trainings.models import Module, Question
from trainings.views.modules import find_module


def bank_of(module) -> str:
    """Return the address of the module's bank."""
    curriculum = module.curriculum
    return reverse("trainings:questions", args=[curriculum.code, curriculum.version, module.code])


@requires(Permission.SESSION_RUN)
def questions(request, code, version, module):
    """Every question of a module with its choices and the right one."""
    module = get_object_or_404(
        Module.objects.select_related("curriculum"),
        curriculum__code=code,
        curriculum__version=version,
        code=module,
    )
    edits = module.curriculum.is_draft and request.user.may(Permission.CURRICULUM_MANAGE)
    context = {
        "module": module,
        "curriculum": module.curriculum,
        "rows": module.questions.all(),
        "edits": edits,
    }
    return render(request, "trainings/questions.html", context)


@requires(Permission.CURRICULUM_MANAGE)
def add(request, code, version, module):
    """Add a question to the bank of a draft."""
    module = find_module(code, version, module)
    return _form_page(request, module, None)


@requires(Permission.CURRICULUM_MANAGE)
def edit(request, code, version, module, pk):
    """Change a question of a draft."""
    module = find_module(code, version, module)
    return _form_page(request, module, get_object_or_404(module.questions, pk=pk))


@require_POST
@requires(Permission.CURRICULUM_MANAGE)
def remove(request, code, version, module, pk):
    """Take a question out of the bank of a draft."""
    module = find_module(code, version, module)
    question = get_object_or_404(Question.objects.select_related("module__curriculum"), module=module, pk=pk)
    try:
        actions.remove_question(question, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Soal dihapus dari draf."))
    return redirect(bank_of(module))


def _form_page(request, module, question):
    names = [name for name in QuestionForm.base_fields if name != "key"]
    initial = {name: getattr(question, name) for name in names} if question else {}
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        key = values.pop("key")
        try:
            if question:
                actions.change_question(question, by=request.user, **values)
            else:
                actions.add_question(module, by=request.user, id=key, **values)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Soal tersimpan."))
            return redirect(bank_of(module))
    context = {"module": module, "curriculum": module.curriculum, "form": form, "question": question}
    return render(request, "trainings/question_form.html", context)
