"""An IKM's frozen month of quality, cost and delivery.

It lives here and partnerships writes it when a month is closed, so that class rules only read downwards.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Money, Record
from participants.models import Enterprise


class ScorecardQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Scorecards of the enterprises one may know of."""
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))


class Scorecard(Record):
    """Quantities of one month. Rates are computed from them: a month without deliveries has none."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="scorecards")
    month = models.DateField(_("bulan"), help_text=_("Tanggal 1 bulan itu."))
    due_quantity = models.PositiveIntegerField(_("jatuh tempo"))
    on_time_quantity = models.PositiveIntegerField(_("tepat waktu"))
    delivered_quantity = models.PositiveIntegerField(_("dikirim"))
    rejected_quantity = models.PositiveIntegerField(_("ditolak"))
    delivered_value = Money(_("nilai dikirim"))
    accepted_value = Money(_("nilai diterima baik"))
    price_gap = models.DecimalField(
        _("selisih harga terhadap kesepakatan"), max_digits=7, decimal_places=4, null=True, blank=True
    )
    agreements_in_force = models.PositiveSmallIntegerField(_("MoU aktif"), default=0)
    buyers = models.PositiveSmallIntegerField(_("pembeli"), default=0)
    promised_value = Money(_("nilai dijanjikan"), null=True, blank=True)
    # the strictest an MoU in force that month asked for; it overrides the class default (domain.md §5.3)
    max_ppm = models.PositiveIntegerField(_("ppm paling tinggi menurut MoU"), null=True, blank=True)
    min_on_time = models.DecimalField(
        _("ketepatan kirim paling rendah menurut MoU"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    frozen_at = models.DateTimeField(_("dibekukan"))

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        ordering = ["-month"]
        verbose_name = _("kartu nilai QCD")
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "month"], name="one_scorecard_per_month"),
            models.CheckConstraint(name="scorecard_month_is_a_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="scorecard_on_time_is_part_of_due", condition=Q(on_time_quantity__lte=F("due_quantity"))
            ),
            models.CheckConstraint(
                name="scorecard_rejects_are_part_of_delivered",
                condition=Q(rejected_quantity__lte=F("delivered_quantity")),
            ),
            models.CheckConstraint(
                name="scorecard_values_are_not_negative",
                condition=Q(
                    delivered_value__gte=0, accepted_value__gte=0, accepted_value__lte=F("delivered_value")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.enterprise} {self.month:%Y-%m}"
