"""Writes to what an enterprise can make: its machines, materials, tools, activities and products."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from participants.actions.line_confirming import stamp
from participants.actions.reference import kbli_of
from participants.actions.standing import hold
from participants.models import (
    Capability,
    Enterprise,
    EnterpriseKbli,
    Machine,
    Material,
    MeasuringTool,
    Product,
)
from participants.seen import require_unchanged

# the fields a person fills in, by kind of row
FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Machine: ("kind", "brand", "process", "count", "year", "capacity", "capacity_unit"),
    Material: ("name", "grade"),
    MeasuringTool: ("name", "accuracy_mm", "count", "calibrated_until"),
    Product: ("name", "part_number"),
    Capability: ("tolerance_mm", "tolerance_note", "shift_count", "hours_per_shift", "days_per_week"),
}
Item = Machine | Material | MeasuringTool | Product


@transaction.atomic
def add_item(model: type[Item], enterprise: Enterprise, *, by: User, id=None, **fields: Any) -> Item:
    """Add a machine, material, tool or product. An `id` makes a second press of a form fail."""
    hold(enterprise)
    row = model(enterprise=enterprise, **fields, **({"id": id} if id else {}))
    row.full_clean(validate_constraints=False)
    _save(row, force_insert=True)
    record(f"{model._meta.model_name}.added", row, by=by)
    return row


@transaction.atomic
def update_item(row: Item, *, by: User, seen: str | None = None, **fields: Any) -> Item:
    """Change a machine, material, tool or product; what somebody else wrote since `seen` is not overwritten."""
    row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    names = FIELDS[type(row)]
    require_unchanged(row, names, seen)
    if unknown := set(fields) - set(names):
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    before = {name: getattr(row, name) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean(validate_constraints=False)
    if differences := changes(before, fields):
        _save(row)
        record(f"{row._meta.model_name}.updated", row, by=by, changes=differences)
        if not isinstance(row, Product):  # who changes a line says what is right today
            stamp(row.enterprise, row, by=by, today=timezone.localdate())
    return row


@transaction.atomic
def remove_item(row: Item, *, by: User) -> None:
    """Take a machine, material, tool or product out; its name and values stay in the trail."""
    values = {name: str(getattr(row, name) or "") for name in FIELDS[type(row)]}
    record(f"{row._meta.model_name}.removed", row, by=by, values=values)
    row.delete()


def _save(row: Item, **options: Any) -> None:
    try:
        with transaction.atomic():
            row.save(**options)
    except IntegrityError as error:
        if "once_per_enterprise" not in str(error):
            raise
        raise ValidationError(_("%(name)s sudah tercatat.") % {"name": row}) from error


@transaction.atomic
def update_capability(
    enterprise: Enterprise, *, by: User, seen: str | None = None, **fields: Any
) -> Capability:
    """Write how finely and how long an enterprise works; None is not known."""
    hold(enterprise)
    row = Capability.objects.filter(enterprise=enterprise).first() or Capability(enterprise=enterprise)
    require_unchanged(row, FIELDS[Capability], seen)
    before = {name: getattr(row, name) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean(validate_constraints=False)
    if differences := changes(before, fields):
        row.save()
        record("capability.updated", row, by=by, changes=differences)
    return row


@transaction.atomic
def add_kbli(enterprise: Enterprise, code: str, *, by: User) -> EnterpriseKbli:
    """Add an activity beside the main one; the first becomes the main one. Known already, nothing changes."""
    hold(enterprise)
    is_first = not enterprise.kbli_links.filter(is_primary=True).exists()
    link, created = EnterpriseKbli.objects.get_or_create(
        enterprise=enterprise, kbli=kbli_of(code), defaults={"is_primary": is_first}
    )
    if created:
        record("enterprise.kbli_added", enterprise, by=by, kbli=code)
    return link


@transaction.atomic
def remove_kbli(link: EnterpriseKbli, *, by: User) -> None:
    """Take away an activity; the main one is changed on the form of the enterprise, never just removed."""
    link = EnterpriseKbli.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.is_primary:
        raise ValidationError(_("KBLI utama tidak dihapus. Ganti lewat Ubah data."))
    record("enterprise.kbli_removed", link.enterprise, by=by, kbli=link.kbli.code)
    link.delete()
