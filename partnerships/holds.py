"""Which agreements a month of quality, cost and delivery holds back now, and which of them were let through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assessments.models import Scorecard
from assessments.qcd_page import card_of
from assessments.qcd_standing import Band, Consequence, score_of, standing_of_card
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from participants.models import Enterprise
from partnerships.models import Agreement, HoldOverride

JUDGED_FOR = 3  # months that a standing counts; older ones hold nobody back


@dataclass(frozen=True)
class Held:
    """One IKM whose last closed month with transactions holds a new agreement back."""

    card: Scorecard
    standing: Band
    score: Decimal

    @property
    def enterprise(self) -> Enterprise:
        return self.card.enterprise


def held_back(enterprises: Iterable[Enterprise], today: date) -> list[Held]:
    """Return those whose last month with transactions, of the last three closed ones, holds a new MoU back."""
    first = (today.replace(day=1) - timedelta(days=31 * JUDGED_FOR)).replace(day=1)
    cards = Scorecard.objects.filter(enterprise__in=list(enterprises), month__gte=first)
    newest: dict[Enterprise, Held] = {}
    for row in cards.select_related("enterprise").order_by("month"):
        card = card_of(row)
        band, score = standing_of_card(card), score_of(card)
        if band is not None and score is not None:
            newest[row.enterprise] = Held(row, band, score)
    return [held for held in newest.values() if held.standing.consequence == Consequence.HOLD]


def held_in(agreement: Agreement, today: date) -> list[Held]:
    """Return what holds back the signing of an agreement; whom the lead let through is left out.

    One that is signed is held by nothing. Two queries.
    """
    if agreement.is_signed:
        return []
    let_through = HoldOverride.objects.filter(agreement=agreement).values("enterprise")
    enterprises = Enterprise.objects.filter(agreement_parties__agreement=agreement)
    return held_back(enterprises.exclude(pk__in=let_through), today)


def holds_for(user: User, agreement: Agreement, today: date) -> dict:
    """Return what the agreement's page says of it: what holds, to the programme's people; who let through what."""
    overrides = HoldOverride.objects.visible_to(user).filter(agreement=agreement)
    return {
        "held": held_in(agreement, today) if user.may(Permission.PROGRAMME_VIEW) else [],
        "may_override": user.may(Permission.AGREEMENT_OVERRIDE),
        "overrides": [
            {"override": one, "standing": standing_of_card(card_of(one.scorecard))}
            for one in overrides.select_related("enterprise", "scorecard", "given_by")
        ],
    }
