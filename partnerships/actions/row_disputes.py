"""A buyer says that an order, an invoice or a payment is otherwise, with the figures as the buyer has them."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from partnerships.actions.confirmers import Confirmer, by_one, refuse_outsiders
from partnerships.actions.vouching import UNVOUCHED, Status, again, refuse_second_answer
from partnerships.buyer_queue import VouchedRow, said
from partnerships.models import ConfirmationLink, RowDispute
from partnerships.models.row_dispute import FIELDS

Reason = RowDispute.Reason


@transaction.atomic
def dispute_row(
    row: VouchedRow,
    reason: str,
    *,
    by: Confirmer,
    text: str = "",
    day: date | None = None,
    amount: int | Decimal | None = None,
) -> RowDispute:
    """Say that a row of the ledger is not so; the IKM and whoever entered it read why, and answer.

    What an account disputes after it was confirmed takes that word back. By link only what still waits can be
    disputed (TransitionError): a page left open must not undo a colleague's answer.
    """
    row, text = again(row), text.strip()
    shown = said(row)
    refuse_outsiders(shown.order.buyer, row.entered_by_id, by)
    if isinstance(by, ConfirmationLink):
        refuse_second_answer(row)
    day = None if day == shown.day else day
    amount = None if amount == shown.amount else amount
    refuse_bad_dispute(reason, text, day, amount)
    row.move_to(Status.DISPUTED, by=by, reason=text or str(Reason(reason).label), **UNVOUCHED)
    found = RowDispute.objects.create(
        **{FIELDS[type(row)]: row},
        reason=reason,
        text=text,
        said_on=day,
        said_amount=amount,
        **by_one("raised", by),
    )
    with for_others():
        title = _("Pembeli melaporkan selisih: %(row)s") % {"row": said(row).name}
        body = text or str(Reason(reason).label)
    people = {*shown.enterprise.people.active().accounts(), row.entered_by} - {None}
    url = shown.order.get_absolute_url()
    tell(people, f"{row._meta.model_name}.disputed", title, body=body, path=url)
    return found


def refuse_bad_dispute(reason: str, text: str, day: date | None, amount: int | Decimal | None) -> None:
    wrong = {}
    if reason == Reason.FIGURE and day is None and amount is None:
        wrong["amount"] = _("Isi nilai atau tanggal menurut Anda, yang berbeda dari catatan ini.")
    if reason == Reason.OTHER and not text:
        wrong["text"] = _("Tulis apa yang berbeda.")
    if day and day > timezone.localdate():
        wrong["day"] = _("Tanggal ini tidak boleh setelah hari ini.")
    if wrong:
        raise ValidationError(wrong)
