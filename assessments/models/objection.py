"""Objections (keberatan) of an owner against a class decision, and their answer (domain.md §5.3, rule 7)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.decision import ClassDecision
from closedloop.core.models import Record, new_code
from closedloop.workflow import Workflow


class ObjectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Objections against the decisions one may know of."""
        return self.filter(decision__in=ClassDecision.objects.visible_to(user))

    def open(self):
        return self.filter(status=Objection.Status.OPEN)

    def answerable_by(self, user):
        """Those whose decision this person had no part in; whether the role may answer is its permission."""
        decision = Q(decision__decided_by=user) | Q(decision__assessor=user) | Q(decision__proposed_by=user)
        return self.exclude(decision | Q(decision__board__user=user) | Q(raised_by=user))

    def for_lists(self):
        return self.select_related("decision__enterprise", "raised_by", "answered_by", "new_decision")


class Objection(Workflow, Record):
    """One objection. Accepted, it leads to a new sitting; the old decision stays as it is."""

    class Status(models.TextChoices):
        OPEN = "open", _("Menunggu jawaban")
        REJECTED = "rejected", _("Ditolak")
        ACCEPTED = "accepted", _("Diterima: sidang ulang")

    TRANSITIONS = {
        Status.OPEN: {Status.REJECTED, Status.ACCEPTED},
        Status.REJECTED: set(),
        Status.ACCEPTED: set(),
    }
    REASON_LENGTH = 30

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    decision = models.ForeignKey(ClassDecision, on_delete=models.PROTECT, related_name="objections")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("alasan keberatan"))
    file = models.FileField(_("bukti"), upload_to="objections/%Y/%m", blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN, editable=False)
    answer = models.TextField(_("jawaban"), blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    new_decision = models.ForeignKey(
        ClassDecision,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="reopened_by",
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("keberatan")
        constraints = [
            models.CheckConstraint(
                name="objection_has_a_reason", condition=Q(reason__regex=r"^\s*\S(.|\n){28,}\S\s*$")
            ),
            models.CheckConstraint(
                name="objection_file_has_its_hash",
                condition=Q(file="", sha256="") | ~Q(file="") & ~Q(sha256=""),
            ),
            models.CheckConstraint(
                name="objection_answer_is_whole",
                condition=Q(status="open", answer="", answered_by=None, answered_at=None)
                | ~Q(status="open") & ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="objection_accepted_leads_to_a_new_sitting",
                condition=Q(status="accepted", new_decision__isnull=False)
                | ~Q(status="accepted") & Q(new_decision=None),
            ),
            models.CheckConstraint(
                name="objection_is_answered_by_another",
                condition=Q(answered_by=None) | ~Q(answered_by=F("raised_by")),
            ),
            models.CheckConstraint(
                name="objection_new_sitting_is_another",
                condition=Q(new_decision=None) | ~Q(new_decision=F("decision")),
            ),
            models.CheckConstraint(
                name="objection_status_is_known", condition=Q(status__in=["open", "rejected", "accepted"])
            ),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(status="open"), name="one_open_objection_per_decision"
            ),
        ]

    def __str__(self):
        return f"{self.decision.enterprise}: {self.get_status_display()}"

    def get_absolute_url(self):
        return reverse("assessments:objection", args=[self.code])

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the objection's events stand."""
        return self.decision.enterprise_id

    @property
    def file_url(self) -> str:
        return reverse("assessments:objection_file", args=[self.pk]) if self.file else ""
