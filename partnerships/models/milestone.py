"""How far a part has come from the enquiry to routine supply, and when an agreement ends (features.md E5)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from partnerships.models.agreement import Agreement, ScopeLine


class Milestone(Record):
    """One step of one scope line: the day both sides plan it for, and the day it was reached."""

    class Step(models.TextChoices):
        ENQUIRY = "enquiry", _("Permintaan penawaran (RFQ)")
        QUOTATION = "quotation", _("Penawaran")
        SAMPLE = "sample", _("Sampel")
        TRIAL = "trial", _("Uji")
        AUDIT = "audit", _("Audit pembeli")
        FIRST_ORDER = "first_order", _("PO pertama")
        ROUTINE = "routine", _("Rutin")

    line = models.ForeignKey(ScopeLine, on_delete=models.CASCADE, related_name="milestones")
    step = models.CharField(_("tahap"), max_length=11, choices=Step)
    planned_on = models.DateField(_("rencana"), null=True, blank=True)
    reached_on = models.DateField(_("tercapai"), null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("tonggak")
        constraints = [
            models.UniqueConstraint(fields=["line", "step"], name="one_milestone_per_step"),
            models.CheckConstraint(
                name="milestone_step_is_known",
                condition=Q(
                    step__in=["enquiry", "quotation", "sample", "trial", "audit", "first_order", "routine"]
                ),
            ),
            models.CheckConstraint(
                name="milestone_has_a_day",
                condition=Q(planned_on__isnull=False) | Q(reached_on__isnull=False),
            ),
        ]

    def __str__(self):
        return self.get_step_display()


class ExpiryNotice(Record):
    """That the parties and staff were told once that an agreement ends in 90, 60 or 30 days."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="expiry_notices")
    ends_on = models.DateField(_("berlaku sampai"))
    days_before = models.PositiveSmallIntegerField(_("hari sebelumnya"))

    class Meta:
        ordering = ["ends_on", "-days_before"]
        verbose_name = _("pengingat masa berlaku")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "ends_on", "days_before"], name="one_expiry_notice_per_step"
            ),
            models.CheckConstraint(
                name="expiry_notice_comes_at_its_step", condition=Q(days_before__in=[90, 60, 30])
            ),
        ]

    def __str__(self):
        return f"{self.agreement.number}: {self.days_before}"
