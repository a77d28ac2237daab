"""Pages of orders, invoices and payments."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import F, Q, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.audit.models import Event
from partnerships import actions
from partnerships.buyer_queue import title_of
from partnerships.forms import InvoiceForm, OrderForm, OrderLineFormSet, PaymentForm, RescheduleForm
from partnerships.models import (
    Financing,
    Invoice,
    OrderLine,
    Payment,
    PurchaseOrder,
    RowDispute,
    ScheduleLine,
    ScopeLine,
)
from partnerships.trail_words import corrections_of
from partnerships.views.shared import Refused, agreement_of, errors_on, order_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def add_order(request, code):
    """Record an order under an agreement: parts, quantities, days."""
    record = agreement_of(request, code)
    parts = ScopeLine.objects.filter(agreement=record).select_related("enterprise", "buyer")
    form = OrderForm(request.POST or None, initial={"ordered_on": timezone.localdate()})
    lines = OrderLineFormSet(request.POST or None, prefix="baris", lines=parts)
    if request.method == "POST" and form.is_valid() & lines.is_valid():
        try:
            with errors_on(form):
                order = actions.enter_order(
                    by=request.user,
                    agreement=record,
                    enterprise=lines.enterprise,
                    buyer=lines.buyer,
                    lines=lines.drafts,
                    **form.values(),
                )
        except Refused:
            pass
        else:
            messages.success(request, _("Pesanan %(number)s tersimpan.") % {"number": order.number})
            return redirect(order)
    context = {"form": form, "lines": lines, "agreement": record}
    return render(request, "partnerships/add_order.html", context)


@require_safe
@requires(Permission.DELIVERY_VIEW)
def order(request, code):
    """One order: its parts and days, what was delivered on it, what was billed and paid."""
    record = order_of(request, code)
    invoices = record.invoices.annotate(paid=Sum("payments__amount")).order_by("-issued_on")
    context = {
        "order": record,
        "lines": OrderLine.objects.filter(order=record)
        .with_delivered()
        .order_by("part_name")
        .prefetch_related("schedule"),
        "value": record.lines.aggregate(value=Sum(F("quantity") * F("unit_price")))["value"],
        "deliveries": [
            delivery for line in record.lines.prefetch_related("deliveries") for delivery in with_line(line)
        ],
        "invoices": invoices.prefetch_related("payments"),
        "may_manage": request.user.may(Permission.AGREEMENT_MANAGE),
        "may_bill": request.user.may(Permission.AGREEMENT_MANAGE)
        or request.user.may(Permission.DELIVERY_ENTER),
        "may_confirm": request.user.may(Permission.DELIVERY_CONFIRM),
        "may_verify": request.user.may(Permission.DELIVERY_VERIFY),
        "financings": Financing.objects.visible_to(request.user).filter(order=record),
        "disputes": disputes_of(record),
        "corrections": corrections_of(Event.objects.filter(about_ledger(record))),
    }
    return render(request, "partnerships/order.html", context)


def disputes_of(order: PurchaseOrder) -> list[RowDispute]:
    """What the buyer said of the order, its invoices and their payments, the newest first."""
    people = ("raised_by", "raised_link__contact", "settled_by")
    rows = ("order", "invoice__order", "payment__invoice__order")
    found = list(RowDispute.objects.of_orders([order]).select_related(*people, *rows))
    for dispute in found:
        dispute.name = title_of(dispute.row)
    return found


def about_ledger(order: PurchaseOrder) -> Q:
    """Events of an order, its invoices and their payments."""
    payments = Payment.objects.filter(invoice__order=order).values_list("pk", flat=True)
    ids = [order.pk, *order.invoices.values_list("pk", flat=True), *payments]
    return Q(target_type__startswith="partnerships.", target_id__in=[str(pk) for pk in ids])


def with_line(line: OrderLine):
    """The deliveries of a part, each knowing its part without asking again."""
    for delivery in line.deliveries.all():
        delivery.line = line
        yield delivery


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE, Permission.DELIVERY_ENTER)
def add_invoice(request, code):
    """Record an invoice of the IKM on an order."""
    record = order_of(request, code)
    today = timezone.localdate()
    days = record.agreement.payment_days if record.agreement else None
    initial = {"issued_on": today, "due_on": today + timedelta(days=days) if days else None}
    form = InvoiceForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        scan = values.pop("document")
        try:
            with errors_on(form):
                invoice = actions.enter_invoice(record, by=request.user, **values)
                if scan:
                    actions.attach(invoice, scan, by=request.user)
        except Refused:
            pass
        else:
            messages.success(request, _("Faktur tersimpan."))
            return redirect(record)
    context = {
        "form": form,
        "order": record,
        "heading": _("Catat faktur"),
        "verb": _("Simpan faktur"),
        "corrections": [],
    }
    return render(request, "partnerships/order_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE, Permission.DELIVERY_ENTER)
def add_payment(request, pk):
    """Record money that arrived on an invoice; the open rest is proposed."""
    invoices = Invoice.objects.visible_to(request.user).select_related("order__buyer", "order__enterprise")
    invoice = get_object_or_404(invoices, pk=pk)
    paid = invoice.payments.aggregate(total=Sum("amount"))["total"] or 0
    initial = {"paid_on": timezone.localdate(), "amount": invoice.amount - paid}
    form = PaymentForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        scan = values.pop("document")
        try:
            with errors_on(form):
                payment = actions.enter_payment(invoice, by=request.user, **values)
                if scan:
                    actions.attach(payment, scan, by=request.user)
        except Refused:
            pass
        else:
            messages.success(request, _("Pembayaran tersimpan."))
            return redirect(invoice.order)
    heading = _("Catat pembayaran faktur %(number)s") % {"number": invoice.number}
    context = {
        "form": form,
        "order": invoice.order,
        "heading": heading,
        "verb": _("Simpan pembayaran"),
        "corrections": [],
    }
    return render(request, "partnerships/order_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def reschedule(request, pk):
    """Record a new day both sides agreed to."""
    orders = PurchaseOrder.objects.visible_to(request.user)
    rows = ScheduleLine.objects.filter(line__order__in=orders).select_related(
        "line__order__buyer", "line__order__enterprise"
    )
    schedule = get_object_or_404(rows, pk=pk)
    form = RescheduleForm(request.POST or None, initial={"agreed_due_on": schedule.day})
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.agree_reschedule(schedule, by=request.user, **form.cleaned_data)
        except Refused:
            pass
        else:
            messages.success(
                request, _("Jadwal baru tersimpan. Tanggal pertama tetap terlihat di sampingnya.")
            )
            return redirect(schedule.line.order)
    context = {
        "form": form,
        "order": schedule.line.order,
        "corrections": [],
        "heading": _("Ubah jatuh tempo kirim"),
        "verb": _("Simpan jadwal"),
    }
    return render(request, "partnerships/order_form.html", context)
