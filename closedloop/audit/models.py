"""The trail: what was done, by whom, to what. It outlives what it names, so it holds no foreign key."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import now


class EventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The whole trail for those who may read it; nobody else sees any of it here.

        The permission is named by its word, because accounts, whose acts are recorded too, lie above the trail.
        """
        return self if user.may("audit_view") else self.none()

    def about(self, target: models.Model):
        return self.filter(target_type=target._meta.label_lower, target_id=str(target.pk))


class Event(models.Model):
    """One act. The database refuses to change or remove it (see migrations/0002)."""

    at = models.DateTimeField(_("waktu"), default=now, db_index=True)
    actor_id = models.UUIDField(null=True, blank=True, db_index=True)
    actor_name = models.CharField(_("oleh"), max_length=120)
    verb = models.CharField(_("tindakan"), max_length=60, db_index=True)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    target_name = models.CharField(_("objek"), max_length=200)
    enterprise_id = models.UUIDField(null=True, blank=True, db_index=True)
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("kejadian")
        indexes = [models.Index(fields=["target_type", "target_id"], name="event_target")]
        constraints = [
            models.CheckConstraint(name="event_has_a_verb", condition=~models.Q(verb="")),
            models.CheckConstraint(name="event_has_an_actor", condition=~models.Q(actor_name="")),
        ]

    def __str__(self):
        return f"{self.verb}: {self.target_name}"
