"""Pieces of the pages about what an enterprise makes, its figures, and who may read them."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from closedloop.core import formats, money
from closedloop.core.phone import wa_link
from participants.audience import who_sees
from participants.models import Indicator, Machine, Material, MeasuringTool, Product
from participants.told import Standing, Told

register = template.Library()


@register.inclusion_tag("participants/_capability_section.html", takes_context=True)
def capability_section(context, title, verb, kind, rows, none):
    """One section of the profile: machines, materials, tools or products."""
    return {
        "title": title,
        "verb": verb,
        "kind": kind,
        "lines": [line_of(row) for row in rows],
        "none": none,
        "whole": whole_day(context["profile"]),
        **{name: context[name] for name in ("nav", "enterprise", "may_change")},
    }


def whole_day(profile):
    """Return when the whole profile was last confirmed."""
    return profile.work.confirmed_on if profile.work else None


def line_of(row) -> dict:
    """Return what the list says of a machine, material, tool or product."""
    text, photo = "", None
    match row:
        case Machine():
            text = ", ".join(filter(None, machine_facts(row)))
        case Material():
            text = row.grade
        case MeasuringTool():
            text = ", ".join(filter(None, tool_facts(row)))
        case Product():
            photo = next(iter(row.photos.all()), None)
            text = _("Nomor part %(number)s") % {"number": row.part_number} if row.part_number else ""
    name = row.name if isinstance(row, Material) else str(row)
    return {"row": row, "pk": row.pk, "name": name, "text": text, "photo": photo, "badge": "", "tone": ""}


def units(count: int) -> str:
    return ngettext("%(count)d unit", "%(count)d unit", count) % {"count": count}


def machine_facts(machine: Machine) -> list[str]:
    return [
        units(machine.count),
        f"{formats.number(machine.capacity, 2, trim=True)} {machine.capacity_unit}"
        if machine.capacity is not None
        else "",
        _("buatan %(year)s") % {"year": machine.year} if machine.year else "",
        str(machine.process or ""),
    ]


def tool_facts(tool: MeasuringTool) -> list[str]:
    return [
        units(tool.count),
        _("ketelitian %(value)s mm") % {"value": formats.number(tool.accuracy_mm, 3, trim=True)}
        if tool.accuracy_mm is not None
        else "",
        _("kalibrasi sampai %(day)s") % {"day": formats.date_medium(tool.calibrated_until)}
        if tool.calibrated_until
        else "",
    ]


@register.filter
def wa_me(phone: str) -> str:
    """Return the address that opens a chat; shown only under a consent to WhatsApp."""
    return wa_link(phone)


@register.filter
def at_key(found: dict, key):
    return found.get(key, "")


@register.simple_tag
def seen_by() -> str:
    """The sentence beside every money field: who reads it, and who never does."""
    return who_sees()


def written(value, unit: str, own: str = "", *, short: bool = False) -> str:
    """Return a value of an indicator as people read it, with its unit."""
    match unit:
        case Indicator.Unit.RUPIAH:
            return money.rupiah_short(value) if short else money.rupiah(value)
        case Indicator.Unit.PERCENT:
            return f"{formats.number(value, 2, trim=True)}%"
        case Indicator.Unit.OWN:
            return f"{formats.number(value, 2, trim=True)} {own}".strip()
    return f"{formats.number(value, 2, trim=True)} {Indicator.Unit(unit).label}"


@register.filter
def told_amount(told: Told | None, unit: str = Indicator.Unit.OWN) -> str:
    """Return what was told: "Rp2,9 M", "80%", "antara 60% dan 80%", "Tidak tahu", "Belum ada data"."""
    if told is None:
        return formats.unknown()
    if not told.is_known:
        return _("Tidak tahu")
    if told.is_range:
        return _("antara %(low)s dan %(high)s") % {
            "low": written(told.low, unit, told.unit, short=True),
            "high": written(told.high, unit, told.unit, short=True),
        }
    return written(told.value, unit, told.unit)


@register.filter
def told_change(standing: Standing) -> str:
    """Return the change against the beginning: "+18%" or, for percentages, "+4 poin"; else why there is none."""
    if standing.difference is None:
        return ""
    if standing.indicator.unit == Indicator.Unit.PERCENT:
        return _("%(points)s poin") % {"points": formats.change(standing.difference)}
    if standing.ratio is None:
        return formats.change(standing.difference, 0)
    percent = formats.number(abs(standing.ratio) * 100, 1, trim=True)
    sign = "" if not standing.ratio else "+" if standing.ratio > 0 else formats.MINUS
    return f"{sign}{percent}%"
