"""What a buyer says is wrong with a delivery, and how it ended. A corrective action may begin here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from partnerships.models.link import ConfirmationLink
from partnerships.models.order import Delivery, OrderScopedQuerySet


class DisputeQuerySet(OrderScopedQuerySet):
    order_path = "delivery__line__order__"

    def unsettled(self):
        return self.filter(settled_at=None)


class Dispute(Record):
    """One complaint about one delivery; a delivery may be disputed again after it was settled."""

    class Reason(models.TextChoices):
        QUANTITY = "quantity", _("Jumlah tidak sama dengan surat jalan")
        QUALITY = "quality", _("Mutu tidak sesuai")
        PART = "part", _("Part atau tipe keliru")
        ABSENT = "absent", _("Barang tidak datang")
        PAPERS = "papers", _("Surat jalan tidak lengkap atau keliru")
        OTHER = "other", _("Lainnya")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="disputes")
    reason = models.CharField(_("alasan"), max_length=8, choices=Reason)
    text = models.CharField(_("apa yang berbeda"), max_length=300)
    arrived_on = models.DateField(_("tanggal tiba menurut pembeli"), null=True, blank=True)
    counted_good = models.PositiveIntegerField(_("baik menurut pembeli"), null=True, blank=True)
    counted_rejected = models.PositiveIntegerField(_("ditolak menurut pembeli"), null=True, blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_link = models.ForeignKey(
        ConfirmationLink, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(_("hasil kesepakatan"), max_length=300, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("selisih")
        constraints = [
            models.UniqueConstraint(
                fields=["delivery"], condition=Q(settled_at=None), name="one_open_dispute_per_delivery"
            ),
            models.CheckConstraint(
                name="dispute_reason_is_known",
                condition=Q(reason__in=["quantity", "quality", "part", "absent", "papers", "other"]),
            ),
            models.CheckConstraint(name="dispute_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="dispute_is_raised_by_one",
                condition=Q(raised_by=None, raised_link__isnull=False)
                | Q(raised_by__isnull=False, raised_link=None),
            ),
            models.CheckConstraint(
                name="dispute_settlement_is_whole",
                condition=Q(settled_at=None, settled_by=None, outcome="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self):
        return f"{self.delivery}: {self.get_reason_display()}"

    @property
    def enterprise_id(self):
        """The IKM whose timeline the complaint belongs to."""
        return self.delivery.line.order.enterprise_id

    @property
    def raiser(self):
        """Who complained: an account, or a contact by link."""
        return self.raised_by or self.raised_link

    @property
    def is_open(self) -> bool:
        return self.settled_at is None
