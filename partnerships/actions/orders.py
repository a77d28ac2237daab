"""Writes to orders, invoices and payments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from participants.models import Enterprise
from partnerships.actions.clearances import compute_clearance
from partnerships.actions.milestones import reach
from partnerships.actions.order_prices import with_agreed_prices
from partnerships.models import (
    Agreement,
    Buyer,
    Invoice,
    Milestone,
    OrderLine,
    Payment,
    PurchaseOrder,
    ScheduleLine,
    SupplyClearance,
)

OVERRIDE_REASON_LENGTH = 30  # as for a class decision that goes against its recommendation


@dataclass(frozen=True)
class OrderLineDraft:
    """One part of an order; `schedule` holds (due day, quantity) and adds up to at most `quantity`.

    Without a `unit_price` it costs what the agreement says for the day of the order.
    """

    part_name: str
    quantity: int
    unit_price: int | Decimal | None = None
    part_number: str = ""
    unit: str = "pcs"
    schedule: Sequence[tuple[date, int]] = ()


@transaction.atomic
def enter_order(
    *,
    by: User,
    buyer: Buyer,
    enterprise: Enterprise,
    number: str,
    ordered_on: date,
    lines: Iterable[OrderLineDraft],
    kind: str = PurchaseOrder.Kind.REGULAR,
    agreement: Agreement | None = None,
    override_reason: str = "",
    today: date | None = None,
    id=None,
) -> PurchaseOrder:
    """Record a buyer's order to an IKM. Trial orders are free; a regular one needs supply clearance.

    A regular order to an IKM that is not cleared for this buyer is refused unless `override_reason` (30
    characters or more) says why; who overrode what, and what was unmet, goes into the audit trail. `today`
    is the day on which clearance is judged (default: today). Tells the owners of the IKM.
    """
    lines = list(lines)
    number = number.strip()
    refuse_bad_order(buyer, enterprise, agreement, number, ordered_on, lines)
    lines = with_agreed_prices(lines, agreement, enterprise, buyer, ordered_on)
    override = {}
    if kind == PurchaseOrder.Kind.REGULAR:
        override = override_for(enterprise, buyer, override_reason, today)
    order = PurchaseOrder(
        buyer=buyer,
        enterprise=enterprise,
        agreement=agreement,
        number=number,
        kind=kind,
        ordered_on=ordered_on,
        entered_by=by,
        **override,
        **({"id": id} if id else {}),
    )
    order.full_clean(validate_unique=False, validate_constraints=False)
    order.save(force_insert=True)
    for line in lines:
        write_order_line(order, line)
    if kind == PurchaseOrder.Kind.REGULAR:
        reach(Milestone.Step.FIRST_ORDER, enterprise, buyer, [line.part_name for line in lines], ordered_on)
    record("order.entered", order, by=by, number=number, kind=kind, **said_of(order))
    if order.override_reason:
        record("order.overridden", order, by=by, reason=order.override_reason)
    with for_others():
        title = _("Pesanan baru %(number)s dari %(buyer)s") % {"number": number, "buyer": buyer}
    people = [one for one in enterprise.people.active().accounts() if one.pk != by.pk]
    tell(people, "order.entered", title, path=order.get_absolute_url())
    return order


def refuse_bad_order(buyer, enterprise, agreement, number, ordered_on, lines) -> None:
    if ordered_on > timezone.localdate():
        raise ValidationError({"ordered_on": _("Tanggal PO tidak boleh setelah hari ini.")})
    if PurchaseOrder.objects.filter(buyer=buyer, number=number).exists():
        raise ValidationError({"number": _("Nomor PO ini sudah ada untuk pembeli yang sama.")})
    if not lines:
        raise ValidationError(_("Isi paling sedikit satu part."))
    if len({line.part_name for line in lines}) < len(lines):
        raise ValidationError(_("Part yang sama ditulis dua kali. Gabungkan jumlahnya."))
    if agreement:
        if not agreement.is_signed or agreement.status == Agreement.Status.TERMINATED:
            raise ValidationError(_("Pesanan hanya dapat dicatat pada perjanjian yang sudah ditandatangani."))
        if not (
            agreement.parties.filter(enterprise=enterprise).exists()
            and agreement.parties.filter(buyer=buyer).exists()
        ):
            raise ValidationError(_("IKM dan pembeli harus menjadi pihak perjanjian ini."))


def override_for(enterprise: Enterprise, buyer: Buyer, reason: str, today: date | None) -> dict:
    """Return the state on the day as the order keeps it, with why it was ordered all the same."""
    clearance = compute_clearance(enterprise, buyer, today=today)
    if clearance.status == SupplyClearance.Status.READY:
        return {"clearance": clearance.status}
    reason = reason.strip()
    if len(reason) < OVERRIDE_REASON_LENGTH:
        raise ValidationError(
            {
                "override_reason": _(
                    "%(enterprise)s belum siap pasok untuk %(buyer)s. Pilih pesanan percobaan, "
                    "atau isi alasan paling sedikit %(length)d huruf."
                )
                % {"enterprise": enterprise, "buyer": buyer, "length": OVERRIDE_REASON_LENGTH}
            }
        )
    return {
        "clearance": clearance.status,
        "override_reason": reason,
        "override_unmet": clearance.unmet,
    }


def said_of(order: PurchaseOrder) -> dict:
    """Return what the trail holds of an override; nothing where there was none."""
    if not order.override_reason:
        return {}
    return {
        "override_reason": order.override_reason,
        "clearance": order.clearance,
        "unmet": order.override_unmet,
    }


def write_order_line(order: PurchaseOrder, draft: OrderLineDraft) -> None:
    line = OrderLine(
        order=order,
        part_number=draft.part_number,
        part_name=draft.part_name,
        unit=draft.unit,
        quantity=draft.quantity,
        unit_price=draft.unit_price or 0,  # set by now; 0 is refused below
    )
    line.full_clean(validate_unique=False, validate_constraints=False)
    if draft.quantity <= 0 or line.unit_price <= 0:
        raise ValidationError(_("Jumlah dan harga satuan harus lebih dari nol."))
    if sum(quantity for _day, quantity in draft.schedule) > draft.quantity:
        raise ValidationError(
            _("%(part)s: jadwal kirim melebihi jumlah yang dipesan.") % {"part": draft.part_name}
        )
    if any(due_on < order.ordered_on for due_on, _quantity in draft.schedule):
        raise ValidationError(_("%(part)s: jatuh tempo mendahului tanggal PO.") % {"part": draft.part_name})
    line.save(force_insert=True)
    days: dict[date, int] = {}
    for due_on, quantity in draft.schedule:
        days[due_on] = days.get(due_on, 0) + quantity
    ScheduleLine.objects.bulk_create(
        ScheduleLine(line=line, due_on=due_on, quantity=quantity) for due_on, quantity in days.items()
    )


@transaction.atomic
def agree_reschedule(schedule: ScheduleLine, *, agreed_due_on: date, reason: str, by: User) -> ScheduleLine:
    """Record a new day both sides agreed to; the first day stays beside it. Punctuality counts the new one."""
    schedule = (
        ScheduleLine.objects.select_for_update(of=("self",)).select_related("line__order").get(pk=schedule.pk)
    )
    if not reason.strip():
        raise ValidationError({"reason": _("Isi alasannya.")})
    if agreed_due_on < schedule.line.order.ordered_on:
        raise ValidationError({"agreed_due_on": _("Tanggal ini mendahului tanggal PO.")})
    before, schedule.agreed_due_on = schedule.day, agreed_due_on
    schedule.save(update_fields=["agreed_due_on"])
    record(
        "schedule.agreed",
        schedule.line.order,
        by=by,
        before=before,
        after=agreed_due_on,
        reason=reason.strip(),
    )
    return schedule


@transaction.atomic
def enter_invoice(
    order: PurchaseOrder,
    *,
    by: User | None,
    number: str,
    issued_on: date,
    amount: int | Decimal,
    due_on: date | None = None,
    id=None,
) -> Invoice:
    """Record what the IKM billed on an order, whole Rupiah net of PPN; one number once per order."""
    number = number.strip()
    if issued_on > timezone.localdate():
        raise ValidationError({"issued_on": _("Tanggal faktur tidak boleh setelah hari ini.")})
    if due_on and due_on < issued_on:
        raise ValidationError({"due_on": _("Jatuh tempo tidak boleh mendahului tanggal faktur.")})
    if amount <= 0:
        raise ValidationError({"amount": _("Nilai faktur harus lebih dari nol.")})
    if order.invoices.filter(number=number).exists():
        raise ValidationError({"number": _("Faktur dengan nomor ini sudah dicatat pada pesanan ini.")})
    invoice = Invoice(
        order=order,
        number=number,
        issued_on=issued_on,
        due_on=due_on,
        amount=amount,
        entered_by=by,
        **({"id": id} if id else {}),
    )
    invoice.full_clean(validate_unique=False, validate_constraints=False)
    invoice.save(force_insert=True)
    record("invoice.entered", invoice, by=by, order=order.number, amount=amount)
    return invoice


@transaction.atomic
def enter_payment(
    invoice: Invoice, *, by: User | None, paid_on: date, amount: int | Decimal, id=None
) -> Payment:
    """Record money that arrived on an invoice; more than is open is refused."""
    invoice = Invoice.objects.select_for_update(of=("self",)).select_related("order").get(pk=invoice.pk)
    if paid_on > timezone.localdate():
        raise ValidationError({"paid_on": _("Tanggal bayar tidak boleh setelah hari ini.")})
    if paid_on < invoice.issued_on:
        raise ValidationError({"paid_on": _("Tanggal bayar mendahului tanggal faktur.")})
    if amount <= 0:
        raise ValidationError({"amount": _("Nilai pembayaran harus lebih dari nol.")})
    paid = invoice.payments.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    if paid + amount > invoice.amount:
        raise ValidationError({"amount": _("Pembayaran melebihi sisa tagihan faktur ini.")})
    payment = Payment(
        invoice=invoice, paid_on=paid_on, amount=amount, entered_by=by, **({"id": id} if id else {})
    )
    payment.full_clean(validate_unique=False, validate_constraints=False)
    payment.save(force_insert=True)
    record("payment.entered", payment, by=by, invoice=invoice.number, amount=amount)
    return payment
