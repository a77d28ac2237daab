"""What the IKM billed, and what arrived of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from closedloop.core import formats
from closedloop.core.models import Money
from partnerships.models.order import OrderScopedQuerySet, PurchaseOrder
from partnerships.models.vouched import Vouched, vouching


class InvoiceQuerySet(OrderScopedQuerySet):
    order_path = "order__"


class Invoice(Vouched):
    """What the IKM billed (*ditagih*) on one order."""

    order = models.ForeignKey(PurchaseOrder, on_delete=models.PROTECT, related_name="invoices")
    number = models.CharField(_("nomor faktur"), max_length=80)
    issued_on = models.DateField(_("tanggal faktur"))
    due_on = models.DateField(_("jatuh tempo"), null=True, blank=True)
    amount = Money(_("nilai"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on"]
        verbose_name = _("faktur")
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="invoice_number_once_per_order"),
            models.CheckConstraint(name="invoice_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="invoice_is_due_after_it_was_issued",
                condition=Q(due_on=None) | Q(due_on__gte=F("issued_on")),
            ),
            *vouching("invoice"),
        ]

    def __str__(self):
        return self.number

    @property
    def enterprise_id(self):
        return self.order.enterprise_id


class PaymentQuerySet(OrderScopedQuerySet):
    order_path = "invoice__order__"


class Payment(Vouched):
    """Money that arrived (*dibayar*) on one invoice."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    paid_on = models.DateField(_("tanggal bayar"))
    amount = Money(_("nilai"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["-paid_on"]
        verbose_name = _("pembayaran")
        constraints = [
            models.CheckConstraint(name="payment_amount_is_positive", condition=Q(amount__gt=0)),
            *vouching("payment"),
        ]

    def __str__(self):
        return f"{self.invoice} {formats.date_medium(self.paid_on)}"

    @property
    def enterprise_id(self):
        return self.invoice.order.enterprise_id
