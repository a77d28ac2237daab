"""What was said about a finding's day already, so that no step is said twice."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.finding import Finding
from closedloop.core.models import Record


class FindingReminder(Record):
    """One step of one finding towards one due day: -7, 0, 7, 14 … days from it. Another day begins anew."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("Pengingat")
        ESCALATION = "escalation", _("Eskalasi")

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind)
    due_on = models.DateField(_("tenggat"))
    offset_days = models.SmallIntegerField()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("pengingat temuan")
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "kind", "due_on", "offset_days"], name="finding_step_is_said_once"
            ),
            models.CheckConstraint(
                name="finding_reminder_kind_is_known", condition=Q(kind__in=["reminder", "escalation"])
            ),
            models.CheckConstraint(
                name="finding_reminder_is_a_week_before_at_most", condition=Q(offset_days__gte=-7)
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.finding}"
