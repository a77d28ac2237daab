"""What somebody did about a warning. Warnings themselves are never stored: they are read from the records."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models import Enrolment


class WarningAnswer(Record):
    """Dealt with, says somebody, and how. It answers the facts of `key` only: new facts warn again."""

    class Rule(models.TextChoices):
        MISSED_IN_A_ROW = "missed_in_a_row", _("Tidak hadir berturut-turut")
        BELOW_SHARE = "below_share", _("Kehadiran di bawah syarat modul")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="warning_answers")
    rule = models.CharField(_("aturan"), max_length=16, choices=Rule)
    key = models.CharField(max_length=80)
    note = models.CharField(_("tindak lanjut"), max_length=300)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("tindak lanjut peringatan")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "rule", "key"], name="one_answer_per_warning_and_its_facts"
            ),
            models.CheckConstraint(name="warning_answer_says_what_was_done", condition=~Q(note="")),
            models.CheckConstraint(
                name="warning_rule_is_known", condition=Q(rule__in=["missed_in_a_row", "below_share"])
            ),
        ]

    def __str__(self):
        return f"{self.enrolment.enterprise}: {self.get_rule_display()}"

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the answer stands."""
        return self.enrolment.enterprise_id
