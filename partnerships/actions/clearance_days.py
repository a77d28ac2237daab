"""The diary of supply clearance: a row for each day on which something of it changed."""

from datetime import date

from partnerships.clearance import Facts, Judgement
from partnerships.clearance_history import stored_facts, stored_gates
from partnerships.models import ClearanceDay, SupplyClearance


def write_day(row: SupplyClearance, facts: Facts, judgement: Judgement, day: date) -> None:
    """Keep the judgement under its day where it differs from the newest one kept. The caller holds the row's lock.

    The last judgement of a day stands for it. A day before the newest one kept is not history and is not written.
    """
    values = {
        "status": judgement.status,
        "gates": stored_gates(judgement),
        "facts": stored_facts(facts),
    }
    newest = ClearanceDay.objects.filter(clearance=row).order_by("-day").first()
    if newest and (newest.day > day or all(getattr(newest, name) == now for name, now in values.items())):
        return
    if newest and newest.day == day:
        ClearanceDay.objects.filter(pk=newest.pk).update(**values)
    else:
        ClearanceDay.objects.create(clearance=row, day=day, **values)
