"""A new agreement that a QCD standing holds back, and that the programme's lead lets through (features.md E10)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models import Scorecard
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core.models import Record
from participants.models import Enterprise
from partnerships.models.agreement import Agreement


class HoldOverrideQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the IKM one may know of; a buyer reads of no IKM's standing with all its buyers."""
        if user.role == Role.BUYER or not user.may(Permission.AGREEMENT_VIEW):
            return self.none()
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))


class HoldOverride(Record):
    """Why one agreement may be signed although the month of one of its IKM holds new agreements back."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="hold_overrides")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="hold_overrides")
    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="hold_overrides")
    reason = models.CharField(_("alasan"), max_length=500)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = HoldOverrideQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("izin atas MoU yang ditahan")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "enterprise"], name="hold_is_overridden_once"),
            models.CheckConstraint(name="hold_override_says_why", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.agreement.number}: {self.enterprise}"
