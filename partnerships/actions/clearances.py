"""Writes to supply clearance: computed from evidence, never set by hand."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.models import Enterprise
from partnerships import clearance, readiness
from partnerships.actions.buyer_side import refuse_stranger
from partnerships.actions.clearance_days import write_day
from partnerships.clearance import Facts
from partnerships.models import Buyer, SupplyClearance


@transaction.atomic
def compute_clearance(
    enterprise: Enterprise, buyer: Buyer, *, by: User | None = None, today: date | None = None
) -> SupplyClearance:
    """Judge one IKM for one buyer on the day (default: today), store the result and return it.

    An event is written when the status changes. Safe to run as often as one likes.
    """
    today = today or timezone.localdate()
    facts = readiness.facts_of([enterprise], today)[enterprise.pk]
    return store(enterprise, buyer, facts, by=by, today=today)


@transaction.atomic
def refresh_clearances(pairs: Iterable[tuple[Enterprise, Buyer]], *, today: date | None = None) -> int:
    """Judge many pairs again and return how many changed; evidence that ran out last night shows this morning."""
    today, pairs = today or timezone.localdate(), list(pairs)
    facts = readiness.facts_of({enterprise for enterprise, _buyer in pairs}, today)
    before = {
        (row.enterprise_id, row.buyer_id): row.status
        for row in SupplyClearance.objects.filter(enterprise__in=facts)
    }
    changed = 0
    for enterprise, buyer in pairs:
        row = store(enterprise, buyer, facts[enterprise.pk], by=None, today=today)
        changed += row.status != before.get((enterprise.pk, buyer.pk))
    return changed


def refresh_all_clearances(*, today: date | None = None) -> int:
    """Judge every stored pair again; meant for each morning, safe to run twice. Returns how many changed."""
    rows = SupplyClearance.objects.select_related("enterprise", "buyer")
    return refresh_clearances([(row.enterprise, row.buyer) for row in rows], today=today)


@transaction.atomic
def approve_sample(enterprise: Enterprise, buyer: Buyer, *, approved_on: date, by: User) -> SupplyClearance:
    """Record that the buyer approved the IKM's sample (PPAP) and judge again.

    By a contact of that buyer, or by staff who hold the buyer's letter; anybody else raises PermissionDenied.
    """
    refuse_stranger(buyer, by)
    today = timezone.localdate()
    if approved_on > today:
        raise ValidationError({"approved_on": _("Tanggal persetujuan tidak boleh setelah hari ini.")})
    facts = readiness.facts_of([enterprise], today)[enterprise.pk]
    row = store(enterprise, buyer, facts, by=by, today=today, sample_approved_on=approved_on)
    record("clearance.sample_approved", row, by=by, approved_on=approved_on)
    return row


def store(
    enterprise: Enterprise,
    buyer: Buyer,
    facts: Facts,
    *,
    by: User | None,
    today: date,
    sample_approved_on: date | None = None,
) -> SupplyClearance:
    """Write the judgement on the one row of the pair, locked, and an event when its status changed."""
    row = (
        SupplyClearance.objects.select_for_update(of=("self",))
        .filter(enterprise=enterprise, buyer=buyer)
        .first()
    )
    approved_on = sample_approved_on or (row.sample_approved_on if row else None)
    facts = readiness.with_sample(facts, approved_on)
    judgement = clearance.judge(facts, today)
    before = row.status if row else None
    values = {
        "status": judgement.status,
        "sample_approved_on": approved_on,
        "unmet": [check.stored() for check in judgement.unmet],
        "computed_at": timezone.now(),
    }
    row, _created = SupplyClearance.objects.update_or_create(
        enterprise=enterprise, buyer=buyer, defaults=values
    )
    write_day(row, facts, judgement, today)
    if judgement.status != before:
        record(f"clearance.{judgement.status}", row, by=by, before=before, unmet=values["unmet"])
    return row
