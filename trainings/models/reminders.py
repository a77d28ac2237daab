"""Who was reminded of a session, when and by whom, so that nobody is reminded twice by two people."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models import Enrolment, Person
from trainings.models.session import TrainingSession


class SessionReminder(Record):
    """One reminder of one contact. `created_at` is when; who sent it says so, the portal cannot know."""

    class Channel(models.TextChoices):
        WHATSAPP = "whatsapp", "WhatsApp"
        OTHER = "other", _("Telepon atau surel")

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="reminders")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("lewat"), max_length=8, choices=Channel)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("pengingat sesi")
        constraints = [
            models.CheckConstraint(
                name="reminder_channel_is_known", condition=Q(channel__in=["whatsapp", "other"])
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_channel_display()}"

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the reminder stands."""
        return self.enrolment.enterprise_id
