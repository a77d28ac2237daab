"""What somebody said the columns of a workbook mean, kept for the next workbook of that layout."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.workflow import TransitionError
from participants.columns import LABELS, Head, missing
from participants.headers import header_key
from participants.models import ColumnLayout, ImportBatch
from participants.roundtrip import is_returned

Status = ImportBatch.Status


def remembered(head: Head) -> dict[str, str] | None:
    """Return {heading: field, or empty} as somebody matched this layout before; None if nobody did."""
    layout = ColumnLayout.objects.filter(key=head.key).first()
    if layout is None:
        return None
    return {column.header: layout.mapping.get(header_key(column.header), "") for column in head.columns}


def mapping_for(head: Head) -> dict[str, str]:
    """Return the mapping to read this workbook by; empty when a person must match its columns first."""
    if is_returned([column.header for column in head.columns]):
        return head.recognised()
    return remembered(head) or (head.recognised() if head.is_clear() else {})


@transaction.atomic
def match_columns(batch: ImportBatch, mapping: Mapping[str, str], *, by: User) -> ImportBatch:
    """Say what each heading means (a field, or empty to leave it out) and remember it for this layout.

    A preview made by another mapping is dropped. Raises ValidationError when a required field has no column,
    and TransitionError when the import was decided already.
    """
    if lacking := missing(mapping):
        names = ", ".join(str(LABELS[name]) for name in lacking)
        raise ValidationError(_("Kolom yang wajib belum ada: %(names)s.") % {"names": names})
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.status not in ImportBatch.WAITING or not batch.upload:
        raise TransitionError(_("Impor ini sudah diputuskan; kolomnya tidak dapat dicocokkan lagi."))
    if batch.status == Status.PREVIEWED:
        batch.rows.all().delete()
        batch.move_to(Status.UPLOADED, by=by)
    batch.mapping = dict(mapping)
    batch.save(update_fields=["mapping"])
    ColumnLayout.objects.update_or_create(
        key=batch.layout_key,
        defaults={
            "mapping": {header_key(header): field for header, field in mapping.items()},
            "matched_by": by,
            "matched_at": timezone.now(),
        },
    )
    record("importbatch.columns_matched", batch, by=by, mapping=dict(mapping))
    return batch
