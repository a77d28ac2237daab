"""What follows when a month is closed: an item of the plan, a visit, and a new MoU held back (features.md E10)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions import commission_plan_item
from assessments.actions.visit_calls import call_visit
from assessments.models import PlanItem, Scorecard
from assessments.qcd_page import card_of
from assessments.qcd_standing import Consequence, Part, standing_of_card, weakest
from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.formats import month_long
from closedloop.core.languages import for_others

# the check item of the shipped rubric that each part of the score speaks of (domain.md §4.3)
ITEMS = {Part.QUALITY: "T4", Part.DELIVERY: "T18", Part.COST: "T15"}
DAYS_TO_MEND = 30


def follow_standing(card: Scorecard, *, by: User | None) -> PlanItem | None:
    """Let the standing of a closed month have its consequence; returns the item of the plan it put in.

    An item that is open already stays as its people worded it. Where a visit is due, one is called for.
    """
    found = card_of(card)
    band, part = standing_of_card(found), weakest(found)
    if band is None or part is None or band.consequence == Consequence.KEEP:
        return None
    enterprise, code = card.enterprise, ITEMS[part]
    with for_others():
        values = {"month": month_long(card.month), "standing": str(band.name)}
        action = _("Rapor QCD %(month)s: %(standing)s. Perbaiki butir ini.") % values
    open_items = PlanItem.objects.open().filter(enterprise=enterprise, criterion__code=code)
    item = open_items.first() or commission_plan_item(
        enterprise,
        code,
        action=action,
        responsible="",
        due_on=timezone.localdate() + timedelta(days=DAYS_TO_MEND),
        by=by,
    )
    record("scorecard.followed", card, by=by, consequence=band.consequence, item=item.code if item else "")
    if band.consequence in (Consequence.VISIT, Consequence.HOLD):
        call_visit(card, standing=values["standing"], by=by)
    return item
