"""Writes of an import: look at a workbook, then save all of its good rows or none of them."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.regions.models import Regency
from participants.actions.cohorts import enrol, move_enrolment
from participants.actions.enterprises import record_annual_figure, register_enterprise, update_enterprise
from participants.actions.import_check import PLAIN_FIELDS, check_sheet
from participants.actions.people import add_person
from participants.archive import content_of
from participants.models import Cohort, Enrolment, Enterprise, ImportBatch, ImportRow, Person, Process
from participants.processes import code_of
from participants.progress import Progress, counted
from participants.workbook import read_workbook

Outcome = ImportRow.Outcome


@transaction.atomic
def preview_import(
    file: BinaryIO | bytes | Path,
    cohort: Cohort,
    *,
    by: User | None,
    file_name: str,
    mapping: Mapping[str, str | None] | None = None,
    progress: Progress | None = None,
) -> ImportBatch:
    """Read a workbook and keep what would become of each row; nothing reaches the registry.

    `mapping` is a person's own answer to what the columns are, see read_workbook. `progress` is told how far
    it has come. Raises UnreadableWorkbook for a file that cannot be read and ValidationError for a closed cohort.
    """
    if cohort.status == Cohort.Status.CLOSED:
        raise ValidationError({"cohort": _("%(cohort)s sudah ditutup.") % {"cohort": cohort}})
    content = content_of(file)
    sheet = read_workbook(content, mapping=mapping)
    batch = ImportBatch.objects.create(
        cohort=cohort,
        file_name=file_name[:200],
        file_sha256=sha256(content).hexdigest(),
        sheet_name=sheet.title[:100],
        headers=list(sheet.layout.headers),
        uploaded_by=by,
    )
    checked = check_sheet(sheet, cohort)
    ImportRow.objects.bulk_create(row.as_import_row(batch) for row in counted(checked, progress))
    record("importbatch.previewed", batch, by=by, **batch.counts())
    return batch


@transaction.atomic
def import_as_new(row: ImportRow, *, by: User) -> None:
    """Decide that a possible duplicate is another enterprise after all, so that saving registers it."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=row.batch_id)
    row = ImportRow.objects.get(pk=row.pk)
    if batch.status != ImportBatch.Status.PREVIEWED or row.outcome != Outcome.POSSIBLE_DUPLICATE:
        raise ValidationError(_("Baris ini tidak menunggu keputusan."))
    if numbers_taken([row]):
        raise ValidationError(_("NIB atau NPWP baris ini milik IKM lain. Periksa kedua nomornya."))
    row.outcome, row.enterprise = Outcome.NEW, None
    row.save(update_fields=["outcome", "enterprise"])
    record("importbatch.row_decided", batch, by=by, row=row.sheet_row)


@transaction.atomic
def save_import(batch: ImportBatch, *, by: User | None, progress: Progress | None = None) -> ImportBatch:
    """Write all good rows of a batch to the registry, or none of them; `progress` is told how far it has come.

    New enterprises are registered with their contact, the yearly figure, the consent and an enrolment that
    is registered at once; known ones get what the row adds. Raises TransitionError for a batch that was
    saved or discarded before, and ValidationError when the registry has moved on since the preview.
    """
    batch.move_to(ImportBatch.Status.SAVED, by=by, saved_at=timezone.now())
    rows = list(batch.rows.importable().select_related("enterprise"))
    new = [row for row in rows if row.outcome == Outcome.NEW]
    changed = [row for row in rows if row.outcome == Outcome.CHANGED]
    moved_on = [
        row for row in changed if not row.enterprise or row.enterprise.version != row.values["version"]
    ]
    if stale := len(numbers_taken(new)) + len(moved_on):
        raise ValidationError(
            _("Data %(count)d IKM berubah sejak berkas diperiksa. Unggah lagi berkas ini.") % {"count": stale}
        )
    processes = {process.code: process for process in Process.objects.all()}
    regencies = Regency.objects.in_bulk({row.values["regency_code"] for row in rows})
    for row in counted(new, progress):
        row.enterprise = register_row(row, batch, by=by, processes=processes, regencies=regencies)
    for row in changed:
        if row.enterprise:  # always: moved_on would have stopped this
            update_from_row(row, row.enterprise, batch, by=by, processes=processes, regencies=regencies)
    ImportRow.objects.bulk_update(new, ["enterprise"])
    # the end, not the beginning: what is newer than this was built on the import (undo_refusals.py)
    batch.saved_at = timezone.now()
    batch.save(update_fields=["saved_at"])
    return batch


