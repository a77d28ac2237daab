"""Asking both sides why nothing moves, and keeping what they say."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.models import Enterprise
from partnerships.milestones import STILL_AFTER
from partnerships.models import Agreement, Buyer, Stall, StallAnswer
from partnerships.movement import pairs_of

Side = StallAnswer.Side


@transaction.atomic
def ask_of_stalls(*, today: date | None = None) -> int:
    """Ask the IKM and the buyer of every pair in force in which nothing has moved for 45 days; return how many.

    Each standstill is asked about once, however often this runs; one movement later it may be asked anew.
    """
    today, asked = today or timezone.localdate(), 0
    for pair in pairs_of(Agreement.objects.in_force().select_for_update(of=("self",))):
        if not pair.stands_still(today):
            continue
        stall, created = Stall.objects.get_or_create(
            agreement=pair.agreement,
            enterprise_id=pair.enterprise_id,
            buyer_id=pair.buyer_id,
            since=pair.since,
        )
        if created:
            asked += 1
            tell_both(stall)
    return asked


def tell_both(stall: Stall) -> None:
    record("stall.asked", stall, by=None, since=stall.since, number=stall.agreement.number)
    with for_others():
        title = _("%(pair)s: tidak ada gerak %(days)s hari. Apa sebabnya?") % {
            "pair": stall,
            "days": STILL_AFTER,
        }
    owners = stall.enterprise.people.active().accounts()
    tell([*owners, *stall.buyer.contacts.active().accounts()], "stall.asked", title, path="/tanpa-gerak/")


@transaction.atomic
def answer_stall(stall: Stall, *, reason: str, note: str = "", by: User) -> StallAnswer:
    """Keep why nothing moves as one's own side says; saying it again replaces one side's word, with a trail.

    The owner speaks for the IKM and a contact for the buyer; anybody else raises PermissionDenied.
    """
    side, note = side_of(stall, by), note.strip()
    if reason == StallAnswer.Reason.OTHER and not note:
        raise ValidationError({"note": _("Tulis alasannya.")})
    before = stall.answers.filter(side=side).values_list("reason", flat=True).first()
    answer, _created = StallAnswer.objects.update_or_create(
        stall=stall, side=side, defaults={"reason": reason, "note": note, "answered_by": by}
    )
    record("stall.answered", stall, by=by, side=side, reason=reason, before=before or "")
    return answer


def side_of(stall: Stall, user: User) -> str:
    if user.role == Role.BUYER and Buyer.objects.visible_to(user).filter(pk=stall.buyer_id).exists():
        return Side.BUYER
    own = Enterprise.objects.visible_to(user).filter(pk=stall.enterprise_id)
    if user.role == Role.OWNER and own.exists():
        return Side.ENTERPRISE
    raise PermissionDenied
