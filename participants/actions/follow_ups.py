"""Writes to what is still done for a graduate."""

from calendar import monthrange
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.models import FOLLOW_UP_MONTHS, Enrolment, FollowUp


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@transaction.atomic
def plan_follow_ups(enrolment: Enrolment, *, graduated_on: date) -> None:
    """Put down the days on which the programme looks after a graduate; a second time changes nothing."""
    FollowUp.objects.bulk_create(
        [
            FollowUp(enrolment=enrolment, months=months, due_on=months_later(graduated_on, months))
            for months in FOLLOW_UP_MONTHS
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def finish_follow_up(follow_up: FollowUp, note: str, *, by: User) -> FollowUp:
    """Record what was found and by whom; done once, it stays so. Raises ValidationError without a note."""
    note = note.strip()
    if not note:
        raise ValidationError({"note": _("Tulis hasilnya.")})
    follow_up = (
        FollowUp.objects.select_for_update(of=("self",))
        .select_related("enrolment__enterprise")
        .get(pk=follow_up.pk)
    )
    if follow_up.done_at:
        return follow_up
    follow_up.note, follow_up.done_at, follow_up.done_by = note, timezone.now(), by
    follow_up.save(update_fields=["note", "done_at", "done_by"])
    record("followup.done", follow_up, by=by, reason=note)
    return follow_up
