"""Quarterly reviews of an agreement, and what was decided in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import PlanItem
from closedloop.core import formats
from closedloop.core.models import Record
from partnerships.models.agreement import Agreement, ScopeLine
from partnerships.models.requirement import Requirement
from trainings.models import TrainingSession


class ReviewMeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Reviews of the agreements one may know of."""
        return self.filter(agreement__in=Agreement.objects.visible_to(user))


class ReviewMeeting(Record):
    """One review: minutes, figures as they stood, decisions, and the next date."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reviews")
    held_on = models.DateField(_("tanggal tinjauan"))
    minutes = models.TextField(_("notulen"))
    attendees = models.TextField(_("peserta"), blank=True)
    next_on = models.DateField(_("tinjauan berikutnya"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    quarter_starts_on = models.DateField(_("triwulan"), null=True, blank=True, editable=False)
    figures = models.JSONField(_("angka saat ditinjau"), default=dict, blank=True, editable=False)
    # the database refuses it while the review has no decision (migration reviews_close_with_a_decision)
    closed_at = models.DateTimeField(_("ditutup"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ReviewMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on"]
        verbose_name = _("tinjauan")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "held_on"], name="one_review_per_agreement_and_day"),
            models.CheckConstraint(name="review_has_minutes", condition=~Q(minutes="")),
            models.CheckConstraint(
                name="review_quarter_is_a_first_day",
                condition=Q(quarter_starts_on=None)
                | Q(quarter_starts_on__day=1, quarter_starts_on__month__in=[1, 4, 7, 10]),
            ),
            models.CheckConstraint(
                name="review_closing_is_whole",
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="next_review_comes_later", condition=Q(next_on=None) | Q(next_on__gt=F("held_on"))
            ),
        ]

    def __str__(self):
        return f"{self.agreement.number} {formats.date_medium(self.held_on)}"

    def get_absolute_url(self):
        return reverse("partnerships:review", args=[self.agreement.code, self.pk])


class ReviewDecisionQuerySet(models.QuerySet):
    def dealt_with_by(self, user, agreement):
        """Decisions of reviews of the agreement on everybody, and on the IKM that the person deals with under it."""
        lines = ScopeLine.objects.filter(agreement=agreement).visible_to(user)
        return self.filter(Q(enterprise=None) | Q(enterprise__in=lines.values("enterprise")))


class ReviewDecision(Record):
    """One decision of a review. A training need names the module that answers it: here the loop closes."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("Kebutuhan pelatihan")
        ACTION = "action", _("Tindakan")
        REQUIREMENT = "requirement", _("Perubahan kebutuhan")

    meeting = models.ForeignKey(ReviewMeeting, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(_("jenis"), max_length=11, choices=Kind)
    text = models.CharField(_("keputusan"), max_length=300)
    enterprise = models.ForeignKey(
        "participants.Enterprise",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="review_decisions",
    )
    module_code = models.CharField(_("modul"), max_length=6, blank=True)
    due_on = models.DateField(_("tenggat"), null=True, blank=True)
    responsible = models.CharField(_("penanggung jawab"), max_length=120, blank=True)
    # what the decision wrote: the session, the plan item, the draft of the buyer's requirement
    session = models.ForeignKey(
        TrainingSession,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="review_decisions",
    )
    plan_item = models.ForeignKey(
        PlanItem,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="review_decisions",
    )
    requirement = models.ForeignKey(
        Requirement,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,  # a draft may be discarded; the words of the decision stay
        related_name="review_decisions",
    )

    objects = ReviewDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("keputusan tinjauan")
        constraints = [
            models.CheckConstraint(name="review_decision_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="training_need_names_its_module", condition=~Q(kind="training") | ~Q(module_code="")
            ),
            models.CheckConstraint(
                name="review_decision_wrote_what_its_kind_writes",
                condition=(Q(session=None) | Q(kind="training"))
                & (Q(plan_item=None) | Q(kind__in=["training", "action"]))
                & (Q(requirement=None) | Q(kind="requirement")),
            ),
            models.CheckConstraint(
                name="review_decision_kind_is_known",
                condition=Q(kind__in=["training", "action", "requirement"]),
            ),
        ]

    def __str__(self):
        return self.text
