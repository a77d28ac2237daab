"""The first steps of an import in the browser: keep the workbook, then see what would become of each row."""

from hashlib import sha256
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.formats import moment
from participants.actions.import_rows import keep_rows
from participants.actions.layouts import mapping_for
from participants.actions.returned_check import check_any_sheet
from participants.archive import UnreadableWorkbook, content_of
from participants.columns import look
from participants.models import Cohort, ImportBatch
from participants.progress import Progress, within
from participants.workbook import read_workbook

Status = ImportBatch.Status


class AlreadyImported(ValidationError):
    """This very file was saved to this cohort before; `batch` is that import."""

    def __init__(self, batch: ImportBatch):
        self.batch = batch
        text = _("Berkas ini sudah diimpor pada %(when)s oleh %(who)s. Tidak ada yang berubah.")
        who = batch.uploaded_by or _("baris perintah")
        super().__init__(text % {"when": moment(batch.saved_at), "who": who})


@transaction.atomic
def receive_workbook(
    file: BinaryIO, cohort: Cohort, *, by: User, file_name: str, id: UUID | None = None
) -> ImportBatch:
    """Keep an uploaded workbook until it is decided; its rows are not read yet.

    An `id` makes a second press of the form fail. Raises UnreadableWorkbook, AlreadyImported, and
    ValidationError for a closed cohort. Without a mapping in the answer a person must match the columns.
    """
    if cohort.status == Cohort.Status.CLOSED:
        raise ValidationError({"cohort": _("%(cohort)s sudah ditutup.") % {"cohort": cohort}})
    content = content_of(file)
    head = look(content)
    digest = sha256(content).hexdigest()
    saved = ImportBatch.objects.filter(cohort=cohort, file_sha256=digest, status=Status.SAVED)
    if earlier := saved.select_related("uploaded_by").first():
        raise AlreadyImported(earlier)
    batch = ImportBatch(
        cohort=cohort,
        status=Status.UPLOADED,
        file_name=file_name[:200],
        file_sha256=digest,
        sheet_name=head.title[:100],
        headers=[column.header for column in head.columns],
        layout_key=head.key,
        mapping=mapping_for(head),
        expected_rows=head.row_count,
        mends=cohort.imports.filter(pk=head.origin).first() if head.origin else None,
        uploaded_by=by,
        **({"id": id} if id else {}),
    )
    # before the file: of two presses of one form only the first one writes it
    batch.save(force_insert=True)
    batch.upload.save(file_name, File(BytesIO(content)), save=False)
    ImportBatch.objects.filter(pk=batch.pk).update(upload=batch.upload.name)
    record("importbatch.uploaded", batch, by=by, rows=head.row_count)
    return batch


def kept_workbook(batch: ImportBatch) -> bytes:
    """Return the workbook of an import that waits; UnreadableWorkbook when the storage has lost it."""
    try:
        with batch.upload.open("rb") as file:
            return file.read()
    except FileNotFoundError as error:
        raise UnreadableWorkbook("gone", _("Berkas ini tidak tersimpan lagi. Unggah sekali lagi.")) from error


def check_upload(batch: ImportBatch, *, by: User | None, progress: Progress | None = None) -> ImportBatch:
    """Read a kept workbook and keep what would become of each row; nothing reaches the registry.

    Raises UnreadableWorkbook for a file that looked better than it is, and TransitionError for an import
    that was checked or discarded meanwhile.
    """
    content = kept_workbook(batch)
    sheet = read_workbook(content, mapping=batch.mapping, progress=within(progress, 0, 40))
    checked = check_any_sheet(sheet, batch.cohort)
    with transaction.atomic():
        batch.move_to(
            Status.PREVIEWED, by=by, sheet_name=sheet.title[:100], headers=list(sheet.layout.headers)
        )
        keep_rows(batch, checked, progress=within(progress, 40, 100))
    return batch
