"""Messages to people: a row in the portal, and a mail that the sweeper sends from the same row."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own messages, and nobody else's."""
        return self.filter(user=user)

    def unread(self):
        return self.filter(read_at=None)

    def unsent(self):
        return self.filter(by_mail=True, mailed_at=None)


class Notification(Record):
    """One message to one person. Written in the transaction of the act it tells of (an outbox)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    address = models.EmailField(_("alamat"), blank=True)  # of somebody who has no account
    kind = models.CharField(max_length=60)
    title = models.CharField(_("judul"), max_length=200)
    body = models.TextField(_("isi"), blank=True)
    path = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    by_mail = models.BooleanField(default=True)
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("pemberitahuan")
        indexes = [
            models.Index(fields=["user", "read_at"], name="notification_unread"),
            models.Index(
                fields=["created_at"],
                name="notification_outbox",
                condition=models.Q(by_mail=True, mailed_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="notification_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="notification_has_one_recipient",
                condition=models.Q(user__isnull=False, address="")
                | (models.Q(user__isnull=True, by_mail=True) & ~models.Q(address="")),
            ),
            models.CheckConstraint(
                name="notification_mailed_only_by_mail",
                condition=models.Q(mailed_at=None) | models.Q(by_mail=True),
            ),
        ]

    def __str__(self):
        return self.title
