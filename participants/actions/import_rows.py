"""The rows of an import as they are kept: written and read in chunks, since a workbook has up to 60,000."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import QuerySet

from closedloop.core.copying import copy_in
from participants.actions.import_check import CheckedRow
from participants.models import ImportBatch, ImportRow
from participants.progress import Progress, counted

CHUNK = 1000


def keep_rows(batch: ImportBatch, checked: Iterable[CheckedRow], *, progress: Progress | None = None) -> None:
    """Keep what would become of each row, inside the caller's transaction."""
    rows = (vars(row.as_import_row(batch)) for row in counted(list(checked), progress))
    while chunk := list(islice(rows, CHUNK)):
        copy_in(ImportRow, chunk)


def chunks_of(rows: QuerySet[ImportRow], progress: Progress | None = None) -> Iterator[list[ImportRow]]:
    """Yield the rows a chunk at a time, each read when it is asked for."""
    ids = list(rows.values_list("pk", flat=True))
    firsts = range(0, len(ids), CHUNK)
    for first in counted(firsts, progress):
        yield list(rows.filter(pk__in=ids[first : first + CHUNK]))
