"""The question bank of a module, edited only while its version is a draft."""

from uuid import UUID

from django.db import transaction

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from trainings.actions.versions import hold_draft, next_order
from trainings.models import Module, Question


@transaction.atomic
def add_question(module: Module, *, by: User, id: UUID | None = None, **values) -> Question:
    """Add a question to the module of a draft; the same id a second time returns the first one."""
    hold_draft(module.curriculum)
    if id and (known := Question.objects.filter(pk=id, module=module).first()):
        return known
    question = Question(module=module, order=next_order(module.questions), **values)
    if id:
        question.pk = id
    question.save(force_insert=True)
    record("question.added", question, by=by, module=module.code)
    return question


@transaction.atomic
def change_question(question: Question, *, by: User, **values) -> Question:
    """Change a question of a draft; what is equal already leaves no trace."""
    hold_draft(question.module.curriculum)
    changed = [name for name in values if getattr(question, name) != values[name]]
    if not changed:
        return question
    before = {name: getattr(question, name) for name in changed}
    for name in changed:
        setattr(question, name, values[name])
    question.save(update_fields=changed)
    after = {name: values[name] for name in changed}
    record("question.changed", question, by=by, module=question.module.code, before=before, after=after)
    return question


@transaction.atomic
def remove_question(question: Question, *, by: User) -> None:
    """Take a question out of a draft."""
    hold_draft(question.module.curriculum)
    record("question.removed", question, by=by, module=question.module.code)
    question.delete()
