"""Writes to buyers' own scorecards: imported whole or not at all, beside ours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from participants.models import Enterprise
from partnerships.models import Buyer, BuyerScorecard

RATES = ("on_time", "ppm", "score")


@dataclass(frozen=True)
class ScorecardDraft:
    """One IKM's month as the buyer's sheet has it."""

    enterprise: Enterprise
    month: date
    on_time: Decimal | None = None
    ppm: int | None = None
    score: Decimal | None = None

    @property
    def rates(self) -> dict:
        return {name: getattr(self, name) for name in RATES}


@transaction.atomic
def import_scorecards(buyer: Buyer, drafts: Iterable[ScorecardDraft], *, by: User) -> dict[str, int]:
    """Keep the rows of a buyer's sheet; returns how many were new, changed and unchanged.

    The same sheet again changes nothing; another value takes the place of the buyer's own earlier one, which
    stays in the trail. Our own figures are never touched. An IKM that does not supply the buyer: PermissionDenied.
    """
    Buyer.objects.select_for_update(of=("self",)).get(pk=buyer.pk)  # two imports at once wait for each other
    drafts = list(drafts)
    suppliers = set(suppliers_of(buyer).values_list("pk", flat=True))
    if any(draft.enterprise.pk not in suppliers for draft in drafts):
        raise PermissionDenied
    known = {(card.enterprise_id, card.month): card for card in buyer.scorecards.select_related("enterprise")}
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    for draft in drafts:
        counts[write_card(buyer, draft, known.get((draft.enterprise.pk, draft.month)), by)] += 1
    return counts


def write_card(buyer: Buyer, draft: ScorecardDraft, card: BuyerScorecard | None, by: User) -> str:
    if card is None:
        card = BuyerScorecard.objects.create(
            buyer=buyer, enterprise=draft.enterprise, month=draft.month, entered_by=by, **draft.rates
        )
        record("buyer_scorecard.imported", card, by=by, buyer=buyer, month=draft.month)
        return "new"
    differences = changes({name: getattr(card, name) for name in RATES}, draft.rates)
    if not differences:
        return "unchanged"
    for name, value in draft.rates.items():
        setattr(card, name, value)
    card.entered_by = by
    card.save(update_fields=[*RATES, "entered_by"])
    record("buyer_scorecard.changed", card, by=by, buyer=buyer, changes=differences)
    return "changed"


def suppliers_of(buyer: Buyer):
    """The IKM that have an order of this buyer."""
    return Enterprise.objects.filter(orders__buyer=buyer).distinct()
