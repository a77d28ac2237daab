"""Saying that what the profile holds is right today, so that it may be relied on."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.actions.standing import hold
from participants.models import Capability, Enterprise


@transaction.atomic
def confirm_capability(enterprise: Enterprise, *, by: User, today: date | None = None) -> Capability:
    """Record that the whole profile was looked through and is right; a second time on a day changes nothing."""
    hold(enterprise)
    today = today or timezone.localdate()
    row, _created = Capability.objects.get_or_create(enterprise=enterprise)
    if row.confirmed_on != today:
        row.confirmed_on = today
        row.save(update_fields=["confirmed_on"])
        record("capability.confirmed", row, by=by, on=today)
    return row
