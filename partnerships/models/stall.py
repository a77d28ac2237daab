"""Partnerships in which nothing moved for long, and what both sides say of it (features.md E5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core.models import Record
from participants.models import Enterprise
from partnerships.models.agreement import Agreement
from partnerships.models.buyer import Buyer


class StallQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own company or IKM: in an agreement of many, nobody reads of another pair."""
        if not user.may(Permission.AGREEMENT_VIEW):
            return self.none()
        if user.role == Role.BUYER:
            return self.filter(buyer__in=Buyer.objects.visible_to(user))
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))


class Stall(Record):
    """Nothing has moved between an IKM and a buyer under an agreement since the day; both sides were asked why."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="stalls")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="stalls")
    buyer = models.ForeignKey(Buyer, on_delete=models.PROTECT, related_name="stalls")
    since = models.DateField(_("gerak terakhir"))

    objects = StallQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        verbose_name = _("kemitraan tanpa gerak")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "enterprise", "buyer", "since"], name="stall_is_asked_once"
            ),
        ]

    def __str__(self):
        return f"{self.enterprise} → {self.buyer}"


class StallAnswer(Record):
    """Why nothing moves, as one side says."""

    class Side(models.TextChoices):
        ENTERPRISE = "enterprise", "IKM"
        BUYER = "buyer", _("Pembeli")

    class Reason(models.TextChoices):
        DRAWING = "drawing", _("Menunggu gambar atau spesifikasi")
        PRICE = "price", _("Harga belum disepakati")
        SAMPLE = "sample", _("Sampel belum lolos")
        MATERIAL = "material", _("Bahan belum tersedia")
        CAPACITY = "capacity", _("Mesin atau kapasitas kurang")
        CAPITAL = "capital", _("Modal kerja kurang")
        DEMAND = "demand", _("Permintaan pembeli turun")
        APPROVAL = "approval", _("Menunggu persetujuan di pembeli")
        OTHER = "other", _("Lainnya")

    stall = models.ForeignKey(Stall, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(_("pihak"), max_length=10, choices=Side, editable=False)
    reason = models.CharField(_("alasan"), max_length=8, choices=Reason)
    note = models.CharField(_("keterangan"), max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["side"]
        verbose_name = _("alasan tanpa gerak")
        constraints = [
            models.UniqueConstraint(fields=["stall", "side"], name="one_stall_answer_per_side"),
            models.CheckConstraint(
                name="stall_answer_side_is_known", condition=Q(side__in=["enterprise", "buyer"])
            ),
            models.CheckConstraint(
                name="stall_answer_reason_is_known",
                condition=Q(
                    reason__in=[
                        "drawing",
                        "price",
                        "sample",
                        "material",
                        "capacity",
                        "capital",
                        "demand",
                        "approval",
                        "other",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="stall_answer_other_is_said_in_words", condition=~Q(reason="other") | ~Q(note="")
            ),
        ]

    def __str__(self):
        return self.get_reason_display()
