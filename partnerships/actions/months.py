"""Closing an IKM's month: its quality, cost and delivery are frozen into a scorecard."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Scorecard
from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.formats import date_medium, month_long
from participants.actions import hold
from participants.models import Enterprise
from partnerships import ledger, realisation
from partnerships.actions.consequences import follow_standing
from partnerships.agreed import histories, price_for
from partnerships.models import Agreement, Delivery, PurchaseOrder, ScopeLine
from partnerships.month_ends import opens_on
from partnerships.pricing import price_gap


class AlreadyClosed(ValidationError):
    """Somebody, or the portal itself, has closed the month."""


@transaction.atomic
def close_month(
    enterprise: Enterprise, month: date, *, by: User | None = None, today: date | None = None
) -> Scorecard:
    """Freeze one month of one IKM and return its card; what was due and received with any buyer counts.

    Only confirmed deliveries count; those still waiting for the buyer leave both sides of the on-time rate. A
    month without schedule and delivery gives a card of zero quantities, whose rates are unknown. Too early
    (the last day's grace is not over) or closed before: ValidationError, and nothing changes. The standing that
    the month gives has its consequence at once.
    """
    first = month.replace(day=1)
    last = realisation.next_month(first) - timedelta(days=1)
    hold(enterprise)
    refuse_closed(enterprise, first)
    refuse_early(enterprise, first, today or timezone.localdate())
    card = Scorecard(
        enterprise=enterprise, month=first, frozen_at=timezone.now(), **quantities(enterprise, first, last)
    )
    card.full_clean(validate_unique=False, validate_constraints=False)
    card.save(force_insert=True)
    record("scorecard.closed", card, by=by, month=first)
    follow_standing(card, by=by)
    return card


def refuse_closed(enterprise: Enterprise, first: date) -> None:
    if Scorecard.objects.filter(enterprise=enterprise, month=first).exists():
        raise AlreadyClosed(
            _("%(month)s sudah ditutup. Angkanya tidak berubah lagi.") % {"month": month_long(first)}
        )


def refuse_early(enterprise: Enterprise, first: date, today: date) -> None:
    grace = PurchaseOrder.objects.filter(enterprise=enterprise).aggregate(most=Max("buyer__grace_days"))[
        "most"
    ]
    first_day = opens_on(first, grace or 0)
    if today < first_day:
        raise ValidationError(
            _("%(month)s baru dapat ditutup mulai %(day)s.")
            % {"month": month_long(first), "day": date_medium(first_day)}
        )


def quantities(enterprise: Enterprise, first: date, last: date) -> dict:
    """Return the columns of the card. Received means: the buyer's day of receipt lies in the month."""
    scope = ledger.Scope.everything().of(enterprises=[enterprise])
    supply = ledger.supply_by(scope, ledger.Key.ENTERPRISE, since=first, until=last, today=date.max)[
        enterprise.pk
    ]
    received = Delivery.objects.confirmed().filter(
        line__order__enterprise=enterprise, received_on__gte=first, received_on__lte=last
    )
    rows = list(
        received.order_by().values_list(
            "quantity",
            "accepted_quantity",
            "line__unit_price",
            "line__part_name",
            "line__order__agreement",
            "line__order__buyer",
            "line__order__ordered_on",
        )
    )
    promised = ledger.promised_by_month(scope, [first]).get(first)
    return {
        "due_quantity": supply.punctuality.judged,
        "on_time_quantity": supply.punctuality.on_time,
        "delivered_quantity": supply.delivered,
        "rejected_quantity": supply.rejected,
        "delivered_value": sum((row[0] * row[2] for row in rows), Decimal(0)),
        "accepted_value": sum((row[1] * row[2] for row in rows), Decimal(0)),
        "price_gap": gap_of(enterprise, rows),
        **terms_in_force(enterprise, first, last),
        "buyers": len({row[5] for row in rows}),
        "promised_value": None if promised is None else promised.quantize(Decimal(1), rounding=ROUND_HALF_UP),
    }


def terms_in_force(enterprise: Enterprise, first: date, last: date) -> dict:
    """Return how many agreements were in force, and the strictest limits among them (domain.md §5.3)."""
    agreements = Agreement.objects.in_force_between(first, last).filter(parties__enterprise=enterprise)
    return agreements.aggregate(
        agreements_in_force=Count("pk", distinct=True),
        max_ppm=Min("max_ppm"),
        min_on_time=Max("min_on_time"),
    )


def gap_of(enterprise: Enterprise, rows: list) -> Decimal | None:
    """Return the price gap of what was received, against the price of the same part that was agreed on its order's day.

    What was ordered before a part was agreed, or after an addendum ended it, is compared with nothing.
    """
    lines = list(ScopeLine.objects.filter(enterprise=enterprise).select_related("agreement"))
    known = histories(lines)
    agreed = {(line.agreement_id, line.buyer_id, line.part_name): line for line in lines}
    compared = []
    for quantity, _accepted, price, part, agreement, buyer, ordered_on in rows:
        line = agreed.get((agreement, buyer, part))
        reference = price_for(line, known[line.pk], ordered_on) if line else None
        if reference is not None:
            compared.append((quantity, price, reference))
    gap = price_gap(compared)
    return None if gap is None else gap.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)
