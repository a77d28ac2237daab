"""Whether one IKM may supply one buyer today (*siap pasok*)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.roles import Role
from closedloop.core.models import Record
from participants.models import Enterprise
from partnerships.clearance import unmet_in_words
from partnerships.models.buyer import Buyer


class SupplyClearanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Clearances of the enterprises one may know of; a buyer sees those with their own company."""
        if user.role == Role.BUYER:
            return self.filter(buyer__in=Buyer.objects.visible_to(user))
        return self.filter(
            Q(buyer__in=Buyer.objects.visible_to(user))
            & Q(enterprise__in=Enterprise.objects.visible_to(user))
        )


class SupplyClearance(Record):
    """The latest computed state for one IKM and one buyer, with what is not yet met."""

    class Status(models.TextChoices):
        READY = "ready", _("Siap pasok")
        CONDITIONAL = "conditional", _("Bersyarat")
        NOT_READY = "not_ready", _("Belum siap pasok")

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="clearances")
    buyer = models.ForeignKey(Buyer, on_delete=models.PROTECT, related_name="clearances")
    status = models.CharField(_("status"), max_length=11, choices=Status)
    sample_approved_on = models.DateField(_("sampel disetujui"), null=True, blank=True)
    unmet = models.JSONField(default=list)
    computed_at = models.DateTimeField(_("dihitung"))

    objects = SupplyClearanceQuerySet.as_manager()

    class Meta:
        ordering = ["enterprise__name", "buyer__name"]
        verbose_name = _("siap pasok")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "buyer"], name="one_clearance_per_enterprise_and_buyer"
            ),
            models.CheckConstraint(
                name="ready_means_nothing_is_unmet",
                condition=~Q(status="ready") | Q(unmet=[], sample_approved_on__isnull=False),
            ),
            models.CheckConstraint(
                name="clearance_status_is_known",
                condition=Q(status__in=["ready", "conditional", "not_ready"]),
            ),
        ]

    def __str__(self):
        return f"{self.enterprise} → {self.buyer}: {self.get_status_display()}"

    @property
    def unmet_lines(self) -> list[str]:
        """What is not yet met, one sentence each, in the reader's language."""
        return [unmet_in_words(entry) for entry in self.unmet]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return {"ready": "ok", "conditional": "todo", "not_ready": ""}[self.status]
