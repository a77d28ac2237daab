"""A new version of a curriculum: begun as a copy, edited as a draft, published once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from trainings.models import Curriculum, Module, Question
from trainings.versions import changes_of


def hold_draft(curriculum: Curriculum) -> Curriculum:
    """Keep the version from being published until we are done; ValidationError once it is."""
    held = Curriculum.objects.select_for_update().filter(pk=curriculum.pk).first()
    if held is None:
        raise ValidationError(_("Draf ini sudah dihapus."))
    if not held.is_draft:
        raise ValidationError(_("Versi ini sudah terbit, jadi tidak berubah lagi. Buat versi baru."))
    return held


@transaction.atomic
def start_version(curriculum: Curriculum, *, by: User) -> Curriculum:
    """Copy a published version into a draft with the next number, and return it.

    Asking twice returns the same draft; ValidationError while a draft of another version is being edited.
    """
    versions = list(Curriculum.objects.select_for_update().filter(code=curriculum.code))
    draft = next((version for version in versions if version.is_draft), None)
    if draft and draft.based_on_id == curriculum.pk:
        return draft
    if draft:
        raise ValidationError(
            _("Versi %(version)s masih draf. Terbitkan atau hapus dahulu.") % {"version": draft.version}
        )
    draft = Curriculum.objects.create(
        code=curriculum.code,
        version=max(version.version for version in versions) + 1,
        name=curriculum.name,
        based_on=curriculum,
    )
    _copy_modules(curriculum, draft)
    record("curriculum.started", draft, by=by, based_on=curriculum.version)
    return draft


@transaction.atomic
def publish_version(curriculum: Curriculum, *, by: User, name: str, change_note: str) -> Curriculum:
    """Freeze the draft for good; cohorts may follow it from now on, and none does by itself.

    ValidationError for a version without modules, and for one in which nothing differs from its predecessor.
    """
    curriculum = hold_draft(curriculum)
    modules = list(curriculum.modules.order_by("order"))
    if not modules:
        raise ValidationError(_("Tambahkan paling sedikit satu modul."))
    changes = changes_of(curriculum)
    before = curriculum.based_on
    if before and changes and changes.is_empty and name == before.name:
        raise ValidationError(_("Draf ini masih sama dengan versi sebelumnya."))
    curriculum.name, curriculum.change_note = name, change_note
    curriculum.published_at = timezone.now()
    curriculum.save(update_fields=["name", "change_note", "published_at"])
    codes = [module.code for module in modules]
    record("curriculum.published", curriculum, by=by, modules=codes, reason=change_note)
    return curriculum


@transaction.atomic
def discard_version(curriculum: Curriculum, *, by: User) -> None:
    """Delete a draft with its modules and questions; nobody ever followed it."""
    curriculum = hold_draft(curriculum)
    record("curriculum.discarded", curriculum, by=by, based_on=getattr(curriculum.based_on, "version", None))
    curriculum.modules.update(prerequisite=None)
    curriculum.modules.all().delete()
    curriculum.delete()


def next_order(rows) -> int:
    """Return the place after the last row."""
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


def _copy_modules(source: Curriculum, target: Curriculum) -> None:
    copies: dict = {}
    originals = list(source.modules.prefetch_related("questions").order_by("order"))
    for original in originals:
        values = {name: getattr(original, name) for name in COPIED_OF_MODULE}
        copies[original.pk] = Module.objects.create(curriculum=target, **values)
        Question.objects.bulk_create(
            Question(
                module=copies[original.pk], **{name: getattr(question, name) for name in COPIED_OF_QUESTION}
            )
            for question in original.questions.all()
        )
    for original in originals:
        if original.prerequisite_id:
            copy = copies[original.pk]
            copy.prerequisite = copies[original.prerequisite_id]
            copy.save(update_fields=["prerequisite"])


def _own_fields(model, *but: str) -> list[str]:
    return [
        field.name for field in model._meta.concrete_fields if field.name not in ("id", "created_at", *but)
    ]


COPIED_OF_MODULE = _own_fields(Module, "curriculum", "prerequisite")
COPIED_OF_QUESTION = _own_fields(Question, "module")
