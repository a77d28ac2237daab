"""A visit to a factory that the standing of a month asks for (features.md E10)."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.scorecard import Scorecard
from closedloop.accounts.permissions import Permission
from closedloop.core.models import Record
from participants.models import Enterprise
from trainings.models import TrainingSession, Visit

PLANNED = (TrainingSession.Status.SCHEDULED, TrainingSession.Status.OPEN, TrainingSession.Status.CLOSED)


class VisitCallQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those at the IKM that the programme's people may know of."""
        if not user.may(Permission.COHORT_VIEW):
            return self.none()
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))

    def with_visit(self):
        """With the code and beginning of the first visit at the IKM that was planned for after the call.

        Read from the visits themselves, so that one called off calls anew, and one planned anywhere answers.
        """
        visits = Visit.objects.filter(
            host__enterprise=OuterRef("enterprise"),
            session__starts_at__gte=OuterRef("created_at"),
            session__status__in=PLANNED,
        ).order_by("session__starts_at")
        return self.annotate(
            session_code=Subquery(visits.values("session__code")[:1]),
            session_starts_at=Subquery(visits.values("session__starts_at")[:1]),
        )

    def open(self):
        """Those that no planned visit answers and nobody settled in words."""
        return self.with_visit().filter(settled_at=None, session_code=None)

    def for_pages(self):
        """With everything a line about one shows."""
        return self.with_visit().select_related("enterprise", "scorecard", "settled_by")


class VisitCall(Record):
    """One month of one IKM asks for one visit, until it is planned or somebody says why there is none."""

    scorecard = models.OneToOneField(Scorecard, on_delete=models.PROTECT, related_name="visit_call")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="visit_calls")
    due_on = models.DateField(_("tenggat"))
    note = models.CharField(_("alasan tanpa sesi kunjungan"), max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = VisitCallQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        verbose_name = _("permintaan kunjungan")
        constraints = [
            models.CheckConstraint(
                name="visit_call_is_settled_in_words",
                condition=Q(note="", settled_at=None, settled_by=None)
                | (~Q(note="") & Q(settled_at__isnull=False, settled_by__isnull=False)),
            ),
        ]

    def __str__(self):
        return str(self.enterprise)

    def get_absolute_url(self):
        return reverse("assessments:visit_call", args=[self.pk])
