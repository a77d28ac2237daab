"""Secret addresses from which a phone's calendar reads sessions; whoever made one can end it."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models import Cohort


def new_feed_token() -> str:
    """Return 160 bits nobody guesses; the address is all that a calendar shows to be let in."""
    return secrets.token_urlsafe(20)


class FeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own."""
        return self.filter(user=user)

    def in_force(self):
        return self.filter(ended_at=None)


class CalendarFeed(Record):
    """What its owner may see now: all their sessions, or those of one cohort."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    cohort = models.ForeignKey(
        Cohort, null=True, blank=True, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    token = models.CharField(max_length=40, unique=True, default=new_feed_token, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("tautan kalender")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "cohort"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="one_calendar_feed_per_person_and_cohort",
            ),
            models.CheckConstraint(
                name="calendar_feed_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("created_at")),
            ),
        ]

    def __str__(self):
        return str(self.cohort or _("Semua sesi"))

    @property
    def path(self) -> str:
        return reverse("trainings:feed", args=[self.token])
