"""What a buyer says is wrong with an order, an invoice or a payment, with the figures as the buyer has them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.core.models import Money, Record
from partnerships.models.billing import Invoice, Payment
from partnerships.models.link import ConfirmationLink
from partnerships.models.order import PurchaseOrder

FIELDS = {PurchaseOrder: "order", Invoice: "invoice", Payment: "payment"}  # which names a row of each kind


class RowDisputeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those about the orders that one may know of."""
        if not user.may(Permission.DELIVERY_VIEW):
            return self.none()
        orders = PurchaseOrder.objects.visible_to(user)
        return self.of_orders(orders)

    def of_orders(self, orders):
        """Those about these orders, their invoices, or the payments of those."""
        return self.filter(
            Q(order__in=orders) | Q(invoice__order__in=orders) | Q(payment__invoice__order__in=orders)
        )

    def about(self, row):
        """Those about one order, invoice or payment."""
        return self.filter(**{FIELDS[type(row)]: row})

    def unsettled(self):
        return self.filter(settled_at=None)


class RowDispute(Record):
    """One objection to one row of the ledger; an order's value is that of all its parts."""

    class Reason(models.TextChoices):
        FIGURE = "figure", _("Nilai atau tanggalnya lain")
        UNKNOWN = "unknown", _("Tidak kami kenal")
        OTHER = "other", _("Lainnya")

    order = models.ForeignKey(
        PurchaseOrder, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes"
    )
    invoice = models.ForeignKey(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes"
    )
    payment = models.ForeignKey(
        Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes"
    )
    reason = models.CharField(_("alasan"), max_length=8, choices=Reason)
    text = models.CharField(_("keterangan"), max_length=300, blank=True)
    said_on = models.DateField(_("tanggal menurut pembeli"), null=True, blank=True)
    said_amount = Money(_("nilai menurut pembeli"), null=True, blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_link = models.ForeignKey(
        ConfirmationLink, null=True, blank=True, on_delete=models.PROTECT, related_name="row_disputes"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(_("jawaban"), max_length=300, blank=True)

    objects = RowDisputeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("selisih buku")
        constraints = [
            models.CheckConstraint(
                name="row_dispute_is_about_one_row",
                condition=Q(order__isnull=False, invoice=None, payment=None)
                | Q(order=None, invoice__isnull=False, payment=None)
                | Q(order=None, invoice=None, payment__isnull=False),
            ),
            *(
                models.UniqueConstraint(
                    fields=[name], condition=Q(settled_at=None), name=f"one_open_dispute_per_{name}"
                )
                for name in ("order", "invoice", "payment")
            ),
            models.CheckConstraint(
                name="row_dispute_reason_is_known", condition=Q(reason__in=["figure", "unknown", "other"])
            ),
            models.CheckConstraint(
                name="row_dispute_says_what",
                condition=Q(reason="unknown")
                | ~Q(text="")
                | Q(said_on__isnull=False)
                | Q(said_amount__isnull=False),
            ),
            models.CheckConstraint(
                name="row_dispute_amount_is_not_negative",
                condition=Q(said_amount=None) | Q(said_amount__gte=0),
            ),
            models.CheckConstraint(
                name="row_dispute_is_raised_by_one",
                condition=Q(raised_by=None, raised_link__isnull=False)
                | Q(raised_by__isnull=False, raised_link=None),
            ),
            models.CheckConstraint(
                name="row_dispute_settlement_is_whole",
                condition=Q(settled_at=None, settled_by=None, outcome="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self):
        return f"{self.row}: {self.get_reason_display()}"

    @property
    def row(self):
        """What it is about: an order, an invoice or a payment."""
        return self.order or self.invoice or self.payment

    @property
    def raiser(self):
        """Who objected: an account, or a contact by link."""
        return self.raised_by or self.raised_link

    @property
    def is_open(self) -> bool:
        return self.settled_at is None
