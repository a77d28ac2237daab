"""The modules of a draft version: added, changed, put in order, taken out."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from trainings.actions.versions import hold_draft, next_order
from trainings.models import Curriculum, Module


@transaction.atomic
def add_module(curriculum: Curriculum, *, by: User, id: UUID | None = None, **values) -> Module:
    """Put a module at the end of the draft; the same id a second time returns the first one."""
    hold_draft(curriculum)
    if id and (known := Module.objects.filter(pk=id, curriculum=curriculum).first()):
        return known
    module = Module(curriculum=curriculum, order=next_order(curriculum.modules), **values)
    if id:
        module.pk = id
    _refuse_impossible(module)
    module.save(force_insert=True)
    record("module.added", module, by=by, version=curriculum.version)
    return module


@transaction.atomic
def change_module(module: Module, *, by: User, **values) -> Module:
    """Change a module of a draft; what is equal already leaves no trace."""
    hold_draft(module.curriculum)
    before = {name: getattr(module, name) for name in values}
    changed = [name for name in values if before[name] != values[name]]
    if not changed:
        return module
    for name in changed:
        setattr(module, name, values[name])
    _refuse_impossible(module)
    module.save(update_fields=changed)
    record(
        "module.changed",
        module,
        by=by,
        before={name: str(before[name]) for name in changed},
        after={name: str(values[name]) for name in changed},
    )
    return module


@transaction.atomic
def move_module(module: Module, *, up: bool, by: User) -> None:
    """Change places with the module above or below; the first and the last stay where they are."""
    hold_draft(module.curriculum)
    modules = list(module.curriculum.modules.order_by("order", "id"))
    place = next(index for index, one in enumerate(modules) if one.pk == module.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(modules):
        return
    modules[place], modules[other] = modules[other], modules[place]
    for order, one in enumerate(modules, start=1):
        one.order = order
    Module.objects.bulk_update(modules, ["order"])
    record("module.moved", module, by=by, before=place + 1, after=other + 1)


@transaction.atomic
def remove_module(module: Module, *, by: User) -> None:
    """Take a module and its questions out of a draft; ValidationError while another one comes after it."""
    curriculum = hold_draft(module.curriculum)
    needing = list(curriculum.modules.filter(prerequisite=module).values_list("code", flat=True))
    if needing:
        raise ValidationError(
            _("%(module)s masih prasyarat %(others)s. Ubah prasyaratnya dahulu.")
            % {"module": module.code, "others": ", ".join(needing)}
        )
    record("module.removed", module, by=by, version=curriculum.version)
    module.delete()


def _refuse_impossible(module: Module) -> None:
    """ValidationError for a code that is taken, and for a prerequisite that is foreign or leads back."""
    others = module.curriculum.modules.exclude(pk=module.pk)
    if others.filter(code=module.code).exists():
        raise ValidationError({"code": _("Kode ini sudah dipakai modul lain di versi ini.")})
    by_id = {one.pk: one for one in others}
    step = module.prerequisite_id
    while step:
        if step == module.pk:
            raise ValidationError({"prerequisite": _("Prasyarat ini berputar kembali ke modul ini sendiri.")})
        if step not in by_id:
            raise ValidationError({"prerequisite": _("Pilih modul dari versi yang sama.")})
        step = by_id[step].prerequisite_id
