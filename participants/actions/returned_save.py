"""Write what an edited row changes. A person made these edits, so the trail holds them like any other."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.regions.models import Regency
from participants.actions.enterprises import record_annual_figure, update_enterprise
from participants.actions.people import add_person, update_person
from participants.actions.returned_cells import CONTACT_MARK
from participants.actions.versions import next_version
from participants.export_sheet import contact_of
from participants.models import AnnualFigure, Enterprise, ImportRow, Process

# empty on the record is a text for these, and no value for the others
TEXTS = ("address", "postal_code", "certificates", "phone", "email")

# changes of the contact, and the fields of a person they go to
PERSON = {
    "owner_name": "full_name",
    f"phone:{CONTACT_MARK}": "phone",
    f"email:{CONTACT_MARK}": "email",
}


@transaction.atomic
def save_edit(row: ImportRow, enterprise: Enterprise, *, by: User | None) -> None:
    """Give an enterprise what its edited row changes; an emptied cell clears.

    Raises StaleRecord when the record moved on since the preview, and ValidationError when NIB or NPWP belong
    to another by now.
    """
    changes = {name: new for name, (_old, new) in row.values["changes"].items()}
    sales = {name: changes.pop(name) for name in list(changes) if name.startswith("annual_sales:")}
    person: dict[str, Any] = {PERSON[name]: changes.pop(name) or "" for name in PERSON if name in changes}
    fields: dict[str, Any] = {name: new or "" if name in TEXTS else new for name, new in changes.items()}
    if "regency" in fields:
        fields["regency"] = Regency.objects.get(code=fields["regency"])
    if "processes" in fields:
        fields["processes"] = list(Process.objects.filter(code__in=fields["processes"]))
    if "kbli" in fields:
        fields["kbli"] = fields["kbli"] or ""
    if fields:
        update_enterprise(enterprise, by=by, version=row.values["version"], **fields)
    contact = contact_of(enterprise)
    if contact and person:
        update_person(contact, by=by, **person)
    elif person:
        add_person(enterprise, by=by, **person)
    for name, amount in sales.items():
        save_sales(enterprise, int(name.partition(":")[2]), amount, by=by)


def save_sales(enterprise: Enterprise, year: int, amount: int | None, *, by: User | None) -> None:
    """Record the sales of a year; None says that nobody knows them after all."""
    if amount is not None:
        record_annual_figure(enterprise, by=by, year=year, annual_sales=amount)
        return
    figure = AnnualFigure.objects.select_for_update().filter(enterprise=enterprise, year=year).first()
    if figure is None:
        raise ValidationError(_("Data ini baru saja diubah orang lain. Unggah lagi lembarnya."))
    old, figure.annual_sales = figure.annual_sales, None
    figure.save(update_fields=["annual_sales"])
    next_version(enterprise)
    record("annualfigure.recorded", figure, by=by, year=year, changes={"annual_sales": [old, None]})


def give_back_contact(
    enterprise: Enterprise, changes: dict[str, list], *, by: User | None, began: datetime
) -> None:
    """Take the changes of the contact out of `changes` and give them their old values.

    Who came with the edit, which began then, goes again.
    """
    person: dict[str, Any] = {PERSON[name]: changes.pop(name)[0] or "" for name in PERSON if name in changes}
    contact = contact_of(enterprise)
    if not person or contact is None:
        return
    if contact.created_at >= began:
        record("person.removed", contact, by=by)
        contact.delete()
        next_version(enterprise)
    else:
        update_person(contact, by=by, **person)
