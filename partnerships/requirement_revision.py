"""A version of a requirement beside the one it was made from: what differs, in words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from closedloop.core.formats import date_medium, number, percent
from closedloop.core.money import rupiah
from closedloop.core.revisions import Kind, rows_changed
from partnerships.models import Requirement, RequirementLine
from partnerships.requirement_values import FIELDS, lines_of


@dataclass(frozen=True)
class Line:
    """One difference: what it is about, before and after; empty where there was or is none."""

    label: str
    before: str
    after: str


def changes_of(requirement: Requirement, *, with_price: bool) -> list[Line]:
    """Return what differs from the version before, its own terms first; nothing for a first version."""
    before = requirement.based_on
    if before is None:
        return []
    found = []
    for name in FIELDS:
        old, new = getattr(before, name), getattr(requirement, name)
        if old != new and (with_price or name != "target_price"):
            found.append(Line(label_of(Requirement, name), words(before, name), words(requirement, name)))
    for row in rows_changed(lines_of(before), lines_of(requirement)):
        match row.kind:
            case Kind.ADDED:
                found.append(Line(_("Baris baru"), "", row.title))
            case Kind.REMOVED:
                found.append(Line(_("Baris dihapus"), row.title, ""))
            case _:
                found += [
                    Line(f"{row.title}: {label}", plain(change.before), plain(change.after))
                    for change in row.fields
                    if (label := line_label(change.field))
                ]
    return found


def label_of(model: type, name: str) -> str:
    label = str(model._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def line_label(name: str) -> str:
    return str(_("Urutan")) if name == "order" else label_of(RequirementLine, name)


def words(requirement: Requirement, name: str) -> str:
    """Return a term as people read it."""
    value = getattr(requirement, name)
    if value is None:
        return "–"
    match name:
        case "target_price":
            return rupiah(value)
        case "min_on_time":
            return percent(value)
        case "per":
            return str(requirement.get_per_display())
        case "needed_on":
            return date_medium(value)
    return plain(value)


def plain(value: Any) -> str:
    match value:
        case bool():
            return _("Ya") if value else _("Tidak")
        case int() | Decimal():
            return number(value, 3, trim=True)
        case None | "":
            return "–"
    return str(value)
