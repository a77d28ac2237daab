"""Do one long step of an import once: claim it under a lease, tell how far it is, commit it with its outcome.

Any message may be lost, doubled or late: only who holds the lease writes the outcome, in the transaction of the
step itself.
"""

import logging
import time
from datetime import timedelta
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from closedloop.accounts.permissions import Permission
from closedloop.core.models import new_id
from closedloop.notifications.actions import tell
from participants.actions.import_steps import STEPS
from participants.archive import UnreadableWorkbook
from participants.models import ImportWork

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)  # renewed by progress; longer than any part of a step that tells none
TELL_EVERY = 1.0  # seconds
Status = ImportWork.Status


class LostLease(BaseException):
    """Another worker has taken the step over; whatever this one did is rolled back.

    Not an Exception: reading a workbook takes every one of those for a fault of the file.
    """


def claim(work_id: UUID | str) -> ImportWork | None:
    """Take the work under a new lease and return it; None when it is over, given up, or somebody's."""
    now = timezone.now()
    free = Q(status=Status.QUEUED) | Q(status=Status.RUNNING, lease_until__lt=now)
    taken = ImportWork.objects.filter(free, pk=work_id, starts__lt=ImportWork.MOST_STARTS).update(
        status=Status.RUNNING, starts=F("starts") + 1, token=new_id(), lease_until=now + LEASE, done=0
    )
    return ImportWork.objects.select_related("batch__cohort", "asked_by").get(pk=work_id) if taken else None


class SideReport:
    """Writes how far a step is and renews its lease, over a connection outside the step's transaction."""

    def __init__(self, work: ImportWork):
        self.work, self.next, self.side = work, 0.0, connection.copy()

    def __call__(self, done: int, total: int) -> None:
        """Take `done` of `total` shares; raises LostLease when the step is another worker's by now."""
        if time.monotonic() < self.next:
            return
        self.next = time.monotonic() + TELL_EVERY
        with self.side.cursor() as cursor:
            cursor.execute(
                "UPDATE participants_importwork SET done = total::bigint * %s / %s, lease_until = %s"
                " WHERE id = %s AND token = %s",
                [min(done, total), total, timezone.now() + LEASE, self.work.pk, self.work.token],
            )
            if not cursor.rowcount:
                raise LostLease

    def close(self) -> None:
        self.side.close()


def work_on(work_id: UUID | str) -> None:
    """Do one step. Safe to run twice, late, or beside another worker on the same step."""
    work = claim(work_id)
    if work is None:
        return
    report = SideReport(work)
    with translation.override(work.language):
        try:
            do(work, report)
        except LostLease:
            logger.warning("import %s was taken over", work.batch_id)
        except ValidationError as error:
            fail(work, " ".join(error.messages))
        except (UnreadableWorkbook, SoftTimeLimitExceeded) as error:
            is_late = SoftTimeLimitExceeded in (type(error), type(error.__cause__))
            late = _("Berkas ini terlalu lama dikerjakan. Bagi menjadi beberapa berkas.")
            fail(work, late if is_late else str(error))
        except (OperationalError, InterfaceError, OSError) as error:
            logger.warning("import %s waits for its surroundings: %s", work.batch_id, error)
            connection.close()  # a broken one would fail the next line too
            settle(work, status=Status.QUEUED)
        except Exception as error:  # a fault of ours: it must fail this import alone, and say so
            logger.exception("import %s could not be worked on", work.batch_id)
            fail(
                work,
                _("Kesalahan pada portal (%(name)s). Hubungi admin sistem.") % {"name": type(error).__name__},
            )
        finally:
            report.close()


def do(work: ImportWork, report: SideReport) -> None:
    """Do the step and commit it with its outcome and its notice, or none of them."""
    if not work.asked_by.may(Permission.ENTERPRISE_IMPORT):
        raise ValidationError(_("Peminta pekerjaan ini tidak lagi berhak mengimpor."))
    with transaction.atomic():
        STEPS[work.step].act(work.batch, by=work.asked_by, progress=report)
        if not settle(work, status=Status.DONE, done=F("total")):
            raise LostLease
        title = STEPS[work.step].told % {"file": work.batch.file_name}
        tell([work.asked_by], "import.done", title, path=work.batch.get_absolute_url())


def fail(work: ImportWork, reason: str) -> None:
    """Give the step up with a reason its asker can act on, and tell them."""
    with transaction.atomic():
        if settle(work, status=Status.FAILED, reason=reason[:300]):
            title = _("Impor %(file)s terhenti") % {"file": work.batch.file_name}
            path = work.batch.get_absolute_url()
            tell([work.asked_by], "import.failed", title, body=reason, path=path)


def settle(work: ImportWork, **changes) -> bool:
    """End the lease with these changes if it is still ours; returns whether it was."""
    mine = ImportWork.objects.filter(pk=work.pk, token=work.token, status=Status.RUNNING)
    return bool(mine.update(token=None, lease_until=None, said_at=None, **changes))
