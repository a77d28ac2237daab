"""Who sat in the room and belongs to no IKM of it: a head of its own, in no share and no denominator."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from trainings.models.attendance import Attendance
from trainings.models.session import TrainingSession


class GuestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Guests of the sessions one may know of."""
        return self.filter(session__in=TrainingSession.objects.visible_to(user))

    def heads(self):
        """Guests that are heads of their own; one that turned out to be an IKM's is counted by its mark."""
        return self.exclude(status=Guest.Status.LINKED)

    def waiting(self):
        """Guests of whom staff have not said yet whose they are."""
        return self.filter(status=Guest.Status.OPEN)


class Guest(Record):
    """A walk-in of one session. Once staff know whose person it was, it points to the mark that counts."""

    class Status(models.TextChoices):
        OPEN = "open", _("Belum ditinjau")
        LINKED = "linked", _("Dikaitkan dengan IKM")
        LEFT = "left", _("Tetap tamu")

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="guests")
    name = models.CharField(_("nama"), max_length=120)
    organisation = models.CharField(_("dari mana"), max_length=160)
    phone = models.CharField(_("nomor HP"), max_length=16, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=6, choices=Status, default=Status.OPEN, editable=False)
    attendance = models.ForeignKey(
        Attendance, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="guests"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("tamu")
        constraints = [
            models.CheckConstraint(name="guest_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="guest_came_from_somewhere", condition=~Q(organisation="")),
            models.CheckConstraint(
                name="guest_status_is_known", condition=Q(status__in=["open", "linked", "left"])
            ),
            models.CheckConstraint(
                name="guest_review_is_whole",
                condition=Q(status="open", reviewed_at=None, reviewed_by=None)
                | (~Q(status="open") & Q(reviewed_at__isnull=False, reviewed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_a_linked_guest_has_a_mark",
                condition=Q(status="linked", attendance__isnull=False)
                | (~Q(status="linked") & Q(attendance=None)),
            ),
            models.UniqueConstraint(
                "session", Lower("name"), Lower("organisation"), name="guest_once_per_session_and_name"
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.organisation})"

    def get_absolute_url(self):
        return reverse("trainings:guest", args=[self.pk])

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the guest's events stand, once that is known."""
        return self.attendance.enrolment.enterprise_id if self.attendance else None

    @property
    def tone(self) -> str:
        """The tone of its badge (design.md §6)."""
        return {"open": "todo", "linked": "ok"}.get(self.status, "info")
