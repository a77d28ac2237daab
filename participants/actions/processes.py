"""Writes to the list of processes. A code is for ever: what is called otherwise is renamed, what is over retired."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from participants.actions.vocabulary import vocabulary
from participants.models import Process


@transaction.atomic
def add_process(*, by: User, name: str, id=None) -> Process:
    """Add a process under a code made of its name; ValidationError when a process goes by that name already.

    An `id` makes a second press of a form fail.
    """
    name = " ".join(name.split())
    require_free(name, besides=None)
    code = slugify(name)[:40]
    if not code or Process.objects.filter(code=code).exists():
        raise ValidationError({"name": _("Nama ini tidak memberi kode yang baru. Tulis nama lain.")})
    process = Process(code=code, name=name, **({"id": id} if id else {}))
    process.full_clean()
    process.save(force_insert=True)
    record("process.added", process, by=by, code=code)
    return process


@transaction.atomic
def update_process(process: Process, *, by: User, name: str, is_retired: bool) -> Process:
    """Rename, retire or bring back a process; its code and what was recorded under it stay as they are."""
    process = Process.objects.select_for_update().get(pk=process.pk)
    name = " ".join(name.split())
    require_free(name, besides=process.code)
    before = {"name": process.name, "is_retired": process.is_retired}
    process.name, process.is_retired = name, is_retired
    process.full_clean()
    if differences := changes(before, {"name": name, "is_retired": is_retired}):
        process.save(update_fields=["name", "is_retired"])
        record("process.updated", process, by=by, code=process.code, changes=differences)
    return process


def require_free(name: str, *, besides: str | None) -> None:
    """Refuse a name by which people already mean another process: an import could not tell them apart."""
    code = vocabulary().process(name)
    if code and code != besides and (other := Process.objects.filter(code=code).first()):
        raise ValidationError({"name": _("Dengan nama ini orang menyebut %(name)s.") % {"name": other.name}})
