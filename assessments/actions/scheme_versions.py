"""A new version of what the classes ask for: begun as a copy, edited as a draft, published once."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.drafts import change_row, close_draft, hold_draft, refuse_unseen, start_version
from assessments.models import ClassRequirement, ClassScheme
from assessments.rubric_faults import forbidding
from assessments.rubric_values import own_fields
from assessments.scheme_values import differences, faults_in, seen
from closedloop.accounts.models import User
from closedloop.audit.trail import record

COPIED = [*own_fields(ClassRequirement, "scheme"), "order"]


def start_scheme(scheme: ClassScheme, *, by: User) -> ClassScheme:
    """Copy a published scheme into a draft with the next number; the draft of the same one is returned again.

    ValidationError while a draft of another version is being edited.
    """
    return start_version(scheme, _copy, by=by, is_example=scheme.is_example)


@transaction.atomic
def publish_scheme(
    draft: ClassScheme, *, by: User, name: str, change_note: str, is_example: bool, seen_as: str
) -> ClassScheme:
    """Freeze the draft for good; cohorts may be judged by it from now on, and none is by itself.

    `seen_as` is the mark of what the page showed. ValidationError with every fault for one that cannot be judged
    by, for one in which nothing differs, and for one that changed meanwhile.
    """
    draft = hold_draft(draft)
    refuse_unseen(seen_as, seen(draft))
    if faults := forbidding(faults_in(draft)):
        raise ValidationError([f"{fault.place}: {fault.text}" for fault in faults])
    before = draft.based_on
    found = differences(before, draft) if before else []
    if before and not found and (name, is_example) == (before.name, before.is_example):
        raise ValidationError(_("Draf ini masih sama dengan versi sebelumnya."))
    close_draft(draft, by=by, name=name, change_note=change_note, is_example=is_example)
    changes = [f"{one.level_name}, {one.about}: {one.before} → {one.after}" for one in found]
    record("class_scheme.published", draft, by=by, version=draft.version, reason=change_note, changes=changes)
    return draft


@transaction.atomic
def discard_scheme(draft: ClassScheme, *, by: User) -> None:
    """Delete a draft with its requirements; nobody was ever judged by it."""
    draft = hold_draft(draft)
    record("class_scheme.discarded", draft, by=by, version=draft.version)
    draft.requirements.all().delete()
    draft.delete()


@transaction.atomic
def add_requirement(scheme: ClassScheme, *, by: User, id: UUID | None = None, **values) -> ClassRequirement:
    """Let a class ask one thing more; the same id a second time returns the first one.

    ValidationError where the class asks it already.
    """
    hold_draft(scheme)
    if id and (known := ClassRequirement.objects.filter(pk=id, scheme=scheme).first()):
        return known
    _refuse_twice(scheme.requirements.all(), values)
    requirement = ClassRequirement(scheme=scheme, order=scheme.requirements.count() + 1, **values)
    if id:
        requirement.pk = id
    requirement.save(force_insert=True)
    record("requirement.added", requirement, by=by, version=scheme.version, text=str(requirement))
    return requirement


@transaction.atomic
def change_requirement(requirement: ClassRequirement, *, by: User, **values) -> ClassRequirement:
    """Change what a class of a draft asks; what is equal already leaves no trace."""
    hold_draft(requirement.scheme)
    _refuse_twice(requirement.scheme.requirements.exclude(pk=requirement.pk), values)
    change_row(requirement, values, verb="requirement.changed", by=by)
    return requirement


@transaction.atomic
def remove_requirement(requirement: ClassRequirement, *, by: User) -> None:
    """Let a class of a draft ask this no more."""
    hold_draft(requirement.scheme)
    record("requirement.removed", requirement, by=by, text=str(requirement))
    requirement.delete()


def _refuse_twice(others, values: dict) -> None:
    same = {name: values[name] for name in ("level", "measure", "subject")}
    if others.filter(**same).exists():
        raise ValidationError({"about": _("Kelas ini sudah meminta hal yang sama. Ubah syarat itu.")})


def _copy(source: ClassScheme, target: ClassScheme) -> None:
    ClassRequirement.objects.bulk_create(
        ClassRequirement(scheme=target, **{name: getattr(row, name) for name in COPIED})
        for row in source.requirements.all()
    )
