"""Which partnerships stand still now, and what each side said of it."""

from django.utils import timezone

from closedloop.accounts.roles import Role
from partnerships.models import Stall, StallAnswer
from partnerships.movement import pairs_of

SIDES = {Role.BUYER: StallAnswer.Side.BUYER, Role.OWNER: StallAnswer.Side.ENTERPRISE}


def open_stalls(user) -> list[dict]:
    """Return the standstills one may know of that no movement has ended since."""
    found = (
        Stall.objects.visible_to(user)
        .filter(agreement__status="active")
        .select_related("agreement", "enterprise", "buyer")
        .prefetch_related("answers__answered_by")
    )
    if not (found := list(found)):
        return []
    since = {
        (pair.agreement.pk, pair.enterprise_id, pair.buyer_id): pair.since
        for pair in pairs_of({one.agreement for one in found})
    }
    today = timezone.localdate()
    return [
        {
            "stall": one,
            "days": (today - one.since).days,
            "answers": (answers := {answer.side: answer for answer in one.answers.all()}),
            "sides": [answers.get(side) for side in StallAnswer.Side.values],
            "own": answers.get(SIDES.get(user.role, "")),
        }
        for one in found
        if since.get((one.agreement_id, one.enterprise_id, one.buyer_id)) == one.since
    ]
