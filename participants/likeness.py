"""Which records an enterprise that is being typed in may be already, found before it is saved."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.duplicates import near_keys
from participants.models import Enterprise, NotDuplicate
from participants.naming import name_key
from participants.pairs import LIKENESS

# names less alike than this are never one slip of the pen apart, and are not even read
FARTHEST = 0.3
MOST = 5


@dataclass(frozen=True)
class Alike:
    """A record of the register, and why it may be the same enterprise."""

    enterprise: Enterprise
    why: str | Promise
    is_certain: bool = False

    @property
    def people(self) -> list[str]:
        return [person.full_name for person in self.enterprise.people.all() if person.is_active]

    @property
    def phones(self) -> list[str]:
        return sorted(phones_of(self.enterprise))


def phones_of(enterprise: Enterprise) -> set[str]:
    """Return every telephone of an enterprise and its people."""
    people = {person.phone for person in enterprise.people.all() if person.is_active}
    return {enterprise.phone, *people} - {""}


def alike(
    rows, *, name: str, phones: Iterable[str], regency_id: str | None, but: UUID | None = None
) -> list[Alike]:
    """Return the enterprises of `rows` with the same name and telephone, or a near name in the same regency.

    `but` is the record itself when it is being changed; pairs that a person judged are left out.
    """
    told = {phone for phone in phones if phone}
    near = rows.annotate(likeness=TrigramSimilarity("name", name)).exclude(pk__in=judged(but))
    by_person = Enterprise.objects.order_by().filter(people__is_active=True, people__phone__in=told)
    found = near.filter(
        Q(phone__in=told) | Q(pk__in=by_person.values("pk")) | Q(regency=regency_id, likeness__gte=FARTHEST)
    )
    nearest = found.select_related("regency__province").prefetch_related("people").order_by("-likeness")
    answers = []
    for one in nearest[: MOST * 10]:
        if why := reason(one, name, told, regency_id):
            answers.append(Alike(one, why))
    return answers[:MOST]


def reason(one: Any, name: str, phones: set[str], regency_id: str | None) -> str | Promise | None:
    """Return why a record, annotated with its `likeness`, may be the enterprise of this name, or None."""
    if name_key(one.name) == name_key(name) and phones & phones_of(one):
        return gettext_lazy("Nama dan telepon sama.")
    if one.regency_id != regency_id or digits(one.name) != digits(name):
        return None
    is_near = bool(set(near_keys(one.name)) & set(near_keys(name))) or one.likeness >= LIKENESS
    return gettext_lazy("Nama mirip di daerah yang sama.") if is_near else None


def digits(name: str) -> str:
    """Return the digits of a name: unit 1 is not unit 2."""
    return "".join(re.findall(r"\d", name))


def judged(pk: UUID | None) -> set[UUID | None]:
    """Return the record itself, and those that a person said are other enterprises."""
    if pk is None:
        return set()
    pairs = NotDuplicate.objects.filter(Q(first=pk) | Q(second=pk)).values_list("first", "second")
    return {pk, *(one for pair in pairs for one in pair)}


def number_taken(name: str, number: str, mine: Enterprise) -> str | None:
    """Return who has this NIB or NPWP already, in words, or None; a number of a merged record is its survivor's."""
    holder = Enterprise.with_merged.filter(**{name: number}).exclude(pk=mine.pk).first()
    if holder is None:
        return None
    speaking = holder.merged_into or holder
    told = {"field": name.upper(), "name": speaking, "code": speaking.code}
    if speaking.pk == mine.pk:
        told |= {"name": holder, "code": holder.code}
        return (
            _("%(field)s ini tersimpan pada catatan lama %(name)s (%(code)s) yang digabung ke sini.") % told
        )
    return _("%(field)s ini sudah dipakai IKM lain: %(name)s (%(code)s).") % told


def holders(rows, **numbers: str | None) -> list[Alike]:
    """Return the records among `rows` that have one of these numbers; for a hidden record its survivor."""
    told = {name: number for name, number in numbers.items() if number}
    if not told:
        return []
    found = Enterprise.with_merged.filter(Q(*told.items(), _connector=Q.OR))
    speaking = {one.merged_into_id or one.pk for one in found}
    known = rows.filter(pk__in=speaking).select_related("regency__province").prefetch_related("people")
    return [Alike(one, gettext_lazy("NIB atau NPWP sama."), is_certain=True) for one in known]
