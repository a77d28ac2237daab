"""What two records hold, in words for the page that shows them side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from closedloop.core.formats import unknown
from closedloop.core.identifiers import masked
from closedloop.core.phone import display
from closedloop.regions.models import Regency
from participants.models import Enterprise
from participants.moves import Link, Part, links
from participants.reading import RegistrationRow

EXAMPLES = 4
REASON_WORDS: dict[str, str | Promise] = {
    "same_taxpayer": gettext_lazy("wajib pajak sama"),
    "same_phone": gettext_lazy("telepon sama"),
    "near_name": gettext_lazy("nama mirip"),
}


@dataclass(frozen=True)
class Beside:
    """One line: what it is called, and what either record says."""

    label: str
    mine: str | int
    theirs: str | int

    @property
    def differs(self) -> bool:
        return self.mine != self.theirs


@dataclass(frozen=True)
class Moving:
    """How many rows of one kind move, and which stay because the survivor has its own."""

    name: str
    count: int
    staying: int = 0
    examples: tuple[str, ...] = ()


def name_of(model: type[models.Model], column: str) -> str:
    """Return what people call the rows of a table."""
    if model is Enterprise:
        return _("catatan yang digabung lebih dulu")
    if model._meta.auto_created:  # a bare join table is called for what it joins
        joined = next(
            field.related_model
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and field.name != column
        )
        return str(joined._meta.verbose_name)
    return str(model._meta.verbose_name)


def lines_beside(survivor: Enterprise, other: Enterprise) -> list[Beside]:
    """Return what both records list besides their fields, where either lists anything."""
    lists = [
        (_("Kelas usaha"), lambda one: one.get_class_level_display() or unknown()),
        ("KBLI", lambda one: joined(link.kbli.code for link in one.kbli_links.select_related("kbli"))),
        (_("Produk"), lambda one: joined(one.products.all())),
        (_("Proses"), lambda one: joined(one.processes.all())),
        (_("Orang"), lambda one: joined(one.people.all())),
        (_("Angkatan"), lambda one: joined(row.cohort for row in one.enrolments.select_related("cohort"))),
    ]
    lines = [Beside(str(label), str(read(survivor)), str(read(other))) for label, read in lists]
    return [line for line in lines if {line.mine, line.theirs} != {str(unknown())}]


def joined(rows: Iterable[Any]) -> str:
    """Return rows in a line, or the word for unknown."""
    return ", ".join(str(row) for row in rows) or str(unknown())


def counted(survivor: Enterprise, other: Enterprise) -> list[Beside]:
    """Return how many rows of each kind hang on either record, directly or through one step."""
    found = []
    direct = links()
    for link in direct:
        both = [link.rows(one).count() for one in (survivor, other)]
        if any(both):
            found.append(Beside(capital(name_of(link.model, link.name)), *both))
        if any(both):
            found += [
                Beside(capital(name), *numbers) for name, numbers in children(link, direct, survivor, other)
            ]
    return found


def children(link: Link, direct: list[Link], survivor: Enterprise, other: Enterprise):
    """Yield (name, [how many]) of the tables whose rows are part of a row of this one, as attendance is."""
    known = {one.model for one in direct}
    for relation in link.model._meta.related_objects:
        if relation.related_model in known or relation.field.null or relation.many_to_many:
            continue
        path = f"{relation.field.name}__{link.name}"
        rows = relation.related_model._base_manager
        numbers = [rows.filter(**{path: one.pk}).count() for one in (survivor, other)]
        if any(numbers):
            yield str(relation.related_model._meta.verbose_name), numbers


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def better_survivor(one: Enterprise, two: Enterprise) -> Enterprise:
    """Return the record to suggest: the higher class, which alone may survive, then the fuller, then the older."""

    def weight(row: Enterprise) -> tuple:
        return (row.class_level or 0, sum(link.rows(row).count() for link in links()))

    first, second = sorted((one, two), key=lambda row: row.created_at)
    return first if weight(first) >= weight(second) else second


def moving_lines(parts: Iterable[Part | dict]) -> list[Moving]:
    """Return how many rows of each kind a merge moves, from its plan or from its memory."""
    found = []
    for part in parts:
        if isinstance(part, Part):
            model, column = part.link.model, part.link.name
            count, staying = len(part.moving), part.staying
        else:
            model, column = apps.get_model(part["model"]), part["field"]
            count, staying = len(part["ids"]), []
        examples = tuple(str(row) for row in model._base_manager.filter(pk__in=staying[:EXAMPLES]))
        found.append(Moving(capital(name_of(model, column)), count, len(staying), examples))
    return found


def row_beside(row: RegistrationRow, enterprise: Enterprise) -> list[Beside]:
    """Return what a row of a workbook says beside what the register has; numbers by their last four digits."""
    people = list(enterprise.people.all())
    phones = {enterprise.phone, *(person.phone for person in people)} - {""}
    lines = [
        (_("Nama usaha"), row.name, enterprise.name),
        ("NIB", masked(row.nib) if row.nib else "", enterprise.masked_nib),
        ("NPWP", masked(row.npwp) if row.npwp else "", enterprise.masked_npwp),
        (_("Kabupaten/kota"), row.regency_code or "", enterprise.regency_id),
        (_("Alamat"), row.address, enterprise.address),
        (_("Pemilik"), row.owner_name, ", ".join(person.full_name for person in people)),
        (_("Telepon"), display(row.phone) if row.phone else "", ", ".join(map(display, sorted(phones)))),
        (_("Produk"), ", ".join(row.products), ", ".join(one.name for one in enterprise.products.all())),
    ]
    names = dict(
        Regency.objects.filter(pk__in=[row.regency_code, enterprise.regency_id]).values_list("pk", "name")
    )
    return [
        Beside(
            str(label), names.get(mine, mine) or str(unknown()), names.get(theirs, theirs) or str(unknown())
        )
        for label, mine, theirs in lines
    ]
