"""Writes to the milestones of a part: planned, reached."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.models import Enterprise
from partnerships.models import Agreement, Buyer, Milestone, ScopeLine

Days = tuple[date | None, date | None]  # planned, reached


@transaction.atomic
def set_milestones(line: ScopeLine, steps: Mapping[str, Days], *, by: User) -> int:
    """Set planned and reached days of the named steps of a part and return how many changed.

    Both days empty takes a step away. A part of an agreement that is not signed has no milestones yet; a day
    reached lies not in the future (ValidationError names the field).
    """
    line = ScopeLine.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=line.pk)
    if not line.agreement.is_signed:
        raise ValidationError(_("Tonggak dicatat setelah perjanjian ditandatangani."))
    today = timezone.localdate()
    if late := [step for step, (_plan, reached) in steps.items() if reached and reached > today]:
        message = _("Tanggal tercapai tidak boleh setelah hari ini.")
        raise ValidationError({f"{step}_reached": message for step in late})
    before = {row.step: (row.planned_on, row.reached_on) for row in line.milestones.all()}
    changed = {step: days for step, days in steps.items() if before.get(step, (None, None)) != days}
    for step, (planned, reached) in changed.items():
        write(line, step, planned, reached)
    if changed:
        said = {step: [str(day or "") for day in days] for step, days in changed.items()}
        record("milestone.changed", line, by=by, part=line.part_name, steps=said)
    return len(changed)


def write(line: ScopeLine, step: str, planned: date | None, reached: date | None) -> None:
    if planned or reached:
        values = {"planned_on": planned, "reached_on": reached}
        Milestone.objects.update_or_create(line=line, step=step, defaults=values)
    else:
        Milestone.objects.filter(line=line, step=step).delete()


def reach(step: str, enterprise: Enterprise, buyer: Buyer, parts: list[str], on: date) -> None:
    """Note that a step of these parts was reached on the day, wherever it is not noted yet.

    Called inside the act that shows it: a regular order, an approved sample. Parts are found by their name.
    """
    lines = ScopeLine.objects.filter(enterprise=enterprise, buyer=buyer, part_name__in=parts)
    for line in lines.exclude(agreement__status__in=Agreement.UNSIGNED):
        row, created = Milestone.objects.get_or_create(line=line, step=step, defaults={"reached_on": on})
        if not created and row.reached_on is None:
            row.reached_on = on
            row.save(update_fields=["reached_on"])
