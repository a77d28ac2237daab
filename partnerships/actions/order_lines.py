"""A late edit of what an order says of one part: how many, and for which day."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.audit.trail import changes, record
from closedloop.core.formats import number
from partnerships.actions.vouching import UNVOUCHED, Status, again, answer_dispute
from partnerships.models import OrderLine, ScheduleLine


@transaction.atomic
def correct_order_line(
    line: OrderLine, reason: str, *, by: User, quantity: int, due_on: date | None = None
) -> bool:
    """Correct a quantity or day that was mistyped; returns whether it changed. Old and new stay in the trail.

    As with other rows, an order that was confirmed, verified or disputed is asked for again, and what staff verified
    only they may open (PermissionDenied). The day changes only where the part has one, not rescheduled yet and with
    nothing delivered.
    """
    order, reason = again(line.order), reason.strip()
    if order.status == Status.VERIFIED and not by.may(Permission.DELIVERY_VERIFY):
        raise PermissionDenied
    line = OrderLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    day = only_day(line)
    before = {"quantity": line.quantity, "due_on": day.due_on if day else None}
    differences = changes(before, {"quantity": quantity, "due_on": due_on if day else None})
    if not differences:
        return False
    refuse_bad_line(line, order.ordered_on, day, quantity, due_on, reason)
    if order.status != Status.SUBMITTED:
        was_disputed = order.status == Status.DISPUTED
        order.move_to(Status.SUBMITTED, by=by, reason=reason, **UNVOUCHED)
        if was_disputed:
            answer_dispute(order, reason, by=by)
    line.quantity = quantity
    line.save(update_fields=["quantity"])
    if day:
        day.quantity, day.due_on = quantity, due_on or day.due_on
        day.save(update_fields=["quantity", "due_on"])
    record("purchaseorder.corrected", order, by=by, changes=differences, reason=f"{line.part_name}: {reason}")
    return True


def only_day(line: OrderLine) -> ScheduleLine | None:
    """Return the one day of delivery of a part; None where there are several, or a new one was agreed to."""
    days = list(line.schedule.all()[:2])
    return days[0] if len(days) == 1 and days[0].agreed_due_on is None else None


def refuse_bad_line(
    line: OrderLine, ordered_on: date, day, quantity: int, due_on: date | None, reason: str
) -> None:
    wrong = {}
    delivered = line.deliveries.aggregate(total=Sum("quantity"))["total"] or 0
    scheduled = 0 if day else line.schedule.aggregate(total=Sum("quantity"))["total"] or 0
    if quantity < max(1, delivered, scheduled):
        wrong["quantity"] = _(
            "Jumlah harus paling sedikit %(least)s, yang sudah dikirim atau dijadwalkan."
        ) % {"least": number(max(1, delivered, scheduled))}
    if day and (due_on is None or due_on < ordered_on):
        wrong["due_on"] = _("Tanggal kirim mendahului tanggal PO.")
    elif day and due_on != day.due_on and delivered:
        # punctuality is judged by this day: after a delivery only both sides may agree to another
        wrong["due_on"] = _(
            "Part ini sudah dikirim. Minta petugas mencatat jadwal baru yang disepakati pembeli."
        )
    if not reason:
        wrong["reason"] = _("Isi alasan perubahannya.")
    if wrong:
        raise ValidationError(wrong)
