"""Samples that an IKM hands to a buyer, and what the buyer said of them (domain.md §4.6: PPAP)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core.models import Record
from closedloop.workflow import Workflow
from participants.models import Enterprise
from partnerships.models.buyer import Buyer


class SampleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Samples for one's own company, or of the IKM one may know of."""
        if not user.may(Permission.DELIVERY_VIEW):
            return self.none()
        if user.role == Role.BUYER:
            return self.filter(buyer__in=Buyer.objects.visible_to(user))
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))

    def waiting(self):
        return self.filter(status=Sample.Status.SUBMITTED)


class Sample(Workflow, Record):
    """One submission. A refused one is followed by another; the first approved one opens the gate."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Menunggu pembeli")
        APPROVED = "approved", _("Disetujui")
        REJECTED = "rejected", _("Ditolak")

    TRANSITIONS = {
        Status.SUBMITTED: {Status.APPROVED, Status.REJECTED},
        Status.APPROVED: set(),
        Status.REJECTED: set(),
    }

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="samples")
    buyer = models.ForeignKey(
        Buyer, verbose_name=_("pembeli"), on_delete=models.PROTECT, related_name="samples"
    )
    part_name = models.CharField(_("nama part"), max_length=160)
    quantity = models.PositiveIntegerField(_("jumlah"))
    submitted_on = models.DateField(_("tanggal dikirim"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=9, choices=Status, default=Status.SUBMITTED, editable=False)
    decided_on = models.DateField(_("tanggal putusan"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    remark = models.CharField(_("catatan pembeli"), max_length=300, blank=True, editable=False)

    objects = SampleQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_on", "-created_at"]
        verbose_name = _("sampel")
        constraints = [
            models.CheckConstraint(
                name="sample_status_is_known", condition=Q(status__in=["submitted", "approved", "rejected"])
            ),
            models.CheckConstraint(name="sample_has_pieces", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="sample_names_its_part", condition=~Q(part_name="")),
            models.CheckConstraint(
                name="sample_decision_is_whole",
                condition=Q(status="submitted", decided_on=None, decided_by=None)
                | Q(
                    status__in=["approved", "rejected"],
                    decided_on__gte=F("submitted_on"),
                    decided_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="sample_is_refused_for_a_reason", condition=~Q(status="rejected") | ~Q(remark="")
            ),
        ]

    def __str__(self):
        return self.part_name

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return {"submitted": "todo", "approved": "ok", "rejected": "bad"}[self.status]
