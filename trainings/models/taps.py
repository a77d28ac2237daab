"""What a trainer tapped on the roster: each tap once, with both clocks, and what it changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models import Enrolment
from trainings.models.attendance import Attendance
from trainings.models.session import TrainingSession


class RosterTapQuerySet(models.QuerySet):
    def last_of(self, user) -> "RosterTap | None":
        """Return the tap that the person may take back: their last one that changed a mark."""
        taps = self.filter(by=user, outcome=RosterTap.Outcome.DONE, undone_at=None).exclude(effects=[])
        return taps.select_related("enrolment__enterprise").order_by("-created_at").first()

    def too_late(self):
        """Taps that arrived after the session was closed and changed nothing."""
        return self.filter(outcome=RosterTap.Outcome.CLOSED)


class RosterTap(Record):
    """One tap; the id is the key that the phone gave it, so that sending it again finds it.

    `created_at` is when it arrived, by the server's clock. The clocks of phones are kept as they said, and
    decide nothing. Without an enrolment it meant everybody without a mark.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("Tercatat")
        CLOSED = "closed", _("Tiba sesudah sesi ditutup")
        CHANGED = "changed", _("Sudah diubah orang lain")

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="taps")
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("kehadiran"), max_length=8, choices=Attendance.Status)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.DONE, editable=False)
    # of each mark it changed: receipt, status and verification before, and the moment of the change
    effects = models.JSONField(default=list, editable=False)
    tapped_on_phone = models.DateTimeField(null=True, editable=False)
    sent_on_phone = models.DateTimeField(null=True, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = RosterTapQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("ketukan daftar hadir")
        constraints = [
            models.CheckConstraint(
                name="roster_tap_status_is_known",
                condition=Q(status__in=["present", "late", "excused", "sick", "absent"]),
            ),
            models.CheckConstraint(
                name="roster_tap_outcome_is_known", condition=Q(outcome__in=["done", "closed", "changed"])
            ),
            models.CheckConstraint(
                name="only_a_done_roster_tap_is_undone", condition=Q(undone_at=None) | Q(outcome="done")
            ),
        ]

    def __str__(self):
        who = self.enrolment.enterprise if self.enrolment else _("Semua yang belum tercatat")
        return f"{who}: {self.get_status_display()}"

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the tap's events stand, if it meant one."""
        return self.enrolment.enterprise_id if self.enrolment else None
