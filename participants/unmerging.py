"""What taking a merge back would do now, and what forbids it."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from closedloop.audit.trail import plain
from participants.merging import CLASHES, Yields
from participants.models import Enterprise, EnterpriseMerge
from participants.moves import Link, Part, added_to, links, plan_moves


@dataclass(frozen=True)
class Value:
    """One field of the surviving record: what it was, what the merge made of it, what it is now."""

    name: str
    before: Any
    merged: Any
    now: Any

    @property
    def is_changed(self) -> bool:
        """Whether somebody changed it after the merge."""
        return plain(self.now) != plain(self.merged)


@dataclass
class Return:
    """What would go back to the other record; with refusals nothing does."""

    parts: list[Part] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    refusals: list[str | Promise] = field(default_factory=list)

    @property
    def changed(self) -> list[Value]:
        return [one for one in self.values if one.is_changed]


def plan_return(merge: EnterpriseMerge, survivor: Enterprise, other: Enterprise) -> Return:
    """Return what taking the merge back would do, for two records as they are now."""
    if against := reason_against(merge, survivor, other):
        return Return(refusals=[against])
    parts, refusals = plan_moves(survivor, other, only=rows_going_back(merge, survivor))
    flags = {(entry["model"], entry["field"]): entry["flags"] for entry in merge.moved}
    for part in parts:
        stayed = part.link.model._base_manager.filter(pk__in=part.staying)
        refusals += [
            format_lazy(_("{row}: catatan lama sudah punya yang sama. Ubah dulu namanya."), row=row)
            for row in stayed
        ]
        part.marks = own_marks(part, flags.get((part.link.label, part.link.name), {}))
    values = values_of(merge, survivor)
    return Return(parts, values, [*refusals, *numbers_taken(merge, survivor, other)])


def reason_against(merge: EnterpriseMerge, survivor: Enterprise, other: Enterprise) -> str | Promise | None:
    """Return why this merge cannot be taken back as a whole, or None."""
    if merge.undone_at:
        return _("Penggabungan ini sudah diurungkan.")
    if merge.is_too_old:
        return _("Penggabungan hanya dapat diurungkan selama 30 hari. Setelah itu keduanya satu IKM.")
    if survivor.merged_into or other.merged_into_id != survivor.pk:
        holder = survivor.merged_into or other.merged_into
        return format_lazy(
            _("Catatan ini kemudian digabung ke {name}. Urungkan dulu penggabungan itu."), name=holder
        )
    if merge.values["class"] != [survivor.class_level, plain(survivor.class_since)]:
        return _(
            "Kelas usaha diputuskan sidang sesudah digabung, atas bukti dari kedua catatan. "
            "Penggabungan ini tidak dapat diurungkan lagi."
        )
    return None


def rows_going_back(merge: EnterpriseMerge, survivor: Enterprise) -> dict[str, set[Any]]:
    """Return {table: ids} of the rows that the merge moved and the survivor still has, with what grew on them.

    What was added since to a row that goes back, as an assessment to its enrolment, goes with it.
    """
    by_model: dict[type[models.Model], set[Any]] = defaultdict(set)
    for entry in merge.moved:
        link = Link(apps.get_model(entry["model"]), entry["field"])
        held = link.rows(survivor).filter(pk__in=entry["ids"])
        by_model[link.model] |= set(held.values_list("pk", flat=True))
    size = -1
    while size != (size := sum(map(len, by_model.values()))):
        for link in links():
            if grown := added_to(link, survivor, by_model):
                by_model[link.model] |= grown
    return {model._meta.label_lower: ids for model, ids in by_model.items()}


def own_marks(part: Part, marked: dict[str, list[str]]) -> dict[str, list[Any]]:
    """Return the rows of a table that get their mark back: where no other row that returns has it by now."""
    by_text = {str(pk): pk for pk in part.moving}
    found = {}
    for name, texts in marked.items():
        lost = [by_text[text] for text in texts if text in by_text]
        others = beside(part.link, name)
        rows = part.link.model._base_manager.filter(pk__in=part.moving)
        having = rows.filter(**{name: True}).exclude(pk__in=part.flags.get(name, ()))
        taken = {key[1:] for key in having.values_list("pk", *others)}
        keys = rows.filter(pk__in=lost, **{name: False}).values_list("pk", *others)
        found[name] = [key[0] for key in keys if key[1:] not in taken]
    return found


def beside(link: Link, flag: str) -> list[str]:
    """Return the columns beside the enterprise for each value of which one row only may have the mark."""
    rules = [(CLASHES.get(name), others) for name, others, _condition in link.uniques()]
    return next(others for rule, others in rules if isinstance(rule, Yields) and rule.flag == flag)


def values_of(merge: EnterpriseMerge, survivor: Enterprise) -> list[Value]:
    """Return the survivor's fields that the merge changed."""
    found = []
    for name, (before, merged) in merge.values["survivor"].items():
        column: Any = Enterprise._meta.get_field(name)
        found.append(
            Value(name, column.to_python(before), column.to_python(merged), getattr(survivor, column.attname))
        )
    return found


def numbers_taken(merge: EnterpriseMerge, survivor: Enterprise, other: Enterprise) -> list[str | Promise]:
    """Return the numbers that the other record would get back but a third one has by now."""
    pair: list[UUID] = [survivor.pk, other.pk]
    refusals: list[str | Promise] = []
    for name, (before, _after) in merge.values["other"].items():
        holder = Enterprise.with_merged.exclude(pk__in=pair).filter(**{name: before}).first()
        if before and holder:
            text = _("{field} catatan lama sudah dipakai {name} ({code}).")
            refusals.append(format_lazy(text, field=name.upper(), name=holder, code=holder.code))
    return refusals
