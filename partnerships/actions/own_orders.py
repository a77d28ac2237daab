"""An IKM writes down the order that its buyer gave it; the buyer then confirms it, and staff verify it."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from partnerships import readiness
from partnerships.actions.orders import OrderLineDraft, enter_order
from partnerships.actions.vouching import attach
from partnerships.models import Agreement, PurchaseOrder, ScopeLine, SupplyClearance
from partnerships.scans import Scan

Kind = PurchaseOrder.Kind


@transaction.atomic
def note_order(
    line: ScopeLine,
    *,
    number: str,
    ordered_on: date,
    quantity: int,
    due_on: date,
    by: User,
    scan: Scan | None = None,
    id: UUID | None = None,
) -> PurchaseOrder:
    """Record one part ordered under an active agreement, at the price agreed for its day, with the paper.

    Regular where the IKM is cleared for this buyer today, a trial otherwise: an owner overrides no gate. The buyer's
    people are asked to confirm it. ValidationError beside its field for what no order may say.
    """
    if line.agreement.status != Agreement.Status.ACTIVE:
        raise ValidationError({"line": _("Perjanjian part ini tidak aktif. Pilih part lain.")})
    if due_on < ordered_on:
        raise ValidationError({"due_on": _("Tanggal kirim mendahului tanggal PO.")})
    draft = OrderLineDraft(
        part_name=line.part_name,
        part_number=line.part_number,
        unit=line.unit,
        quantity=quantity,
        schedule=[(due_on, quantity)],
    )
    order = enter_order(
        by=by,
        buyer=line.buyer,
        enterprise=line.enterprise,
        number=" ".join(number.split()),
        ordered_on=ordered_on,
        lines=[draft],
        kind=kind_today(line),
        agreement=line.agreement,
        id=id,
    )
    if scan:
        attach(order, scan, by=by)
    with for_others():
        title = _("%(order)s dari %(ikm)s menunggu konfirmasi Anda") % {
            "order": order,
            "ikm": line.enterprise,
        }
    people = line.buyer.contacts.active().accounts()
    tell(people, "order.noted", title, path=order.get_absolute_url())
    return order


def kind_today(line: ScopeLine) -> str:
    """Return what an order for the line is on this day: regular for an IKM that is cleared, else a trial."""
    today = timezone.localdate()
    judged, _sample = readiness.judgements([line.enterprise], [line.buyer], today)[
        line.enterprise_id, line.buyer_id
    ]
    return Kind.REGULAR if judged.status == SupplyClearance.Status.READY else Kind.TRIAL
