"""Saying of one line of the profile that it is right today."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.actions.standing import hold
from participants.models import (
    Document,
    Enterprise,
    LineConfirmation,
    Machine,
    Material,
    MeasuringTool,
    Process,
)

Line = Machine | Material | MeasuringTool | Document | Process
# which column of a confirmation holds a line
COLUMNS: dict[type, str] = {
    Machine: "machine",
    Material: "material",
    MeasuringTool: "tool",
    Document: "document",
    Process: "process",
}


@transaction.atomic
def confirm_line(
    enterprise: Enterprise, line: Line, *, by: User, today: date | None = None
) -> LineConfirmation:
    """Record that a line of the profile was looked at and is right; a second time on a day changes nothing.

    A line of somebody else, or a process that the enterprise does not have: ValidationError.
    """
    hold(enterprise)
    refuse_foreign(enterprise, line)
    row, is_news = stamp(enterprise, line, by=by, today=today or timezone.localdate())
    if not is_news:
        return row
    if isinstance(line, Process):
        record("enterprise.process_confirmed", enterprise, by=by, name=line.name)
    else:
        record(f"{line._meta.model_name}.confirmed", line, by=by, on=row.confirmed_on)
    return row


def stamp(enterprise: Enterprise, line: Line, *, by: User, today: date) -> tuple[LineConfirmation, bool]:
    """Keep that the line is right today, without a word in the trail; returns whether that is news."""
    whose = {"enterprise": enterprise} if isinstance(line, Process) else {}
    row, created = LineConfirmation.objects.get_or_create(
        **{COLUMNS[type(line)]: line}, **whose, defaults={"confirmed_on": today, "confirmed_by": by}
    )
    if not created and row.confirmed_on == today:
        return row, False
    row.confirmed_on, row.confirmed_by = today, by
    row.save(update_fields=["confirmed_on", "confirmed_by"])
    return row, True


def refuse_foreign(enterprise: Enterprise, line: Line) -> None:
    if isinstance(line, Process):
        is_own = enterprise.processes.filter(pk=line.pk).exists()
    else:
        is_own = line.enterprise_id == enterprise.pk
    if not is_own:
        raise ValidationError(_("Baris ini tidak ada di profil IKM ini."))
