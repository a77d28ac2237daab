"""A late edit of a delivery that the buyer has not answered yet; what was answered is changed by a dispute."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from closedloop.workflow import TransitionError
from partnerships.actions.deliveries import locked, refuse_bad_delivery
from partnerships.models import Delivery


@transaction.atomic
def correct_delivery(
    delivery: Delivery, reason: str, *, by: User, note_number: str, delivered_on: date, quantity: int
) -> bool:
    """Correct what was mistyped on a note; old and new stay in the trail. Returns whether anything changed.

    What the buyer answered already is not corrected here (TransitionError): its figures are what both sides said.
    """
    delivery, reason = locked(delivery), reason.strip()
    if delivery.status != Delivery.Status.SUBMITTED:
        raise TransitionError(_("Pembeli sudah menjawab surat jalan ini. Ubah lewat selisih."))
    note_number = " ".join(note_number.split())
    values = {"note_number": note_number, "delivered_on": delivered_on, "quantity": quantity}
    differences = changes({name: getattr(delivery, name) for name in values}, values)
    if not differences:
        return False
    if not reason:
        raise ValidationError({"reason": _("Isi alasan perubahannya.")})
    refuse_bad_delivery(delivery.line, note_number, delivered_on, quantity, beside=delivery)
    for name, value in values.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=list(values))
    record("delivery.corrected", delivery, by=by, changes=differences, reason=reason)
    return True
