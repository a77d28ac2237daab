"""What nobody decided on is put away, and files that nobody needs any more are removed. Called by the sweeper."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.workflow import TransitionError
from participants.models import ImportBatch, ImportRow, ImportWork

KEPT_FOR = timedelta(days=7)
# in one round; the sweeper comes back soon
MOST_AT_ONCE = 20


def discard_expired() -> int:
    """Put uploads and previews away that waited for seven days, and forget their rows; return how many."""
    old = ImportBatch.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    under_way = Q(work__status__in=[ImportWork.Status.QUEUED, ImportWork.Status.RUNNING])
    put_away = 0
    for batch in old.filter(status__in=ImportBatch.WAITING).exclude(under_way)[:MOST_AT_ONCE]:
        try:
            batch.move_to(ImportBatch.Status.DISCARDED, by=None, reason=_("Tidak disimpan dalam tujuh hari."))
            put_away += 1
        except TransitionError:  # somebody decided on it this very moment
            continue
    # people who were not registered did not ask to be remembered
    ImportRow.objects.filter(batch__in=old.filter(status=ImportBatch.Status.DISCARDED)).delete()
    return put_away


def remove_files() -> int:
    """Remove the workbooks of imports that were decided; return how many."""
    decided = ImportBatch.objects.exclude(status__in=ImportBatch.WAITING).exclude(upload="")
    removed = 0
    for batch in decided[:MOST_AT_ONCE]:
        with transaction.atomic():
            # together: a crash in between rolls back, and the next round removes it again
            ImportBatch.objects.filter(pk=batch.pk).update(upload="")
            batch.upload.delete(save=False)
        removed += 1
    return removed
