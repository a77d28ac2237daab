"""What a conditional promotion hangs on: each condition has a day, and somebody says later whether it was kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.decision import ClassDecision
from closedloop.core.models import Record


class DecisionConditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Conditions of the decisions one may know of."""
        return self.filter(decision__in=ClassDecision.objects.visible_to(user))

    def open(self):
        return self.filter(is_met=None)

    def overdue(self, today):
        """Those of which nobody has said anything although their last day is over."""
        return self.open().filter(due_on__lt=today)


class DecisionCondition(Record):
    """One condition of one decision; `is_met` is unknown until somebody has looked."""

    decision = models.ForeignKey(ClassDecision, on_delete=models.CASCADE, related_name="terms")
    text = models.CharField(_("syarat"), max_length=300)
    due_on = models.DateField(_("paling lambat"))
    is_met = models.BooleanField(_("terpenuhi"), null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    note = models.CharField(_("catatan"), max_length=300, blank=True, editable=False)

    objects = DecisionConditionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "created_at"]
        verbose_name = _("syarat keputusan")
        constraints = [
            models.CheckConstraint(name="condition_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="condition_settlement_is_whole",
                condition=Q(is_met=None, settled_by=None, settled_at=None)
                | Q(is_met__isnull=False, settled_by__isnull=False, settled_at__isnull=False) & ~Q(note=""),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the condition's events stand."""
        return self.decision.enterprise_id
