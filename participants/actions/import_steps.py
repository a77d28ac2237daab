"""The steps of an import that may be long: in the request when small, else asked of a worker."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.workflow import TransitionError
from participants.actions.import_undo import undo_import
from participants.actions.import_upload import check_upload
from participants.actions.imports import save_import
from participants.models import ImportBatch, ImportWork

Step = ImportWork.Step
# more rows than these are no work for a request
IN_REQUEST = 500


@dataclass(frozen=True)
class StepOfImport:
    """What a step does, the state it leads to, and what its asker is told at the end."""

    act: Callable
    leads_to: str
    told: str | Promise


STEPS = {
    Step.CHECK: StepOfImport(
        check_upload, ImportBatch.Status.PREVIEWED, gettext_lazy("Berkas %(file)s selesai diperiksa")
    ),
    Step.SAVE: StepOfImport(save_import, ImportBatch.Status.SAVED, gettext_lazy("Impor %(file)s tersimpan")),
    Step.UNDO: StepOfImport(
        undo_import, ImportBatch.Status.UNDONE, gettext_lazy("Impor %(file)s ditarik kembali")
    ),
}


def take_step(batch: ImportBatch, step: str, *, by: User) -> bool:
    """Do a step of an import now, or ask a worker to; returns whether it is done.

    Raises what the step raises; TransitionError for one whose time is over.
    """
    size = batch.expected_rows if step == Step.CHECK else batch.rows.importable().count()
    if size > IN_REQUEST:
        ask(batch, step, by=by, total=size)
        return False
    STEPS[Step(step)].act(batch, by=by)
    return True


@transaction.atomic
def ask(batch: ImportBatch, step: str, *, by: User, total: int) -> ImportWork:
    """Leave a step to a worker and return the work; one that is under way already is returned as it is."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    work = ImportWork.objects.filter(batch=batch).first()
    if work and work.is_open:
        return work
    if not batch.can_become(STEPS[Step(step)].leads_to):
        raise TransitionError(
            _("%(record)s berstatus %(now)s; langkah ini sudah lewat.")
            % {"record": batch, "now": batch.get_status_display().lower()}
        )
    known = {code for code, _name in settings.LANGUAGES}
    language = get_language() or "id"
    work, _created = ImportWork.objects.update_or_create(
        batch=batch,
        defaults={
            "step": step,
            "status": ImportWork.Status.QUEUED,
            "asked_by": by,
            "language": language if language in known else "id",
            "done": 0,
            "total": total,
            "starts": 0,
            "said_at": None,
            "reason": "",
        },
    )
    record("importbatch.work_asked", batch, by=by, step=str(step), rows=total)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('jobs', '')")  # wakes the sweeper when this commits
    return work
