"""What hangs on an enterprise, and which of it goes along when the record is merged into another or back.

Every foreign key to Enterprise is found by asking the model, so that an app above need not be known here and a
new table is moved without a line of code.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise

from participants.merging import CLASHES, STAY_ALWAYS, UNFORESEEN, Refuses, Stays, Yields, refusal
from participants.models import Enterprise


@dataclass(frozen=True)
class Link:
    """One foreign key to an enterprise: the table that holds it, and its column."""

    model: type[models.Model]
    name: str

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def rows(self, owner: Enterprise) -> models.QuerySet:
        """Return the rows of an enterprise, hidden ones too."""
        return self.model._base_manager.filter(**{self.name: owner.pk})

    def uniques(self) -> list[tuple[str, list[str], models.Q | None]]:
        """Return (constraint, the other columns, condition) of everything that allows only one per enterprise."""
        meta = self.model._meta
        found = [
            (one.name, [name for name in one.fields if name != self.name], one.condition)
            for one in meta.constraints
            if isinstance(one, models.UniqueConstraint) and self.name in one.fields
        ]
        found += [
            (f"{meta.db_table}_together", [name for name in names if name != self.name], None)
            for names in meta.unique_together
            if self.name in names
        ]
        key: Any = meta.get_field(self.name)
        if key.unique:
            found.append((f"{meta.db_table}_one_to_one", [], None))
        return found

    def needed(self) -> list[models.ForeignKey]:
        """Return the other foreign keys that every row has: what the row is a part of."""
        return [
            one
            for one in self.model._meta.concrete_fields
            if isinstance(one, models.ForeignKey) and not one.null and one.name != self.name
        ]


def links() -> list[Link]:
    """Return every foreign key that a merge moves, in the order of the apps."""
    relations: list[Any] = Enterprise._meta.get_fields(include_hidden=True)
    found = [
        Link(relation.related_model, relation.field.name)
        for relation in relations
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
    ]
    return [link for link in found if link.label not in STAY_ALWAYS]


@dataclass
class Part:
    """What becomes of one table's rows; moving ones may lose a mark (`flags`) or get it back (`marks`)."""

    link: Link
    moving: list[Any] = field(default_factory=list)
    staying: list[Any] = field(default_factory=list)
    flags: dict[str, list[Any]] = field(default_factory=dict)
    marks: dict[str, list[Any]] = field(default_factory=dict)

    def as_json(self, ids: Iterable[Any]) -> dict:
        flags = {flag: [str(pk) for pk in pks] for flag, pks in self.flags.items()}
        return {
            "model": self.link.label,
            "field": self.link.name,
            "ids": [str(pk) for pk in ids],
            "flags": flags,
        }


def plan_moves(
    source: Enterprise, target: Enterprise, only: dict[str, set[Any]] | None = None
) -> tuple[list[Part], list[Promise]]:
    """Return what would become of each table's rows if the rows of `source` went to `target`, and what forbids it.

    `only` limits the rows of each table, by their ids, to those that are to move. A row that is part of one
    that stays, as an assessment is of its enrolment, stays with it.
    """
    refusals: list[Promise] = []
    parts = []
    for link in links():
        rows = link.rows(source)
        if only is not None:
            rows = rows.filter(pk__in=only.get(link.label, ()))
        part = Part(link, moving=list(rows.order_by("pk").values_list("pk", flat=True)))
        if part.moving:
            refusals += settle(part, source, target)
            parts.append(part)
    keep_together(parts)
    for part in parts:
        going = set(part.moving)
        part.flags = {flag: [pk for pk in pks if pk in going] for flag, pks in part.flags.items()}
    return parts, refusals


def settle(part: Part, source: Enterprise, target: Enterprise) -> list[Promise]:
    """Apply the rule of every clash to the rows of one table, and return what a person must settle first."""
    refusals = []
    for name, others, condition in part.link.uniques():
        clashing = clashes(part.link, source, target, others, condition, part.moving)
        if not clashing:
            continue
        rule = CLASHES.get(name) or (UNFORESEEN if name in declared(part.link) else Stays())
        if isinstance(rule, Yields):
            part.flags.setdefault(rule.flag, []).extend(clashing)
            continue
        rows = part.link.model._base_manager.filter(pk__in=clashing)
        if isinstance(rule, Refuses):
            refusals += [refusal(rule, row) for row in rows]
        else:
            refusals += [refusal(rule, row) for row in rows if rule.unless and getattr(row, rule.unless)]
            stay(part, clashing)
    return refusals


def declared(link: Link) -> set[str]:
    """Return the constraints that a model names; a plain one-to-one or a join table just keeps what it has."""
    return {one.name for one in link.model._meta.constraints}


def clashes(
    link: Link,
    source: Enterprise,
    target: Enterprise,
    others: list[str],
    condition: models.Q | None,
    among: list[Any],
) -> list[Any]:
    """Return the ids of the rows of `source` that a unique constraint forbids beside those of `target`."""

    def keys(rows: models.QuerySet) -> list[tuple]:
        kept = rows.filter(condition) if condition is not None else rows
        # nothing is the same as nothing: a row without one of the columns clashes with no other
        return [key for key in kept.order_by("pk").values_list("pk", *others) if None not in key[1:]]

    taken = {key[1:] for key in keys(link.rows(target))}
    return [key[0] for key in keys(link.rows(source).filter(pk__in=among)) if key[1:] in taken]


def stay(part: Part, pks: Iterable[Any]) -> None:
    leaving = set(pks)
    part.staying += [pk for pk in part.moving if pk in leaving]
    part.moving = [pk for pk in part.moving if pk not in leaving]


def keep_together(parts: list[Part]) -> None:
    """Let rows stay that are part of a row that stays, until no more do."""
    while True:
        held: dict[type[models.Model], set[Any]] = defaultdict(set)
        for part in parts:
            held[part.link.model] |= set(part.staying)
        before = sum(len(part.staying) for part in parts)
        for part in parts:
            for key in part.link.needed():
                if found := held.get(key.related_model):
                    rows = part.link.model._base_manager.filter(
                        pk__in=part.moving, **{f"{key.name}__in": found}
                    )
                    stay(part, rows.values_list("pk", flat=True))
        if before == sum(len(part.staying) for part in parts):
            return


def added_to(link: Link, owner: Enterprise, going: dict[type[models.Model], set[Any]]) -> set[Any]:
    """Return the rows of an enterprise that are part of rows that go elsewhere, and so must go with them."""
    found: set[Any] = set()
    for key in link.needed():
        if ids := going.get(key.related_model):
            found |= set(link.rows(owner).filter(**{f"{key.name}__in": ids}).values_list("pk", flat=True))
    return found


def move(part: Part, target: Enterprise) -> None:
    """Give the rows to another enterprise, with the marks that they lose or get back."""
    rows = part.link.model._base_manager
    owner = {part.link.name: target.pk}
    marked = [*part.flags.values(), *part.marks.values()]
    special = {pk for pks in marked for pk in pks}
    rows.filter(pk__in=[pk for pk in part.moving if pk not in special]).update(**owner)
    for value, changes in ((False, part.flags), (True, part.marks)):
        for name, pks in changes.items():
            rows.filter(pk__in=pks).update(**owner, **{name: value})
