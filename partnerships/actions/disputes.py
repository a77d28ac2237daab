"""Writes to disputes: a buyer says what is wrong with a delivery, both sides settle it."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.formats import number
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
from partnerships.actions.confirmers import Confirmer, by_one, confirmation, refuse_outsiders
from partnerships.actions.deliveries import (
    confirm_delivery,
    contacts_of,
    locked,
    refuse_bad_day,
    refuse_second_confirmation,
)
from partnerships.models import ConfirmationLink, Delivery, Dispute

Status = Delivery.Status


@dataclass(frozen=True)
class Count:
    """What the buyer counted: the day of arrival, good and rejected pieces. Anything may be unknown."""

    arrived_on: date | None = None
    good: int | None = None
    rejected: int | None = None


@transaction.atomic
def report_arrival(
    delivery: Delivery, *, received_on: date, accepted: int, rejected: int, by: Confirmer
) -> str:
    """Confirm a delivery whose count makes the whole of its note, dispute one whose count does not.

    Returns the status it has now. Nothing that arrived at all is a dispute too.
    """
    delivery = locked(delivery)
    if accepted + rejected == delivery.quantity:
        confirm_delivery(delivery, received_on=received_on, accepted=accepted, rejected=rejected, by=by)
        return Status.CONFIRMED
    refuse_bad_day(delivery, received_on)
    with for_others():
        text = _("Diterima %(good)s baik dan %(rejected)s ditolak, menurut surat jalan %(total)s.") % {
            "good": number(accepted),
            "rejected": number(rejected),
            "total": number(delivery.quantity),
        }
    reason = Dispute.Reason.QUANTITY if accepted + rejected else Dispute.Reason.ABSENT
    dispute(delivery, text, reason=reason, count=Count(received_on, accepted, rejected), by=by)
    return Status.DISPUTED


@transaction.atomic
def dispute(
    delivery: Delivery,
    text: str,
    *,
    by: Confirmer,
    reason: str = Dispute.Reason.OTHER,
    count: Count | None = None,
) -> Dispute:
    """Say that a delivery is not what its note says; the IKM and staff see the reason.

    What an account disputes after it was confirmed is taken back; the trail keeps the old numbers. By link only
    what still waits can be disputed (TransitionError): a page left open must not undo a colleague's answer.
    """
    delivery = locked(delivery)
    refuse_outsiders(delivery.line.order.buyer, delivery.entered_by_id, by)
    if isinstance(by, ConfirmationLink):
        refuse_second_confirmation(delivery)
    text, count = text.strip(), count or Count()
    if not text:
        raise ValidationError({"text": _("Tulis apa yang berbeda, misalnya: diterima 2.364 dari 2.400.")})
    if delivery.status == Status.CONFIRMED:
        record(
            "delivery.confirmation_withdrawn",
            delivery,
            by=by,
            received_on=delivery.received_on,
            accepted=delivery.accepted_quantity,
            rejected=delivery.rejected_quantity,
        )
    delivery.move_to(
        Status.DISPUTED, by=by, reason=text, dispute_reason=text, **confirmation(None, None, None, None)
    )
    found = Dispute.objects.create(
        delivery=delivery,
        reason=reason,
        text=text,
        arrived_on=count.arrived_on,
        counted_good=count.good,
        counted_rejected=count.rejected,
        **by_one("raised", by),
    )
    with for_others():
        title = _("Selisih pada surat jalan %(note)s") % {"note": delivery.note_number}
    people = [*delivery.line.order.enterprise.people.active().accounts(), delivery.entered_by]
    tell(people, "delivery.disputed", title, body=text, path=delivery.get_absolute_url())
    return found


@transaction.atomic
def settle(
    delivery: Delivery, *, received_on: date, accepted: int, rejected: int, reason: str, by: User
) -> None:
    """End a dispute with what both sides now agree on; the note's quantity becomes accepted + rejected.

    By staff who did not enter it, or by the buyer. The old quantity stays in the trail.
    """
    delivery, reason = locked(delivery), reason.strip()
    if delivery.status != Status.DISPUTED:
        raise TransitionError(_("Tidak ada selisih yang harus diselesaikan pada surat jalan ini."))
    if delivery.entered_by_id == by.pk:
        raise ValidationError(_("Yang mencatat pengiriman tidak boleh menyelesaikan selisihnya."))
    if not reason:
        raise ValidationError({"reason": _("Tulis hasil kesepakatannya.")})
    if accepted < 0 or rejected < 0 or accepted + rejected == 0:
        raise ValidationError({"accepted": _("Isi jumlah yang disepakati, paling sedikit satu.")})
    refuse_bad_day(delivery, received_on)
    before = delivery.quantity
    delivery.move_to(
        Status.CONFIRMED,
        by=by,
        reason=reason,
        quantity=accepted + rejected,
        **confirmation(received_on, accepted, rejected, by),
    )
    delivery.disputes.unsettled().update(settled_at=timezone.now(), settled_by=by, outcome=reason)
    record("delivery.settled", delivery, by=by, quantity=[before, accepted + rejected])
    people = [*delivery.line.order.enterprise.people.active().accounts(), *contacts_of(delivery)]
    with for_others():
        title = _("Selisih surat jalan %(note)s selesai") % {"note": delivery.note_number}
    tell(people, "delivery.settled", title, body=reason, path=delivery.get_absolute_url())
