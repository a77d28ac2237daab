"""What the programme still does for an enterprise that graduated: a call or a visit on four days to come."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models.cohort import Enrolment
from participants.models.enterprise import Enterprise

# months after the day of graduation (features.md A6: no gap at graduation)
FOLLOW_UP_MONTHS = (3, 6, 12, 24)


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Follow-ups of the enterprises one may know of."""
        return self.filter(enrolment__enterprise__in=Enterprise.objects.visible_to(user))

    def waiting(self):
        return self.filter(done_at=None)

    def due_by(self, day):
        """Those that should have been done by that day and are not."""
        return self.waiting().filter(due_on__lte=day)


class FollowUp(Record):
    """One look after the graduate: when it is due, and once done, by whom and what was found."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("kepesertaan"), on_delete=models.PROTECT, related_name="follow_ups"
    )
    months = models.PositiveSmallIntegerField(_("bulan sesudah lulus"))
    due_on = models.DateField(_("tenggat"))
    note = models.CharField(_("hasil"), max_length=300, blank=True)
    done_at = models.DateTimeField(_("selesai"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        verbose_name = _("tindak lanjut")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "months"], name="one_follow_up_per_term"),
            models.CheckConstraint(
                name="follow_up_is_done_whole",
                condition=Q(done_at=None, done_by=None)
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(note="")),
            ),
        ]

    def __str__(self):
        return f"{self.enrolment.enterprise}: {self.title}"

    def get_absolute_url(self):
        return reverse("participants:enrolment", args=[self.enrolment_id])

    @property
    def title(self) -> str:
        return gettext("Tindak lanjut bulan ke-%(months)s") % {"months": self.months}

    @property
    def enterprise_id(self):
        """The IKM on whose timeline its events stand."""
        return self.enrolment.enterprise_id
