"""The modules of a draft version."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from trainings import actions
from trainings.forms.modules import ModuleForm, NewModuleForm
from trainings.views.versions import find_draft


def find_module(code, version, module):
    """Return the module of the draft, or 404."""
    draft = find_draft(code, version)
    return get_object_or_404(draft.modules.select_related("curriculum", "prerequisite"), code=module)


@requires(Permission.CURRICULUM_MANAGE)
def add(request, code, version):
    """Add a module at the end of the draft."""
    draft = find_draft(code, version)
    form = NewModuleForm(request.POST if request.method == "POST" else None, curriculum=draft)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            module = actions.add_module(draft, by=request.user, id=values.pop("key"), **values)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Modul %(code)s ditambahkan.") % {"code": module.code})
            return redirect(draft)
    return render(request, "trainings/module_form.html", {"curriculum": draft, "form": form, "module": None})


@requires(Permission.CURRICULUM_MANAGE)
def edit(request, code, version, module):
    """Change what a module asks for."""
    module = find_module(code, version, module)
    form = ModuleForm(
        request.POST if request.method == "POST" else None,
        curriculum=module.curriculum,
        module=module,
        initial=ModuleForm.initial_of(module),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_module(module, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Modul %(code)s tersimpan.") % {"code": module.code})
            return redirect(module.curriculum)
    context = {"curriculum": module.curriculum, "form": form, "module": module}
    return render(request, "trainings/module_form.html", context)


@require_POST
@requires(Permission.CURRICULUM_MANAGE)
def move(request, code, version, module):
    """Change places with the neighbour above, or below."""
    module = find_module(code, version, module)
    try:
        actions.move_module(module, up=request.POST.get("ke") == "atas", by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect(module.curriculum)


@require_POST
@requires(Permission.CURRICULUM_MANAGE)
def remove(request, code, version, module):
    """Take a module out of the draft; its predecessor still has it."""
    module = find_module(code, version, module)
    try:
        actions.remove_module(module, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Modul %(code)s dikeluarkan dari draf.") % {"code": module.code})
    return redirect(module.curriculum)
