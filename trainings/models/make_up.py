"""A chair for an IKM at another cohort's session, to make up for one of its own that it missed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models import Enrolment
from trainings.models.session import TrainingSession


class MakeUpSeatQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Seats of the enrolments one may know of."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def with_sessions(self):
        """With what a line about one shows: both sessions, the IKM and its people's cohort."""
        return self.select_related(
            "enrolment__enterprise",
            "enrolment__cohort",
            "missed",
            "session__cohort",
            "session__module",
            "session__status_set",
            "session__regency__province",
            "session__trainer",
        )


class MakeUpSeat(Record):
    """Whoever of the IKM is present at `session` earns the hours of `missed`. A seat taken back is deleted."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="make_up_seats")
    session = models.ForeignKey(
        TrainingSession,
        verbose_name=_("sesi susulan"),
        on_delete=models.PROTECT,
        related_name="make_up_seats",
    )
    missed = models.ForeignKey(
        TrainingSession,
        verbose_name=_("sesi yang terlewat"),
        on_delete=models.PROTECT,
        related_name="made_up_by",
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MakeUpSeatQuerySet.as_manager()

    class Meta:
        ordering = ["session__starts_at"]
        verbose_name = _("kursi susulan")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "missed"], name="one_make_up_seat_per_missed_session"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "session"], name="one_make_up_seat_per_session_and_ikm"
            ),
            models.CheckConstraint(name="make_up_is_at_another_session", condition=~Q(session=F("missed"))),
        ]

    def __str__(self):
        return f"{self.enrolment.enterprise}: {self.session}"

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the seat's events stand."""
        return self.enrolment.enterprise_id
