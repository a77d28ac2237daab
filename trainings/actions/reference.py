"""The curricula as they are shipped."""

import json
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from closedloop.audit.trail import record
from trainings.models import Curriculum, Module, Question

DATA = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def load_reference() -> Curriculum:
    """Publish every shipped version (domain.md §1.6, examples for staff to edit) and return the newest.

    A version that is there already stays as it is: what is published never changes.
    """
    newest: Curriculum | None = None
    for path in sorted(DATA.glob("curriculum-*.json")):
        newest = _publish(json.loads(path.read_text()), based_on=newest)
    if newest is None:
        raise FileNotFoundError(f"no curriculum is shipped in {DATA}")
    return newest


def _publish(shipped: dict, *, based_on: Curriculum | None) -> Curriculum:
    curriculum, created = Curriculum.objects.get_or_create(
        code=shipped["code"],
        version=shipped["version"],
        defaults={
            "name": shipped["name"],
            "based_on": based_on,
            "change_note": shipped.get("change_note", ""),
        },
    )
    if not created:
        return curriculum
    modules: dict[str, Module] = {}
    for order, row in enumerate(shipped["modules"], start=1):
        modules[row["code"]] = _add_module(curriculum, order, row, modules)
    curriculum.published_at = timezone.now()
    curriculum.save(update_fields=["published_at"])
    record("curriculum.published", curriculum, by=None, modules=list(modules))
    return curriculum


def _add_module(curriculum: Curriculum, order: int, row: dict, earlier: dict[str, Module]) -> Module:
    values = dict(row)
    prerequisite = earlier.get(values.pop("prerequisite"))
    questions = values.pop("questions", [])
    for name in ("outcomes", "outcomes_en"):
        values[name] = "\n".join(values.get(name, []))
    module = Module.objects.create(curriculum=curriculum, order=order, prerequisite=prerequisite, **values)
    Question.objects.bulk_create(
        Question(module=module, order=place, **question) for place, question in enumerate(questions, start=1)
    )
    return module
