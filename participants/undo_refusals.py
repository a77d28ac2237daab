"""Why an import cannot be taken back any more: what was built on the records it wrote."""

from collections.abc import Iterator

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.audit.models import Event
from closedloop.core.formats import moment
from participants.models import Enrolment, Enterprise, ImportBatch, ImportRow, Person
from participants.timeline_words import SENTENCES, UNWRITTEN

# looking builds nothing
HARMLESS = ("enterprise.identity_viewed",)
# on a record that was there before, only these touch what an import may have changed
TOUCHING = models.Q()
for _family in ("enterprise.", "person.", "annualfigure."):
    TOUCHING |= models.Q(verb__startswith=_family)


def undo_refusals(batch: ImportBatch) -> list[str]:
    """Return one sentence per reason, each naming its record; empty when the import can be taken back."""
    if batch.undo_until is None or batch.status != ImportBatch.Status.SAVED:
        return [_("Impor ini tidak sedang tersimpan.")]
    if timezone.now() > batch.undo_until:
        return [_("Batas tujuh hari sudah lewat pada %(when)s.") % {"when": moment(batch.undo_until)}]
    return [*lost(batch), *acts_since(batch), *records_since(batch)]


def lost(batch: ImportBatch) -> Iterator[str]:
    """Say which changed records are gone, so that nothing can be given back to them."""
    for row in batch.rows.filter(outcome=ImportRow.Outcome.CHANGED, enterprise=None):
        yield _("Baris %(row)d: IKM-nya sudah tidak ada.") % {"row": row.sheet_row}


def acts_since(batch: ImportBatch) -> Iterator[str]:
    """Say what else was done to the records since the import was saved, newest first, one act each."""
    rows = {row.enterprise_id: row for row in batch.rows.importable() if row.enterprise_id}
    since = Event.objects.filter(enterprise_id__in=rows, at__gt=batch.saved_at).exclude(verb__in=HARMLESS)
    known = [pk for pk, row in rows.items() if not is_new(row) and "cohort" not in row.values["changes"]]
    names = Enterprise._base_manager.in_bulk(list(rows)) if since.exists() else {}
    told = set()
    for event in since.exclude(models.Q(enterprise_id__in=known) & ~TOUCHING):
        if event.enterprise_id not in told:
            told.add(event.enterprise_id)
            yield _("%(name)s: %(act)s pada %(when)s oleh %(who)s.") % {
                "name": said(names[event.enterprise_id]),
                "act": str(SENTENCES.get(event.verb, UNWRITTEN).title).lower(),
                "when": moment(event.at),
                "who": event.actor_name,
            }


def is_new(row: ImportRow) -> bool:
    return row.outcome == ImportRow.Outcome.NEW


def said(enterprise: Enterprise) -> str:
    return f"{enterprise} ({enterprise.code})"


def records_since(batch: ImportBatch) -> Iterator[str]:
    """Say which records of any app hang on what would be removed and are newer than the import."""
    made = batch.rows.filter(outcome=ImportRow.Outcome.NEW).values("enterprise")
    joined = batch.rows.filter(outcome=ImportRow.Outcome.CHANGED, values__changes__has_key="cohort")
    enrolments = Enrolment.objects.filter(
        models.Q(enterprise__in=made)
        | models.Q(enterprise__in=joined.values("enterprise"), cohort=batch.cohort)
    )
    people = Person.objects.filter(enterprise__in=made)
    for targets, owner in (
        (Enterprise.objects.filter(pk__in=made), ""),
        (enrolments, "enterprise"),
        (people, "enterprise"),
    ):
        for field in pointing_at(targets.model):
            newer = field.model._base_manager.filter(
                **{f"{field.name}__in": targets, "created_at__gt": batch.saved_at}
            )
            for row in newer.select_related(f"{field.name}__{owner}" if owner else field.name)[:20]:
                target = getattr(row, field.name)
                enterprise = getattr(target, owner) if owner else target
                yield _("%(name)s sudah punya %(what)s.") % {
                    "name": said(enterprise),
                    "what": field.model._meta.verbose_name,
                }


def pointing_at(model: type[models.Model]) -> list[models.Field]:
    """Return the foreign keys of all apps that point at the model and whose rows know when they were made."""
    related = model._meta.get_fields(include_hidden=True)
    keys = [one.field for one in related if one.auto_created and (one.one_to_many or one.one_to_one)]
    return [
        key
        for key in keys
        if any(field.name == "created_at" for field in key.model._meta.concrete_fields)
        and key.model is not ImportRow
    ]
