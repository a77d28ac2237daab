"""Which partnerships stand still now, and what each side said of it."""

from django.db.models import F, QuerySet
from django.utils import timezone

from closedloop.accounts.roles import Role
from partnerships.models import Stall, StallAnswer
from partnerships.movement import last_moved

SIDES = {Role.BUYER: StallAnswer.Side.BUYER, Role.OWNER: StallAnswer.Side.ENTERPRISE}


def standing_still(user) -> QuerySet[Stall]:
    """Return the standstills one may know of that no movement has ended since. One query."""
    found = Stall.objects.visible_to(user).filter(agreement__status="active")
    return found.annotate(moved_on=last_moved()).filter(moved_on=F("since"))


def unanswered(user) -> QuerySet[Stall]:
    """Return those to which one's own side has not said anything. One query."""
    said = StallAnswer.objects.filter(side=SIDES.get(user.role, "")).values("stall")
    return standing_still(user).exclude(pk__in=said)


def open_stalls(user) -> list[dict]:
    """Return the standstills of `standing_still` with how long they last and what each side said. Three queries."""
    found = standing_still(user).select_related("agreement", "enterprise", "buyer")
    today = timezone.localdate()
    return [
        {
            "stall": one,
            "days": (today - one.since).days,
            "answers": (answers := {answer.side: answer for answer in one.answers.all()}),
            "sides": [answers.get(side) for side in StallAnswer.Side.values],
            "own": answers.get(SIDES.get(user.role, "")),
        }
        for one in found.prefetch_related("answers__answered_by")
    ]