@transaction.atomic
def discard_import(batch: ImportBatch, *, by: User) -> None:
    """Put a batch away without saving it; raises TransitionError when it was saved or discarded before."""
    batch.move_to(ImportBatch.Status.DISCARDED, by=by)


def numbers_taken(rows: list[ImportRow]) -> list[ImportRow]:
    """Return the rows whose NIB or NPWP an enterprise of the registry has by now."""
    found: dict[str, set[str]] = {}
    for name in ("nib", "npwp"):
        told = {row.values[name] for row in rows if row.values[name]}
        found[name] = set(Enterprise.objects.filter(**{f"{name}__in": told}).values_list(name, flat=True))
    return [row for row in rows if row.values["nib"] in found["nib"] or row.values["npwp"] in found["npwp"]]


def register_row(
    row: ImportRow, batch: ImportBatch, *, by: User | None, processes: dict, regencies: dict
) -> Enterprise:
    """Register the enterprise of a row and enrol it."""
    values, contact = row.values, contact_of(row.values)
    enterprise = register_enterprise(
        by=by,
        source=batch.file_name,
        person=contact,
        kbli=values["kbli"],
        products=values["products"],
        processes=processes_of(values, processes),
        annual_figure=annual_figure_of(values, batch),
        consent={
            "channel": "Formulir pendaftaran",
            "text_version": batch.cohort.code,
            "given_at": moment_of(values["timestamp"]),
        },
        regency=regencies[values["regency_code"]],
        # without a contact's name the number is the only way to reach the enterprise
        phone="" if contact else values["phone"] or "",
        email="" if contact else values["email"],
        **{name: values[name] for name in PLAIN_FIELDS},
    )
    enrol_registered(enterprise, batch.cohort, by=by)
    return enterprise


def update_from_row(
    row: ImportRow,
    enterprise: Enterprise,
    batch: ImportBatch,
    *,
    by: User | None,
    processes: dict,
    regencies: dict,
) -> None:
    """Give an enterprise what its row adds to it; what the preview did not show is not touched."""
    changes, values = row.values["changes"], row.values
    fields: dict[str, Any] = {
        name: values[name] for name in (*PLAIN_FIELDS, "kbli", "products") if name in changes
    }
    if "regency" in changes:
        fields["regency"] = regencies[values["regency_code"]]
    if "processes" in changes:
        fields["processes"] = processes_of(values, processes)
    if fields:
        update_enterprise(enterprise, by=by, source=batch.file_name, **fields)
    figure = annual_figure_of(values, batch)
    if figure and any(name.startswith("annual_sales:") for name in changes):
        record_annual_figure(enterprise, by=by, **figure)
    if "person" in changes and (contact := contact_of(values)):
        add_person(enterprise, by=by, **contact)
    if "cohort" in changes:
        enrol_registered(enterprise, batch.cohort, by=by)


def enrol_registered(enterprise: Enterprise, cohort: Cohort, *, by: User | None) -> None:
    """Enrol as applicant and register at once: who stands in the office's sheet has been selected."""
    enrolment = enrol(enterprise, cohort, by=by)
    move_enrolment(enrolment, Enrolment.Status.REGISTERED, by=by)


def contact_of(values: dict[str, Any]) -> dict[str, Any] | None:
    """Return the keywords of add_person, or None when the row names nobody."""
    if not values["owner_name"]:
        return None
    return {
        "full_name": values["owner_name"],
        "position": Person.Position.OWNER,
        "phone": values["phone"] or "",
        "email": values["email"],
    }


def annual_figure_of(values: dict[str, Any], batch: ImportBatch) -> dict[str, Any] | None:
    """Return the keywords of record_annual_figure; without a year above the column there is no figure."""
    year = values["annual_sales_year"]
    if not year:
        return None
    # offices leave a cell blank where nobody works; the two halves stay unknown on the enterprise itself
    told = [count for count in (values["employees_male"], values["employees_female"]) if count is not None]
    return {
        "year": year,
        "annual_sales": values["annual_sales"],
        "employee_count": sum(told) if told else None,
        "source": batch.file_name,
    }


def processes_of(values: dict[str, Any], processes: dict[str, Process]) -> list[Process]:
    codes = {code for word in values["processes"] if (code := code_of(word))}
    return [process for code, process in processes.items() if code in codes]


def moment_of(timestamp: str | None) -> datetime | None:
    """Return the moment a form was filled in, by the clocks of Jakarta; one in the future is none."""
    if not timestamp:
        return None
    moment = timezone.make_aware(datetime.fromisoformat(timestamp))
    return moment if moment <= timezone.now() else None
