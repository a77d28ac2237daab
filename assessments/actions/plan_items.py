"""One item of a plan: worded, begun, reported, sent back, closed or dropped."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.findings import mentors_of
from assessments.models import PlanItem
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.consents import people_to_ask

Status = PlanItem.Status


@transaction.atomic
def change_plan_item(
    item: PlanItem, *, by, action: str, responsible: str, due_on: date, evidence_wanted: str
) -> None:
    """Say what is to be done, by whom, until when and with what to show; raises ValidationError once closed."""
    item.refresh_from_db(from_queryset=PlanItem.objects.select_for_update(of=("self",)))
    if not item.is_open:
        raise ValidationError(_("Butir rencana ini sudah ditutup."))
    wanted = {
        "action": action.strip(),
        "responsible": responsible.strip(),
        "due_on": due_on,
        "evidence_wanted": evidence_wanted.strip(),
    }
    changes = {name: [getattr(item, name), new] for name, new in wanted.items() if getattr(item, name) != new}
    if not changes:
        return
    for name, new in wanted.items():
        setattr(item, name, new)
    item.save(update_fields=list(changes))
    record("planitem.changed", item, by=by, changes=changes)


@transaction.atomic
def start_plan_item(item: PlanItem, *, by) -> None:
    """Say that it is being worked on."""
    item.move_to(Status.IN_PROGRESS, by=by)


@transaction.atomic
def report_plan_item(item: PlanItem, report: str, *, by) -> None:
    """Say what was done; the mentor looks at it. Raises ValidationError without words."""
    report = report.strip()
    if not report:
        raise ValidationError(_("Tulis apa yang sudah dikerjakan."))
    item.move_to(
        Status.REPORTED, by=by, remark="", report=report[:300], reported_at=timezone.now(), reported_by=by
    )
    with for_others():
        title = _("%(ikm)s melaporkan rencana perbaikan butir %(code)s") % _names(item)
    tell(mentors_of(item.enterprise), "planitem.reported", title, path=item.get_absolute_url())


@transaction.atomic
def return_plan_item(item: PlanItem, reason: str, *, by) -> None:
    """Send a report back to work with what is missing; the owner will read it."""
    reason = _with_words(reason)
    item.move_to(Status.IN_PROGRESS, by=by, reason=reason, remark=reason)
    with for_others():
        title = _("Perbaikan butir %(code)s belum cukup") % _names(item)
    tell(
        people_to_ask(item.enterprise), "planitem.returned", title, body=reason, path=item.get_absolute_url()
    )


@transaction.atomic
def close_plan_item(item: PlanItem, *, by) -> None:
    """Accept it as done; nobody accepts their own report. The score itself changes with the next assessment."""
    if item.reported_by_id == by.pk:
        raise ValidationError(_("Rencana ditutup oleh orang lain, bukan oleh yang melaporkannya."))
    item.move_to(Status.DONE, by=by, closed_at=timezone.now(), closed_by=by)
    with for_others():
        title = _("Rencana perbaikan butir %(code)s selesai") % _names(item)
    people = item.enterprise.people.active().accounts()
    tell(people, "planitem.done", title, path=item.get_absolute_url())


@transaction.atomic
def drop_plan_item(item: PlanItem, reason: str, *, by) -> None:
    """Give it up, with a reason that the owner will read."""
    reason = _with_words(reason)
    item.move_to(Status.DROPPED, by=by, reason=reason, remark=reason, closed_at=timezone.now(), closed_by=by)


def _with_words(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Tulis alasannya."))
    return reason[:300]


def _names(item: PlanItem) -> dict:
    return {"ikm": item.enterprise, "code": item.criterion.code}
