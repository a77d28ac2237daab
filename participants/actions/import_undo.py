"""Take a saved import back: what it registered goes, what it changed gets its old values again."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.models import Event
from closedloop.audit.trail import record, record_many
from closedloop.regions.models import Regency
from participants.actions.enterprises import update_enterprise
from participants.actions.import_plain import AT_ONCE, is_plain, update_plainly
from participants.actions.import_rows import chunks_of
from participants.actions.returned_save import PERSON, give_back_contact
from participants.models import (
    AnnualFigure,
    Enrolment,
    Enterprise,
    EnterpriseKbli,
    ImportBatch,
    ImportRow,
    Person,
    Process,
)
from participants.progress import Progress, counted, within
from participants.undo_refusals import undo_refusals

MOST_REASONS = 20


@transaction.atomic
def undo_import(batch: ImportBatch, *, by: User | None, progress: Progress | None = None) -> ImportBatch:
    """Take back all that saving a batch wrote, or nothing.

    Raises TransitionError for a batch that is not saved, and ValidationError with a sentence per record when
    something was built on it since, or seven days are over.
    """
    rows = batch.rows.importable().select_related("enterprise")
    list(Enterprise.objects.filter(pk__in=rows.values("enterprise")).select_for_update(of=("self",)))
    if batch.status == ImportBatch.Status.SAVED and (reasons := undo_refusals(batch)):
        more = len(reasons) - MOST_REASONS
        cut = [_("… dan %(count)d alasan lain.") % {"count": more}] if more > 0 else []
        raise ValidationError([*reasons[:MOST_REASONS], *cut])
    batch.move_to(ImportBatch.Status.UNDONE, by=by, undone_at=timezone.now())
    began = Event.objects.about(batch).filter(verb="importbatch.saved").latest("id").at
    changed = list(rows.filter(outcome=ImportRow.Outcome.CHANGED))
    plain = [row for row in changed if is_plain(row)]
    for first in counted(range(0, len(plain), AT_ONCE), within(progress, 0, 5)):
        update_plainly(plain[first : first + AT_ONCE], batch, by=by, back=True)
    for row in counted([row for row in changed if not is_plain(row)], within(progress, 5, 40)):
        give_back(row, batch, by=by, began=began)
    new = batch.rows.filter(outcome=ImportRow.Outcome.NEW).only("batch", "enterprise")
    for chunk in chunks_of(new, within(progress, 40, 99)):
        remove_registered(chunk, batch, by=by)
    return batch


def remove_registered(rows: list[ImportRow], batch: ImportBatch, *, by: User | None) -> None:
    """Delete the enterprises that the rows registered; the trail keeps that they were here."""
    enterprises = Enterprise.objects.filter(pk__in=[row.enterprise_id for row in rows if row.enterprise_id])
    record_many([("enterprise.removed", one, {"source": batch.file_name}) for one in enterprises], by=by)
    try:
        with transaction.atomic():
            Enrolment.objects.filter(enterprise__in=enterprises).delete()
            enterprises.delete()
    except (models.ProtectedError, IntegrityError) as error:
        raise ValidationError(
            _("Sebagian IKM baru saja dipakai catatan lain. Muat ulang halaman ini.")
        ) from error


def give_back(row: ImportRow, batch: ImportBatch, *, by: User | None, began: datetime) -> None:
    """Give an enterprise the values it had before the row changed it; what the import added goes."""
    enterprise, changes = row.enterprise, dict(row.values["changes"])
    assert enterprise and batch.saved_at  # undo_refusals would have said so
    added = {"enterprise": enterprise, "created_at__gte": began, "created_at__lte": batch.saved_at}
    origin: dict[str, Any] = {"by": by, "source": batch.file_name}
    if "person" in changes:
        for person in Person.objects.filter(**added):
            record("person.removed", person, **origin)
            person.delete()
    if "cohort" in changes:
        for enrolment in Enrolment.objects.filter(cohort=batch.cohort, **added):
            record("enrolment.removed", enrolment, **origin)
            enrolment.delete()
    fields = {}
    contact = {name: changes.pop(name) for name in PERSON if name in changes}
    for name, (old, _new) in changes.items():
        if name.startswith("annual_sales:"):
            give_back_figure(enterprise, int(name.partition(":")[2]), began, batch.saved_at, origin)
        elif name not in ("person", "cohort"):
            fields[name] = old_value(name, old)
    if fields:
        update_enterprise(enterprise, **origin, **fields)
    give_back_contact(enterprise, contact, by=by, began=began)
    if "kbli" in changes:
        old, new = changes["kbli"]
        removed, _rows = EnterpriseKbli.objects.filter(kbli__code=new, **added).delete()
        if removed and not old:  # the link itself goes, not only its being the main one
            record("enterprise.updated", enterprise, changes={"kbli": [new, None]}, **origin)


def old_value(name: str, value: Any) -> Any:
    """Return a stored old value as update_enterprise takes it."""
    match name:
        case "regency":
            return Regency.objects.get(pk=value)
        case "processes":
            return list(Process.objects.filter(code__in=value))
    return value


def give_back_figure(
    enterprise: Enterprise, year: int, began: datetime, saved_at: datetime, origin: dict[str, Any]
) -> None:
    """Give a year its old figures; a year the import was the first to speak of is forgotten."""
    figure = AnnualFigure.objects.get(enterprise=enterprise, year=year)
    if figure.created_at >= began:
        record("annualfigure.removed", figure, year=year, **origin)
        figure.delete()
        return
    written = Event.objects.about(figure).filter(
        verb="annualfigure.recorded", at__gte=began, at__lte=saved_at
    )
    changes = written.latest("id").data["changes"]
    for name, (old, _new) in changes.items():
        setattr(figure, name, old)
    figure.save()
    reverse = {name: pair[::-1] for name, pair in changes.items()}
    record("annualfigure.recorded", figure, year=year, changes=reverse, **origin)
