"""Cells that somebody edited in a sheet while others edited them in the portal: held, told, decided."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.models import User
from closedloop.audit.models import Event
from closedloop.audit.trail import record
from closedloop.core.formats import moment
from participants.actions.import_check import complain
from participants.actions.returned_cells import CONTACT, Edit
from participants.export_sheet import name_of
from participants.models import Enterprise, ImportBatch, ImportRow
from participants.roundtrip import told

CHANGING = ("enterprise.updated", "person.added", "person.updated", "annualfigure.recorded")


def explain_clashes(edit: Edit, clashes: dict[str, list], *, is_all: bool) -> None:
    """Add a problem for each clash, with all three values and who changed it when.

    With nothing else to save the row is refused; otherwise the rest of it is saved and the clash only told.
    """
    for name in clashes:
        key = name.partition(":")[0]
        message = format_lazy(
            _("Bentrok. Saat diunduh “{then}”; di portal kini “{theirs}”{who}; di lembar “{mine}”. "
              "Isi portal dipertahankan sampai Anda memilih."),
            then=told(edit.then.get(name_of(key, edit.year))) or _("(kosong)"),
            theirs=told(edit.theirs[name_of(key, edit.year)]) or _("(kosong)"),
            mine=told(edit.look.cell(edit.raw, key)) or _("(kosong)"),
            who=last_change(edit.enterprise, key),
        )  # fmt: skip
        complain(edit.row, edit.raw, key, "clash", message, is_warning=not is_all)


def last_change(enterprise: Enterprise, key: str) -> str:
    """Return ", diubah Sari 24 November 2026 pukul 09.05 WIB" for what a column shows; empty if nobody knows."""
    name = CONTACT.get(key, key)
    events = Event.objects.filter(enterprise_id=enterprise.pk, verb__in=CHANGING).order_by("-at")
    for event in events:
        if name in event.data.get("changes", {}):
            return _now(", diubah %(who)s %(when)s") % {"who": event.actor_name, "when": moment(event.at)}
    return ""


@transaction.atomic
def take_sheet_value(row: ImportRow, name: str, *, by: User) -> None:
    """Decide that the sheet's value of a clash is the right one, so that saving writes it.

    Raises ValidationError where nothing waits for that decision.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=row.batch_id)
    row = ImportRow.objects.get(pk=row.pk)
    clashes: dict[str, Any] = row.values.get("clashes", {})
    if batch.status != ImportBatch.Status.PREVIEWED or name not in clashes:
        raise ValidationError(_("Baris ini tidak menunggu keputusan."))
    row.values["changes"][name] = clashes.pop(name)
    column = name.partition(":")[0]
    row.problems = [one for one in row.problems if (one["code"], one["field"]) != ("clash", column)]
    is_refused = any(not one["is_warning"] and one["code"] != "clash" for one in row.problems)
    row.outcome = ImportRow.Outcome.ERROR if is_refused else ImportRow.Outcome.CHANGED
    for one in row.problems:
        one["is_warning"] = one["is_warning"] or one["code"] == "clash"
    row.save(update_fields=["values", "problems", "outcome"])
    record("importbatch.clash_decided", batch, by=by, row=row.sheet_row, field=name)
