"""Writes of an import: look at a workbook, then save all of its good rows or none of them."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.collecting import no_cycle_collection
from participants.actions.import_changed import update_from_row
from participants.actions.import_new import Newcomers
from participants.actions.import_plain import AT_ONCE, is_plain, update_plainly
from participants.actions.import_rows import chunks_of, keep_rows
from participants.actions.returned_check import check_any_sheet
from participants.actions.returned_save import save_edit
from participants.archive import content_of
from participants.models import Cohort, Enterprise, ImportBatch, ImportRow
from participants.progress import Progress, counted, within
from participants.workbook import read_workbook

Outcome = ImportRow.Outcome


@no_cycle_collection()
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
    sheet = read_workbook(content, mapping=mapping, progress=within(progress, 0, 40))
    batch = ImportBatch.objects.create(
        cohort=cohort,
        file_name=file_name[:200],
        file_sha256=sha256(content).hexdigest(),
        sheet_name=sheet.title[:100],
        headers=list(sheet.layout.headers),
        uploaded_by=by,
    )
    keep_rows(batch, check_any_sheet(sheet, cohort), progress=within(progress, 40, 100))
    record("importbatch.previewed", batch, by=by, **batch.counts())
    return batch


@transaction.atomic
def import_as_new(row: ImportRow, *, by: User) -> None:
    """Decide that a possible duplicate is another enterprise after all, so that saving registers it."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=row.batch_id)
    row = ImportRow.objects.get(pk=row.pk)
    if batch.status != ImportBatch.Status.PREVIEWED or row.outcome != Outcome.POSSIBLE_DUPLICATE:
        raise ValidationError(_("Baris ini tidak menunggu keputusan."))
    if numbers_taken(ImportRow.objects.filter(pk=row.pk)):
        raise ValidationError(_("NIB atau NPWP baris ini milik IKM lain. Periksa kedua nomornya."))
    row.outcome, row.enterprise = Outcome.NEW, None
    row.save(update_fields=["outcome", "enterprise"])
    record("importbatch.row_decided", batch, by=by, row=row.sheet_row)


@no_cycle_collection()
@transaction.atomic
def save_import(batch: ImportBatch, *, by: User | None, progress: Progress | None = None) -> ImportBatch:
    """Write all good rows of a batch to the registry, or none of them; `progress` is told how far it has come.

    New enterprises are registered with their contact, the yearly figure, the consent and an enrolment that
    is registered at once; known ones get what the row adds. Raises TransitionError for a batch that was
    saved or discarded before, and ValidationError when the registry has moved on since the preview.
    """
    batch.move_to(ImportBatch.Status.SAVED, by=by, saved_at=timezone.now())
    refuse_if_moved_on(batch)
    newcomers = Newcomers(batch, by=by)
    new = batch.rows.filter(outcome=Outcome.NEW).only("batch", "values")
    try:
        for chunk in chunks_of(new, within(progress, 0, 90)):
            newcomers.register(chunk)
    except IntegrityError as error:
        message = _("NIB atau NPWP di berkas ini baru saja didaftarkan orang lain. Unggah lagi berkas ini.")
        raise ValidationError(message) from error
    changed = list(batch.rows.filter(outcome=Outcome.CHANGED).select_related("enterprise"))
    plain = [row for row in changed if is_plain(row)]
    for first in counted(range(0, len(plain), AT_ONCE), within(progress, 90, 92)):
        update_plainly(plain[first : first + AT_ONCE], batch, by=by)
    for row in counted([row for row in changed if not is_plain(row)], within(progress, 92, 99)):
        if row.enterprise and row.values.get("is_edit"):
            save_edit(row, row.enterprise, by=by)
        elif row.enterprise:  # always: refuse_if_moved_on would have stopped this
            update_from_row(row, row.enterprise, batch, by=by, codes=newcomers.codes)
    # the end, not the beginning: what is newer than this was built on the import (undo_refusals.py)
    batch.saved_at = timezone.now()
    batch.save(update_fields=["saved_at"])
    return batch


@transaction.atomic
def discard_import(batch: ImportBatch, *, by: User) -> None:
    """Put a batch away without saving it; raises TransitionError when it was saved or discarded before."""
    batch.move_to(ImportBatch.Status.DISCARDED, by=by)


def refuse_if_moved_on(batch: ImportBatch) -> None:
    """Raise ValidationError when the registry is no longer what the preview was made from."""
    new = batch.rows.filter(outcome=Outcome.NEW)
    changed = batch.rows.filter(outcome=Outcome.CHANGED)
    as_seen = changed.filter(enterprise__version=Cast(KeyTextTransform("version", "values"), IntegerField()))
    if stale := numbers_taken(new) + changed.count() - as_seen.count():
        raise ValidationError(
            _("Data %(count)d IKM berubah sejak berkas diperiksa. Unggah lagi berkas ini.") % {"count": stale}
        )


def numbers_taken(rows: QuerySet[ImportRow]) -> int:
    """Return how many rows have the NIB or NPWP of an enterprise that is in the registry by now."""
    taken = Q()
    for name in ("nib", "npwp"):
        told = KeyTextTransform(name, OuterRef("values"))
        taken |= Q(Exists(Enterprise.with_merged.filter(**{name: told})))
    return rows.filter(taken).count()
