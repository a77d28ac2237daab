"""Write the trail."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import models

from closedloop.audit.models import Event
from closedloop.core.copying import copy_in
from closedloop.core.models import now

SYSTEM = "sistem"


def plain(value):
    """Return the value as JSON can hold it without losing digits; a record becomes its id."""
    match value:
        case None | bool() | int() | float():
            return value
        case datetime() | date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
        case models.Model():
            return str(value.pk)
    return str(value)


def record(verb: str, target: models.Model, *, by, **data) -> Event:
    """Write one event inside the caller's transaction: the change and its trace stand or fall together.

    `by` is the acting user, or None when the portal acts by itself. `target.enterprise_id`, where the
    target has one, puts the event on that IKM's timeline.
    """
    return Event.objects.create(**values_of(verb, target, by, data))


def record_many(acts: Iterable[tuple[str, models.Model, dict]], *, by) -> None:
    """Write the events of many acts, (verb, target, data) each, in their order: as record does, in one go."""
    copy_in(Event, [values_of(verb, target, by, data) for verb, target, data in acts])


def values_of(verb: str, target: models.Model, by, data: dict) -> dict:
    """Return what the event of an act holds."""
    if target._meta.label_lower == "participants.enterprise":
        enterprise_id = target.pk
    else:
        enterprise_id = getattr(target, "enterprise_id", None)
    return {
        "at": now(),
        "actor_id": by.pk if by else None,
        "actor_name": str(by)[:120] if by else SYSTEM,
        "verb": verb,
        "target_type": target._meta.label_lower,
        "target_id": str(target.pk),
        "target_name": str(target)[:200],
        "enterprise_id": enterprise_id,
        "data": plain(data),
    }


def changes(before: dict, after: dict) -> dict:
    """Return {field: [old, new]} for the fields that differ."""
    return {name: [plain(before[name]), plain(after[name])] for name in after if before[name] != after[name]}
